import { givenNameKey } from './name-key';
import { NICKNAME_TABLES } from './nickname-groups';

/** Given names that have short forms. */
const NAMES = new Set<string>();
/** Short form to the given names that it may stand for. */
const NAMES_OF = new Map<string, Set<string>>();

for (const entry of NICKNAME_TABLES.flatMap((table) => table.split(';'))) {
	const [name = '', shortForms = ''] = entry.split(':').map((side) => side.trim());
	NAMES.add(name);
	for (const short of shortForms.split(/\s+/)) NAMES_OF.set(short, (NAMES_OF.get(short) ?? new Set()).add(name));
}

/**
 * All given names for which this one may stand, itself included, as keys in a stable order: `Alex` may be Alexander or Alexandra.
 * Two given names agree as nicknames when their lists share a key.
 */
export function nicknameKeys(given: string): string[] {
	const key = givenNameKey(given);
	return [...new Set([key, ...(NAMES_OF.get(key) ?? [])])].sort();
}

/** One key for a given name and its unambiguous short forms: `Bob` and `Robert` are `robert`; an ambiguous one (`Alex`) stays itself. */
export function nicknameKey(given: string): string {
	const key = givenNameKey(given);
	const names = NAMES_OF.get(key);
	return names?.size === 1 && !NAMES.has(key) ? ([...names][0] ?? key) : key;
}

/** Whether this is a given name that many people bear, or a short form of one; `key` in comparison form. Not being among them says nothing. */
export function isFrequentGivenName(key: string): boolean {
	return NAMES.has(key) || NAMES_OF.has(key);
}
