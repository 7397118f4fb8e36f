import { BIRTH_PLACEHOLDERS } from '../../lib';
import type { FoundRows } from '../csv/found-rows';
import { say, type Terminal } from '../terminal';

/**
 * Says which values cannot be read, and so don't count.
 * @param unreadable attribute to rows
 * @param assumed the country that phone numbers were read as of, for want of another, where some could not be read
 */
export function sayUnreadable(terminal: Terminal, unreadable: ReadonlyMap<string, FoundRows>, assumed: string | undefined): void {
	for (const [attribute, rows] of mostFirst(unreadable)) say(terminal, `  In ${rows.inWords()} the ${inWords(attribute)} cannot be read and does not count.`);
	if (assumed !== undefined) say(terminal, `  Phone numbers that are not from ${assumed} need their country: give it with --default-country or in a column.`);
}

/**
 * Says which values can be read and don't count all the same: systems fill them in where they know none.
 * @param placeholders attribute to rows
 */
export function sayPlaceholders(terminal: Terminal, placeholders: ReadonlyMap<string, FoundRows>): void {
	for (const [attribute, rows] of mostFirst(placeholders)) {
		const why = attribute === 'birth_date' ? `: systems write ${BIRTH_PLACEHOLDERS.join(', ')} where they know none` : '';
		say(terminal, `  In ${rows.inWords()} the ${inWords(attribute)} is taken for a placeholder and does not count${why}.`);
	}
}

function mostFirst(found: ReadonlyMap<string, FoundRows>): [string, FoundRows][] {
	return [...found].sort(([x, xs], [y, ys]) => ys.count - xs.count || (x < y ? -1 : 1));
}

function inWords(attribute: string): string {
	return attribute.replaceAll('_', ' ');
}
