import { EITHER, MEN, WOMEN } from './given-name-tables';
import { isInNicknames, longFormsOf } from './nicknames';

interface GivenName {
	/** Lists of spellings in which it stands. */
	lists: readonly string[];
	/** Undefined where men and women have it. */
	sex: 'woman' | 'man' | undefined;
}

const NAMES = new Map<string, GivenName>();

for (const [sex, table] of [['woman', WOMEN], ['man', MEN], [undefined, EITHER]] as const) {
	for (const list of table.trim().split(/\s+/)) {
		for (const name of list.split('=')) {
			const known = NAMES.get(name);
			NAMES.set(name, { lists: [...(known?.lists ?? []), list], sex: known === undefined || known.sex === sex ? sex : undefined });
		}
	}
}

/** Whether this is a given name that many people bear, or a short form of one; `key` in comparison form. Not being among them says nothing. */
export function isFrequentGivenName(key: string): boolean {
	return NAMES.has(key) || isInNicknames(key);
}

/** Whether two frequent names are listed as spellings of one: Catherine and Kathryn. Not being listed says nothing. */
function areListedSpellings(x: string, y: string): boolean {
	const others = NAMES.get(y)?.lists;
	return others !== undefined && (NAMES.get(x)?.lists.some((list) => others.includes(list)) ?? false);
}

/** Whether one of two names may be short for the other, or both for spellings of a third one: Kate and Kathrine. */
export function mayBeShortFor(x: string, y: string): boolean {
	const others = [y, ...longFormsOf(y)];
	return [x, ...longFormsOf(x)].some((left) => others.some((right) => left === right || areListedSpellings(left, right)));
}

/** Whether men or women have both names, or men the one and women the other; undefined where that isn't known of both. */
export function sexesOf(x: string, y: string): 'one' | 'two' | undefined {
	const [left, right] = [sexOf(x), sexOf(y)];
	return left === undefined || right === undefined ? undefined : left === right ? 'one' : 'two';
}

/** A short form has the sex of the names for which it stands, where that is one. */
function sexOf(key: string): GivenName['sex'] {
	const name = NAMES.get(key);
	if (name) return name.sex;
	const sexes = new Set([...longFormsOf(key)].map((long) => NAMES.get(long)?.sex));
	return sexes.size === 1 ? [...sexes][0] : undefined;
}
