import { parse } from 'csv-parse/sync';
import { CliError } from '../cli-error';
import { decodedText } from './encoding';

const CANDIDATES = [',', ';', '\t', '|'] as const;
const NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };
/** A line of column names is not longer. Characters. */
const LONGEST_HEADER = 1 << 18;

export function delimiterName(delimiter: string): string {
	return NAMES[delimiter] ?? `"${delimiter}"`;
}

/** Reads what was given as --delimiter: one character, or the word for it. @throws CliError */
export function parseDelimiter(text: string): string {
	const word = text.toLowerCase();
	const named = word === '\\t' ? '\t' : Object.keys(NAMES).find((delimiter) => NAMES[delimiter] === word);
	const delimiter = named ?? text;
	if ([...delimiter].length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
	throw new CliError(`--delimiter takes one character, or comma, semicolon, tab; "${text}" is neither.`);
}

/**
 * The character between the cells: the one that cuts the line of column names into most columns. A comma where there is but one column.
 * @param wanted taken instead, unless it finds one column and another character finds several
 * @throws CliError
 */
export async function findDelimiter(path: string, encoding: string, wanted?: string): Promise<string> {
	const header = await firstLine(path, encoding);
	const [best] = CANDIDATES.map((delimiter) => ({ delimiter, columns: columnsIn(header, delimiter) })).sort((x, y) => y.columns - x.columns);
	const found = best && best.columns > 1 ? best.delimiter : ',';
	if (wanted === undefined || wanted === found || best === undefined || best.columns === 1) return wanted ?? found;
	if (columnsIn(header, wanted) > 1) return wanted;
	throw new CliError(
		`${path} has only one column when it is cut at ${delimiterName(wanted)}, and ${best.columns} when it is cut at ${delimiterName(found)}. ` +
			`Use --delimiter ${delimiterName(found)}, or leave --delimiter out.`,
	);
}

async function firstLine(path: string, encoding: string): Promise<string> {
	let text = '';
	for await (const piece of decodedText(path, encoding)) {
		text += piece;
		if (/\S.*[\r\n]/.test(text) || text.length > LONGEST_HEADER) break;
	}
	return text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
}

function columnsIn(header: string, delimiter: string): number {
	try {
		const records: string[][] = parse(header, { delimiter, to: 1, trim: true, relax_column_count: true });
		const [record] = records;
		return record?.length ?? 1;
	} catch {
		// A quote in the wrong place under this delimiter.
		return 1;
	}
}
