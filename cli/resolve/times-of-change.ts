import { countryCode, isYetToCome, normalizeDateTime } from '../../lib';
import { FoundRows } from '../csv/found-rows';
import type { Row } from '../csv/rows';
import { counted, say, type Terminal } from '../terminal';
import type { Input } from './input';

/** Longer cells are cut where they are shown. Characters. */
const LONGEST = 40;

/** Reads when rows were changed, and keeps account of what can't have been meant. */
export class TimesOfChange {
	private readonly unreadable = new FoundRows();
	private yetToCome = 0;
	private example = '';
	private readonly now = new Date();

	constructor(private readonly defaultCountry: string) {}

	/**
	 * What the row itself says, ISO 8601; undefined where that can't be used. A time that is yet to come can't: every true version of the record would
	 * count as an older one until then.
	 * @param raw for the country in whose manner it is written
	 */
	of({ cells, line }: Row, { csv, fields, updatedColumn }: Input, raw: Readonly<Record<string, unknown>>): string | undefined {
		if (!updatedColumn) return undefined;
		const cell = cells[updatedColumn.index] ?? '';
		const countries = fields.flatMap(({ attribute, path }) => (attribute === 'country' && typeof raw[path] === 'string' ? (countryCode(raw[path]) ?? []) : []));
		const changed = normalizeDateTime(cell, { countries, defaultCountries: [this.defaultCountry], now: this.now });
		if (changed === undefined) return undefined;
		const time = String(changed.value);
		if (!changed.valid) this.unreadable.add(() => `${csv.path}, line ${line}`);
		else if (isYetToCome(time, this.now)) {
			this.yetToCome += 1;
			const shown = cell.length > LONGEST ? `${cell.slice(0, LONGEST)}...` : cell;
			this.example ||= `${csv.path}, line ${line}: "${updatedColumn.name}" is ${shown}`;
		} else return time;
		return undefined;
	}

	tell(terminal: Terminal): void {
		if (this.unreadable.count > 0) say(terminal, `  In ${this.unreadable.inWords()} the time of change cannot be read; the time of the file counts for them.`);
		if (this.yetToCome === 0) return;
		say(
			terminal,
			`  In ${counted(this.yetToCome, 'row')} the time of change lies in the future (${this.example}), which would make every later version of the record an older one; the time of the file ` +
				'counts for them. Put it right where the file comes from, or, if the column says something else, name the right one with --map COLUMN=updated_at.',
		);
	}
}
