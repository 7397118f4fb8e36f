import type { Comparable } from './comparable';
import { contentOf, rememberContent } from './content';
import { isBlockingKey, type KeyingModel, matchKeys, rememberKeys } from './keys';

/** A comparable with all that is derived from it for keys, as JSON carries it to another thread: without number and reference, which it gets there. */
export interface PackedComparable {
	said: Omit<Comparable, 'no' | 'ref' | 'unique'>;
	unique: [kind: string, values: string[]][];
	content: string;
	keys: string[];
	/** The holder's name, which stands beside its identifiers. */
	who: string;
}

export function packComparable(record: Comparable, model: KeyingModel): PackedComparable {
	const { no: _no, ref: _ref, unique, ...said } = record;
	const keys = matchKeys(record, model);
	return {
		said,
		unique: [...unique].map(([kind, values]) => [kind, [...values]]),
		content: contentOf(record),
		keys: keys.map(({ key }) => key),
		who: keys.find(({ key }) => !isBlockingKey(key))?.who ?? '',
	};
}

/** @param model the one that it was packed by, or another that makes the same keys */
export function unpackComparable({ said, unique, content, keys, who }: PackedComparable, no: number, ref: string, model: KeyingModel): Comparable {
	const record: Comparable = { no, ref, ...said, unique: new Map(unique.map(([kind, values]) => [kind, new Set(values)])) };
	rememberContent(record, content);
	rememberKeys(record, model, keys, who);
	return record;
}
