/** What a digest is written with, in the order of text. */
const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const RANKS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))));
/** Characters in each half of a digest: 48 bits, which a number holds exactly. */
const HALF = 8;

/** A half of a digest as a number; numbers are in the order of the texts. */
export function halfOf(digest: string, half: 0 | 1): number {
	let number = 0;
	for (let at = half * HALF; at < (half + 1) * HALF; at += 1) number = number * 64 + (RANKS[digest.charCodeAt(at)] as number);
	return number;
}

/** Every two characters, by their number: a text of few parts is made faster than one of many. */
const PAIRS = Array.from({ length: 64 * 64 }, (_, number) => ALPHABET.charAt(number >>> 6) + ALPHABET.charAt(number & 63));

/** The digest of two halves. */
export function digestOf(first: number, second: number): string {
	return textOf(first) + textOf(second);
}

function textOf(half: number): string {
	const [high, low] = [Math.floor(half / 2 ** 24), half % 2 ** 24];
	return `${PAIRS[high >>> 12]}${PAIRS[high & 4095]}${PAIRS[low >>> 12]}${PAIRS[low & 4095]}`;
}
