import { fieldsOf } from '../columns/fields';
import { listed } from '../columns/listed';
import { planColumns } from '../columns/plan';
import { CANDIDATES } from '../csv/delimiter';
import { decodedText } from '../csv/encoding';
import type { CsvFile } from '../csv/rows';

/** Titles of an export are not longer. Lines. */
const MOST_ABOVE = 10;
/** As many names of columns are no accident. */
const ENOUGH = 2;

/** What to say of a file in which no column has a known name, with the likeliest remedy. */
export async function nothingRecognised(csv: CsvFile): Promise<string> {
	const what = `${csv.path}: no column was recognised among ${listed(csv.columns)}.`;
	const line = await lineOfNames(csv);
	if (line !== undefined) return `${what} Line ${line} seems to name the columns: take out the lines above it, or write the names into the first line.`;
	const otherDelimiter = csv.columns.length > 1 ? '' : ' If its cells are separated by another character than comma, semicolon, tab or vertical bar, name it with --delimiter.';
	return `${what} Say what they are with --map column=attribute; the first line of the file has to hold the names of the columns.${otherDelimiter}`;
}

/** Below a title, or below a line that groups the columns. */
async function lineOfNames({ path, encoding }: CsvFile): Promise<number | undefined> {
	for await (const beginning of decodedText(path, encoding)) {
		const lines = beginning.split(/\r\n|\n|\r/, MOST_ABOVE + 1);
		const at = lines.findIndex((line, index) => index > 0 && CANDIDATES.some((delimiter) => areNames(line.split(delimiter))));
		return at < 0 ? undefined : at + 1;
	}
	return undefined;
}

function areNames(cells: readonly string[]): boolean {
	const names = cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
	const columns = planColumns(names, { map: [], sourceGiven: false });
	return fieldsOf(columns).length > 0 && columns.filter(({ target }) => target !== undefined).length >= ENOUGH;
}
