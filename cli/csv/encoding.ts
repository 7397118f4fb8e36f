import { closeSync, createReadStream, openSync, readSync, statSync, type Stats } from 'node:fs';
import { CliError, fileTrouble } from '../cli-error';
import { begins, refuseBinary, refuseForeign } from './foreign-file';

/** Enough to tell UTF-16 and binary files from text. Bytes. */
const SAMPLE = 65_536;

const MARKS: readonly { start: readonly number[]; encoding: string }[] = [
	{ start: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
	{ start: [0xff, 0xfe], encoding: 'utf-16le' },
	{ start: [0xfe, 0xff], encoding: 'utf-16be' },
];

const SAVE = 'Save its content as a file and name that.';

/** @throws CliError when there is no such file, or it is none. */
export function fileStats(path: string): Stats {
	if (path === '-') throw new CliError(`The rows cannot come from standard input, for they have to be read more than once. ${SAVE}`);
	let stats: Stats;
	try {
		stats = statSync(path);
	} catch (error) {
		throw new CliError(`${path} ${fileTrouble(error)}. Check the name and run the command again.`);
	}
	if (stats.isDirectory()) throw new CliError(`${path} is a folder. Name the CSV file in it.`);
	if (!stats.isFile()) throw new CliError(`${path} is not a file, and it has to be read more than once. ${SAVE}`);
	return stats;
}

/**
 * Finds out how the text of a file is encoded: by its byte order mark, by the zeros of UTF-16, else UTF-8 where every byte of the file fits,
 * else Windows-1252 (what Excel writes; Latin-1 is the same for all letters).
 * @param wanted an encoding's name, which is taken instead
 * @throws CliError for an empty, unreadable or binary file, for an unknown encoding, and for bytes that are no text in the encoding: nobody would know what letters
 * were lost.
 */
export async function findEncoding(path: string, wanted?: string): Promise<string> {
	const size = fileStats(path).size;
	const sample = firstBytes(path);
	if (size === 0) throw new CliError(`${path} is empty. It needs a line with column names and below it a line for each record.`);
	refuseForeign(path, sample);
	const encoding = wanted === undefined ? byBeginning(path, sample) : knownEncoding(wanted);
	if (encoding === undefined) return byAllBytes(path);
	const misfit = await misfitIn(path, encoding);
	if (misfit === undefined) return encoding;
	const name = encoding.toUpperCase();
	const other = wanted === undefined ? encoding : (byBeginning(path, sample) ?? (await byAllBytes(path)));
	const remedy = other === encoding ? `Put the line right, or save the whole file as ${name} again` : `Use --encoding ${other}, or leave --encoding out to have it found out; if only single lines are wrong, put them right`;
	const line = await lineOf(misfit, path, encoding);
	throw new CliError(`${path}, line ${line}: some of its bytes are no text in ${name}${wanted === undefined ? ', in which the file begins' : ''}. ${remedy}.`);
}

/** Undefined where the beginning is like that of most files. @throws CliError for a binary file */
function byBeginning(path: string, sample: Uint8Array): string | undefined {
	const found = MARKS.find(({ start }) => begins(sample, start))?.encoding ?? utf16ByZeros(sample);
	if (found === undefined) refuseBinary(path, sample);
	return found;
}

async function byAllBytes(path: string): Promise<string> {
	return (await misfitIn(path, 'utf-8')) === undefined ? 'utf-8' : 'windows-1252';
}

/**
 * The file as text, in pieces, without byte order mark.
 * @param onRead told after each piece was read, before it is handed on, and at the end; throws to end it there
 */
export async function* decodedText(path: string, encoding: string, onRead?: () => void): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding);
	for await (const bytes of fileBytes(path)) {
		onRead?.();
		const text = decoder.decode(bytes, { stream: true });
		if (text !== '') yield text;
	}
	onRead?.();
	const last = decoder.decode();
	if (last !== '') yield last;
}

function knownEncoding(name: string): string {
	try {
		return new TextDecoder(name).encoding;
	} catch {
		throw new CliError(`There is no text encoding "${name}". Use --encoding utf-8, utf-16le, utf-16be or windows-1252, or leave it out.`);
	}
}

/** The piece of the file, from 0, in which the first bytes stand that are no text in this encoding; the number of pieces where the last character is cut off. */
async function misfitIn(path: string, encoding: string): Promise<number | undefined> {
	const decoder = new TextDecoder(encoding, { fatal: true });
	let piece = 0;
	const fits = await decodes(async () => {
		for await (const bytes of fileBytes(path)) {
			decoder.decode(bytes, { stream: true });
			piece += 1;
		}
		decoder.decode();
	});
	return fits ? undefined : piece;
}

/** The line of the first such bytes, from 1. */
async function lineOf(misfit: number, path: string, encoding: string): Promise<number> {
	const decoder = new TextDecoder(encoding, { fatal: true });
	let [piece, line, last] = [0, 1, ''];
	const read = (bytes: Uint8Array) => {
		const text = decoder.decode(bytes, { stream: true });
		line += text.match(/\r\n?|\n/g)?.length ?? 0;
		// Its return was counted with the piece before.
		if (last === '\r' && text.startsWith('\n')) line -= 1;
		if (text !== '') last = text.slice(-1);
	};
	await decodes(async () => {
		for await (const bytes of fileBytes(path)) {
			if (piece < misfit) read(bytes);
			// A decoder says that something does not fit, and not where.
			else for (const byte of bytes) read(Uint8Array.of(byte));
			piece += 1;
		}
	});
	return line;
}

/** Whether decoding goes to its end. */
async function decodes(work: () => Promise<void>): Promise<boolean> {
	try {
		await work();
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
		throw error;
	}
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
	try {
		for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) yield bytes as Uint8Array;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
		throw new CliError(`${path} ${fileTrouble(error)}. Check the name and run the command again.`);
	}
}

function firstBytes(path: string): Uint8Array {
	try {
		const file = openSync(path, 'r');
		try {
			const bytes = new Uint8Array(SAMPLE);
			return bytes.subarray(0, readSync(file, bytes));
		} finally {
			closeSync(file);
		}
	} catch (error) {
		throw new CliError(`${path} ${fileTrouble(error)}. Check the name and your rights, and run the command again.`);
	}
}

/** Latin text in UTF-16 has a zero in every second byte. */
function utf16ByZeros(sample: Uint8Array): string | undefined {
	let even = 0;
	let odd = 0;
	sample.forEach((byte, index) => {
		if (byte !== 0) return;
		if (index % 2 === 0) even += 1;
		else odd += 1;
	});
	const many = sample.length / 4;
	if (odd > many && even < many / 10) return 'utf-16le';
	return even > many && odd < many / 10 ? 'utf-16be' : undefined;
}
