import { MAX_SOURCE_ID, shortened } from '../../lib';
import { grouped, say, type Terminal } from '../terminal';
import type { Input } from './input';
import type { RowLedger } from './row-ledger';

/** A row that became no record, by which a person finds it in its file. */
export interface RejectedRow {
	/** As it was named on the command line. */
	file: string;
	/** Where it begins, from 1. */
	line: number;
	source: string;
	/** Shortened as the store has it where it is longer than an ID may be. */
	id: string;
}

/** Why rows were rejected, with the first ones of them. */
export interface RejectionReason {
	reason: string;
	/** How many. */
	rows: number;
	/** In their order. */
	listed: RejectedRow[];
	/** How many are not listed. */
	more: number;
}

/** Rows that are listed, of all reasons together. */
const MOST_LISTED = 1000;
const [MOST_REASONS_SAID, MOST_ROWS_SAID] = [15, 3];

/** The most frequent reason first; each with as many rows as fit in when those that have few leave their room to the others. */
export function rejectionReasons(ledger: RowLedger, inputs: readonly Input[]): RejectionReason[] {
	const reasons = ledger.reasons().map(({ reason, rows }): RejectionReason => ({ reason, rows, listed: [], more: rows }));
	const byReason = new Map(reasons.map((one) => [one.reason, one]));
	const room = roomOf(reasons);
	for (const { reason, file, line, source, id } of ledger.rejected()) {
		const one = byReason.get(reason);
		if (one === undefined || one.listed.length === room.get(one)) continue;
		one.listed.push({ file: pathOf(inputs, file), line, source, id: shortened(id, MAX_SOURCE_ID) });
		one.more -= 1;
	}
	return reasons;
}

function roomOf(reasons: readonly RejectionReason[]): Map<RejectionReason, number> {
	let left = MOST_LISTED;
	const fewestFirst = [...reasons].sort((x, y) => x.rows - y.rows);
	return new Map(
		fewestFirst.map((one, index) => {
			const room = Math.min(one.rows, Math.floor(left / (fewestFirst.length - index)));
			left -= room;
			return [one, room];
		}),
	);
}

/** All of them in the order of the input, below a row of column names: those of the clusters, so that both can be joined. */
export async function* rejectedTable(ledger: RowLedger, inputs: readonly Input[]): AsyncGenerator<string[]> {
	yield ['file', 'line', 'source', 'source_id', 'reason'];
	for (const { reason, file, line, source, id } of ledger.rejected()) yield [pathOf(inputs, file), String(line), source, id, reason];
}

/** @param file that has all of them; undefined where nobody asked for one */
export function sayRejected(terminal: Terminal, reasons: readonly RejectionReason[], file: string | undefined): void {
	if (reasons.length === 0) return;
	const said = reasons.slice(0, MOST_REASONS_SAID);
	for (const { reason, rows, listed } of said) {
		say(terminal, `  rejected ${grouped(rows)}: ${reason}`, ...listed.slice(0, MOST_ROWS_SAID).map((row) => `    ${inWords(row)}`));
		if (rows > MOST_ROWS_SAID) say(terminal, `    and ${grouped(rows - MOST_ROWS_SAID)} more`);
	}
	if (reasons.length > said.length) say(terminal, `  and ${grouped(reasons.length - said.length)} more reasons; --json FILE has them all.`);
	if (file !== undefined) say(terminal, `  All rejected rows are in ${file}, each with its file and line.`);
	else if (reasons.length > said.length || said.some(({ rows }) => rows > MOST_ROWS_SAID)) say(terminal, '  --rejected FILE lists all rejected rows, each with its file and line.');
}

/** An ID that is an email address, or that would fill the screen, is not repeated: the line says enough. */
function inWords({ file, line, id }: RejectedRow): string {
	const isShown = id.length <= 100 && !/[@\p{Cc}]/u.test(id);
	return `${file}, line ${line}${isShown ? ` (ID ${id})` : ''}`;
}

function pathOf(inputs: readonly Input[], file: number): string {
	return inputs[file]?.csv.path ?? '';
}
