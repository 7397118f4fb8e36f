import { givenNameKey } from './name-key';
import { NICKNAME_TABLES } from './nickname-groups';

/** Given names that have short forms. */
const NAMES = new Set<string>();
/** Short form to the given names that it may stand for. */
const NAMES_OF = new Map<string, Set<string>>();
/** Given name to the first letters of its short forms. */
const INITIALS_OF = new Map<string, string>();

for (const entry of NICKNAME_TABLES.flatMap((table) => table.split(';'))) {
	const [name = '', shortForms = ''] = entry.split(':').map((side) => side.trim());
	NAMES.add(name);
	for (const short of shortForms.split(/\s+/)) {
		NAMES_OF.set(short, (NAMES_OF.get(short) ?? new Set()).add(name));
		INITIALS_OF.set(name, (INITIALS_OF.get(name) ?? '') + short.slice(0, 1));
	}
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

const NONE: ReadonlySet<string> = new Set();

/** The given names for which a short form may stand; `key` in comparison form, as below. */
export function longFormsOf(key: string): ReadonlySet<string> {
	return NAMES_OF.get(key) ?? NONE;
}

/** Whether a short form of a given name begins with this letter: B. is Robert. */
export function hasShortFormIn(name: string, initial: string): boolean {
	return INITIALS_OF.get(name)?.includes(initial) ?? false;
}

/** Whether the tables have it, as a name or as a short form. */
export function isInNicknames(key: string): boolean {
	return NAMES.has(key) || NAMES_OF.has(key);
}
