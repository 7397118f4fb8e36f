import { parse } from 'csv-parse/sync';
import { CliError } from '../cli-error';
import { decodedText } from './encoding';

export const CANDIDATES = [',', ';', '\t', '|'] as const;
const NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };
/** A first line that tells Excel the delimiter, and is no row: `sep=;`. It may stand in quotes. */
const SEPARATOR_LINE = /^(?:sep=([^"\r\n])|"sep=([^"\r\n])")[^\S\r\n]*(?:\r\n|[\r\n]|$)/i;
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

export interface Delimiter {
	delimiter: string;
	/** Whether the first line only says what it is, and names no columns. */
	hasSeparatorLine: boolean;
}

/**
 * The character between the cells: the one that the file's first line names (`sep=;`), else the one that cuts the line of column names into most columns.
 * A comma where there is but one column.
 * @param wanted taken instead, unless it finds one column and another character finds several
 * @throws CliError
 */
export async function findDelimiter(path: string, encoding: string, wanted?: string): Promise<Delimiter> {
	const { header, separator } = await firstLines(path, encoding);
	const hasSeparatorLine = separator !== undefined;
	const [best] = CANDIDATES.map((delimiter) => ({ delimiter, columns: columnsIn(header, delimiter) })).sort((x, y) => y.columns - x.columns);
	const found = best && best.columns > 1 ? best.delimiter : ',';
	const named = wanted ?? separator;
	if (named === undefined || named === found || best === undefined || best.columns === 1) return { delimiter: named ?? found, hasSeparatorLine };
	if (columnsIn(header, named) > 1) return { delimiter: named, hasSeparatorLine };
	const because = wanted === undefined ? ', as its first line says' : '';
	throw new CliError(
		`${path} has only one column when it is cut at ${delimiterName(named)}${because}, and ${best.columns} when it is cut at ${delimiterName(found)}. ` +
			`Use --delimiter ${delimiterName(found)}${wanted === undefined || hasSeparatorLine ? '' : ', or leave --delimiter out'}.`,
	);
}

/** The line of column names, and the delimiter where a line above says it. */
async function firstLines(path: string, encoding: string): Promise<{ header: string; separator: string | undefined }> {
	let [text, rest, separator]: [string, string, string | undefined] = ['', '', undefined];
	for await (const piece of decodedText(path, encoding)) {
		text += piece;
		const line = SEPARATOR_LINE.exec(text);
		separator = line?.[1] ?? line?.[2];
		rest = text.slice(line?.[0].length ?? 0);
		if (/\S.*[\r\n]/.test(rest) || rest.length > LONGEST_HEADER) break;
	}
	return { header: rest.trimStart().split(/[\r\n]/, 1)[0] ?? '', separator };
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
