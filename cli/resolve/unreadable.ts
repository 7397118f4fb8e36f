import { counted, say, type Terminal } from '../terminal';

/**
 * Says which values cannot be read, and so don't count.
 * @param unreadable attribute to rows
 * @param assumed the country that phone numbers were read as of, for want of another, where some could not be read
 */
export function sayUnreadable(terminal: Terminal, unreadable: ReadonlyMap<string, number>, assumed: string | undefined): void {
	for (const [attribute, rows] of [...unreadable].sort(([x, xs], [y, ys]) => ys - xs || (x < y ? -1 : 1))) {
		say(terminal, `  In ${counted(rows, 'row')} the ${attribute.replaceAll('_', ' ')} cannot be read and does not count.`);
	}
	if (assumed !== undefined) say(terminal, `  Phone numbers that are not from ${assumed} need their country: give it with --default-country or in a column.`);
}
