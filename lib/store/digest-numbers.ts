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

/** The digest of two halves. */
export function digestOf(first: number, second: number): string {
	return textOf(first) + textOf(second);
}

function textOf(half: number): string {
	let [text, rest] = ['', half];
	for (let character = 0; character < HALF; character += 1) {
		text = ALPHABET.charAt(rest % 64) + text;
		rest = Math.floor(rest / 64);
	}
	return text;
}
