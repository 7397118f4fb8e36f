import { CliError } from '../cli-error';

const EXPORT = 'Export it as CSV (UTF-8) and name that file.';

/** What files that are no CSV begin with: in bytes, or in text behind white space. */
const BYTES: readonly { start: readonly number[]; what: string; remedy: string }[] = [
	{ start: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive or an Excel workbook', remedy: 'Unpack the archive, or export the workbook as CSV (UTF-8), and name that file.' },
	{ start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an Excel workbook', remedy: EXPORT },
	{ start: [0x1f, 0x8b], what: 'a gzip archive', remedy: 'Unpack it (gunzip) and name the file that was in it.' },
	{ start: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'a PDF document', remedy: EXPORT },
	{ start: [0xff, 0xfe, 0x00, 0x00], what: 'text in UTF-32', remedy: EXPORT },
	{ start: [0x00, 0x00, 0xfe, 0xff], what: 'text in UTF-32', remedy: EXPORT },
];
const TEXTS: readonly { start: RegExp; what: string }[] = [
	{ start: /^\s*(?:\[\s*)?\{\s*"/, what: 'JSON' },
	{ start: /^\s*<(?:!doctype|html|table|\?xml)\b/i, what: 'an HTML or XML document' },
];

/** @param sample the first bytes of the file. @throws CliError that says what it is, if that is known and no CSV */
export function refuseForeign(path: string, sample: Uint8Array): void {
	const binary = BYTES.find(({ start }) => begins(sample, start));
	if (binary) throw new CliError(`${path} is ${binary.what}, not a CSV file. ${binary.remedy}`);
	const beginning = new TextDecoder().decode(sample.subarray(0, 200));
	const text = TEXTS.find(({ start }) => start.test(beginning));
	if (text) throw new CliError(`${path} is ${text.what}, not a CSV file. ${EXPORT}`);
}

/** No text has a byte 0, but a broken export may have one in a single cell. @throws CliError that names the first line that has one */
export function refuseBinary(path: string, sample: Uint8Array): void {
	const at = sample.indexOf(0);
	if (at < 0) return;
	const before = sample.subarray(0, at);
	const line = 1 + (new TextDecoder('latin1').decode(before).match(/\r\n?|\n/g)?.length ?? 0);
	throw new CliError(`${path}, line ${line}: there is a byte 0, as in binary data and in no text. ${EXPORT}`);
}

export function begins(bytes: Uint8Array, start: readonly number[]): boolean {
	return start.every((byte, index) => bytes[index] === byte);
}
