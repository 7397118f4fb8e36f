import { z } from 'zod/v4';

/**
 * Bytes that a source ID may have. A decision is found by the two records that it is about, and PostgreSQL takes 2,704 bytes into a row of an index: the three parts of a
 * reference must fit into it twice. Every kind of store has these limits, so that one can always be moved into the other.
 */
export const MAX_SOURCE_ID = 1_000;
/** Bytes that the name of a system or object, of a kind of identifier or of a segment may have. */
export const MAX_NAME = 150;
/** Bytes of any other text by which something is found as it stands, such as the value of an identifier. */
export const MAX_SOUGHT = 2_000;

/** Of one UTF-16 unit: `\u0000`. */
const MOST_BYTES = 6;
const QUOTES = 2;

/**
 * Whether a text has more bytes in UTF-8. It is measured as JSON writes it, because that is how a store keeps an odd one (half of a surrogate pair, the character NUL),
 * so that a quotation mark or backslash counts twice and a control character six times.
 */
export function isLongerThan(text: string, bytes: number): boolean {
	// Nearly every text is so short, and an absurd one so long, that it need not be measured.
	if (text.length * MOST_BYTES <= bytes) return false;
	return text.length > bytes || Buffer.byteLength(JSON.stringify(text)) - QUOTES > bytes;
}

/** What is wrong with a text that {@link isLongerThan} so many bytes; continues `its field "x" ...`. */
export function tooLong(bytes: number): string {
	return `is longer than ${bytes.toLocaleString('en-US')} bytes`;
}

/** A text that is not empty and has at most so many bytes; the message is {@link tooLong}. */
export function textUpTo(bytes: number) {
	return z.string().min(1).refine((text) => !isLongerThan(text, bytes), tooLong(bytes));
}
