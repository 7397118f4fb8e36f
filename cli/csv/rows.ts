import type { Stats } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { CliError } from '../cli-error';
import { counted } from '../terminal';
import { delimiterName, findDelimiter } from './delimiter';
import { decodedText, fileStats, findEncoding } from './encoding';
import { LineCount } from './line-count';

/** A CSV file with everything that has to be known to read it. */
export interface CsvFile {
	path: string;
	encoding: string;
	delimiter: string;
	/** Whether the first line only says what the delimiter is (`sep=;`), and the second one names the columns. */
	hasSeparatorLine: boolean;
	/** Names in the first line, trimmed; a column without a name is `column 3`. */
	columns: string[];
	/** When it was opened. */
	state: FileState;
}

/** A file is read several times, and what is known of its rows from one time holds for the next one only where this is the same. */
export type FileState = Pick<Stats, 'size' | 'mtime'>;

/** One row below the column names. */
export interface Row {
	/** Where it begins in the file, from 1, as an editor counts: the column names, empty lines and line breaks within quotes count as well. */
	line: number;
	cells: string[];
}

/** A longer row is taken for the consequence of a quote that is never closed. Characters. */
const LONGEST_ROW = 64 << 20;

/**
 * Finds encoding, delimiter and column names.
 * @throws CliError
 */
export async function openCsv(path: string, wanted: { encoding?: string; delimiter?: string } = {}): Promise<CsvFile> {
	const { size, mtime } = fileStats(path);
	const encoding = await findEncoding(path, wanted.encoding);
	const file = { path, encoding, state: { size, mtime }, ...(await findDelimiter(path, encoding, wanted.delimiter)) };
	for await (const { cells } of records(file)) {
		return { ...file, columns: cells.map(nameOf) };
	}
	throw new CliError(`${path} is empty. It needs a line with column names and below it a line for each record.`);
}

/**
 * The rows of a file in order, read as they are asked for. A line that names the columns once more is no row.
 * @param onRepeatedNames told the line
 * @throws CliError that names file and line for a broken quote and for a row with too many or too few cells; and one where the file is not any more what was opened
 */
export async function* readRows(file: CsvFile, onRepeatedNames?: (line: number) => void): AsyncGenerator<Row> {
	const wanted = file.columns.length;
	let isHeader = true;
	for await (const row of records(file)) {
		if (isHeader) {
			isHeader = false;
			continue;
		}
		const found = row.cells.length;
		if (found !== wanted) throw new CliError(wrongLength(file, row.line, found));
		if (namesColumns(row, file)) onRepeatedNames?.(row.line);
		else yield row;
	}
}

function namesColumns({ cells }: Row, { columns }: CsvFile): boolean {
	return cells.every((cell, index) => nameOf(cell, index) === columns[index]);
}

function nameOf(cell: string, index: number): string {
	return cell || `column ${index + 1}`;
}

function wrongLength({ path, delimiter, columns, hasSeparatorLine }: CsvFile, line: number, found: number): string {
	const name = delimiterName(delimiter);
	const remedy =
		found > columns.length
			? `Put double quotes around a cell that contains a ${name}, or name another --delimiter`
			: `Complete the row, put double quotes around a cell that contains a line break, or name another --delimiter`;
	return `${path}, line ${line}: ${counted(found, 'cell')} where the ${hasSeparatorLine ? 'second' : 'first'} line names ${counted(columns.length, 'column')}. ${remedy}.`;
}

/** Looked at behind each piece and at the end, so that no row of another state is handed on. @throws CliError */
function refuseChanged({ path, state }: Pick<CsvFile, 'path' | 'state'>): void {
	const { size, mtime } = fileStats(path);
	if (size === state.size && mtime.getTime() === state.mtime.getTime()) return;
	throw new CliError(
		`${path} was written to while it was read, so its rows are not those that were checked. ` +
			'Run the same command again when nobody writes to it; rows that are in a store already are not done again.',
	);
}

async function* records(file: Omit<CsvFile, 'columns'>): AsyncGenerator<Row> {
	const { path, encoding, delimiter, hasSeparatorLine } = file;
	const lines = new LineCount(hasSeparatorLine ? 1 : 0);
	/** Of the rows that the parser holds ready. */
	const begins: number[] = [];
	const parser = parse({
		delimiter,
		// Named all three, so that a file with mixed line ends is cut right.
		record_delimiter: ['\r\n', '\n', '\r'],
		trim: true,
		skip_empty_lines: true,
		from_line: hasSeparatorLine ? 2 : 1,
		relax_column_count: true,
		max_record_size: LONGEST_ROW,
		on_record: (cells: string[], place) => {
			begins.push(lines.beginOf(cells, place));
			return cells;
		},
	});
	const text = Readable.from(decodedText(path, encoding, () => refuseChanged(file)), { objectMode: false });
	text.on('error', (error) => parser.destroy(error));
	try {
		for await (const cells of text.pipe(parser) as AsyncIterable<string[]>) yield { line: begins.shift() as number, cells };
	} catch (error) {
		throw error instanceof CsvError ? new CliError(quoteTrouble(path, error, lines)) : error;
	} finally {
		text.destroy();
	}
}

function quoteTrouble(path: string, error: CsvError, lines: LineCount): string {
	const { line, goesOn } = lines.beginOfBroken({ lines: Number(error.lines), empty_lines: Number(error.empty_lines) });
	const where = `${path}, line ${line}`;
	switch (error.code) {
		case 'CSV_QUOTE_NOT_CLOSED':
		case 'CSV_MAX_RECORD_SIZE':
			return (
				`${where}: a double quote is opened in the row that begins here and never closed. ` +
				'Close it, or write it twice ("") where it is part of the text.'
			);
		default:
			return (
				`${where}: the row that begins here${goesOn ? ' and goes on below' : ''} has a double quote in the wrong place. ` +
				'Put quotes around the whole cell and write a quote inside it twice ("").'
			);
	}
}
