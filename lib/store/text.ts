import { isText, readStored } from './stored-json';

const MARK = '\u0001';
const NUL = '\u0000';

/**
 * A database keeps UTF-8, which has no half of a surrogate pair (an emoji that a system cut in two); two different texts would be stored as one.
 * Nor does PostgreSQL, or a list in JSON, as some statements take their values, carry the character NUL. Such a text is stored as JSON behind a mark.
 * For texts by which something is found; JSON columns don't need it.
 */
export function toStoredText(text: string): string {
	return text.isWellFormed() && !text.startsWith(MARK) && !text.includes(NUL) ? text : MARK + JSON.stringify(text);
}

/** Reads what {@link toStoredText} wrote. @throws StoreError `damaged` */
export function fromStoredText(stored: string): string {
	return stored.startsWith(MARK) ? readMarked(stored.slice(MARK.length)) : stored;
}

/** Nobody knows here which text it is; it stands where something is found by it. */
function readMarked(json: string): string {
	return readStored(json, () => 'an ID or another text by which something is found', isText) as string;
}
