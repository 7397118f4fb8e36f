import { hash } from 'node:crypto';
import type { Comparable } from './comparable';

const cached = new WeakMap<Comparable, string>();

/** Equal for records that say the same in all that is compared, whatever their number and reference. 128 bits of a hash, in base64url. */
export function contentOf(record: Comparable): string {
	let content = cached.get(record);
	if (content === undefined) {
		const { no: _no, ref: _ref, unique, ...said } = record;
		const text = JSON.stringify([said, [...unique].map(([kind, values]) => [kind, [...values]])]);
		content = hash('sha256', text, 'base64url').slice(0, 22);
		cached.set(record, content);
	}
	return content;
}

/** Takes what {@link copiesKey} said of a record that is the same and about which nothing was decided. */
export function rememberCopiesKey(record: Comparable, key: string): void {
	cached.set(record, key.slice(key.indexOf('|') + 1 + COPIES.length));
}

/**
 * The key under which a record and its copies find each other. No evidence and no blocking value: copies are compared with one of them,
 * and that one alone with everybody else.
 * @param decided what people decided about the record; those about whom the same was decided are copies of each other only
 */
export function copiesKey(record: Comparable, decided = ''): string {
	const content = contentOf(record);
	return `${record.entity}|${COPIES}${decided === '' ? content : hash('sha256', `${content} ${decided}`, 'base64url').slice(0, 22)}`;
}

export function isCopiesKey(key: string): boolean {
	return key.startsWith(COPIES, key.indexOf('|') + 1);
}

const COPIES = '=';

/** Takes the place of a holder's name where a copy holds an identifier: it can be found by it, is not counted and proposes no pair. No name looks like this. */
export const COPY_HOLDER = '#copy';

/** Takes the place of a holder's name where a record holds a blocking rule's value: records are counted there, not people. No name looks like this. */
export const RECORD_HOLDER = '#';
