import { setImmediate } from 'node:timers/promises';
import { isShortenedNumber } from '../../lib';
import { CliError } from '../cli-error';
import { FoundRows } from '../csv/found-rows';
import { readRows, type Row } from '../csv/rows';
import { checkSource, type Input } from './input';
import type { Progress } from './progress';
import type { LedgerRow, RowLedger } from './row-ledger';

const PAUSE_EVERY = 1000;

/**
 * Reads all files once before anything is stored, so that a fault in the last line is found while nothing is half done.
 * Fills the ledger; returns how many rows there are, and which lines name the columns once more and are none.
 * @throws CliError for a fault in a row, for an empty or repeated ID.
 */
export async function survey(inputs: readonly Input[], ledger: RowLedger, progress: Progress): Promise<{ rows: number; repeatedNames: FoundRows }> {
	const repeatedNames = new FoundRows();
	let rows = 0;
	for (const [file, input] of inputs.entries()) {
		let rowNumber = 0;
		for await (const row of readRows(input.csv, (line) => repeatedNames.add(() => `${input.csv.path}, line ${line}`))) {
			rowNumber += 1;
			rows += 1;
			const entry: LedgerRow = { no: rows, file, line: row.line, kind: input.kinds.of(row), ...nameOf(row, rowNumber, input) };
			const earlier = ledger.add(entry);
			if (earlier) throw new CliError(repeatedId(earlier, entry, inputs));
			if (rows % PAUSE_EVERY === 0) {
				progress.at(rows);
				await setImmediate();
			}
		}
	}
	return { rows, repeatedNames };
}

function nameOf(row: Row, rowNumber: number, { csv, idColumn, sourceColumn, source }: Input): { source: string; id: string } {
	const id = idColumn ? (row.cells[idColumn.index] ?? '') : String(rowNumber);
	if (idColumn && id === '') {
		throw new CliError(
			`${csv.path}, line ${row.line}: the column "${idColumn.name}" is empty, and it gives each record its ID. ` +
				`Fill it in, name another column with --id-column, or use row numbers with --map "${idColumn.name}=-".`,
		);
	}
	if (idColumn && isShortenedNumber(id)) {
		throw new CliError(
			`${csv.path}, line ${row.line}: "${idColumn.name}" is ${id}, a number that a spreadsheet has shortened, so that nobody knows whose ID it was. ` +
				`Export the file anew without opening it in a spreadsheet, name another column with --id-column, or use row numbers with --map "${idColumn.name}=-".`,
		);
	}
	if (!sourceColumn) return { source, id };
	const own = row.cells[sourceColumn.index] ?? '';
	checkSource(own, `${csv.path}, line ${row.line}: the column "${sourceColumn.name}"`, 'Put it right, or name one source for all rows with --source.');
	return { source: own, id };
}

function repeatedId(earlier: LedgerRow, later: LedgerRow, inputs: readonly Input[]): string {
	const [first, second] = [inputs[earlier.file], inputs[later.file]];
	const column = second?.idColumn;
	const what = column ? `the same "${column.name}"` : 'the same row number';
	if (earlier.file === later.file) {
		return (
			`${second?.csv.path}, lines ${earlier.line} and ${later.line}: two rows have ${what}, and an ID may occur once in a source. ` +
			(second?.sourceColumn ? 'Name' : 'If the rows come from several systems, name the column that says from which with --source-column. Otherwise name') +
			` the column that is different in each row with --id-column, or use row numbers with --map "${column?.name}=-".`
		);
	}
	return (
		`${first?.csv.path}, line ${earlier.line}, and ${second?.csv.path}, line ${later.line}, have ${what} and the same source, ` +
		'and an ID may occur once in a source. ' +
		'Give each file its own --source, or take one of the rows out.'
	);
}
