/**
 * Whether a spreadsheet wrote the first digits of a long number in its place: `1.23E+15`. Two numbers that begin alike are one text then,
 * so it is neither a key nor a telephone number. A plain `12E4` may be a key of somebody's, and is no such number.
 */
export function isShortenedNumber(text: string): boolean {
	return /^\d(?:[.,]\d+)?E\+\d+$/i.test(text);
}

export const SHORTENED = 'was shortened by a spreadsheet, its last digits are lost';
