import { fold } from './fold';
import { isHonorific } from './name-affixes';
import { properCase } from './name-case';
import { nicknameKeys } from './nicknames';

/** Words and signs that put two names together, whatever their case. */
const AND = new Set(['&', '+', '/', 'and', 'und', 'et', 'och', 'oraz', 'sowie']);
/** Those that may also be an initial or a name, so that only small letters among names with capitals count. */
const AND_IF_SMALL = new Set(['y', 'e', 'i', 'a', 'u', 'u.', 'en', 'og', 'ja', 've', 'és', 'и', 'та', 'і']);
/** Families' names in Spanish, Portuguese and Catalan are put together with these: Ortega y Gasset. */
const IN_FAMILY_NAMES = new Set(['y', 'e', 'i']);
/** A record under one of these is a household's. */
const HOUSEHOLDS = new Set(['familie', 'family', 'fam', 'famille', 'familia', 'famiglia', 'rodzina', 'eheleute', 'ehepaar', 'haushalt', 'household']);

/** Stands in a key between the names of several people; nothing that is folded has it. */
const BETWEEN = '+';

/** What stands before and behind the word that puts two names together. */
interface Couple {
	left: string[];
	and: string;
	right: string[];
}

/** Two people in one name: `Hans und Eva`. Undefined for one person, also one with two names for the same (`Robert/Bob`). */
export function readCouple(name: string): Couple | undefined {
	if (!/[ &+/]/.test(name)) return undefined;
	const words = name.replace(/[&+/]/g, ' $& ').split(' ').filter((word) => word !== '');
	const at = words.findIndex((word, place) => place > 0 && isAnd(word, words));
	const [left, right] = [words.slice(0, at), words.slice(at + 1)];
	if (at < 0 || !left.some(isWord) || !right.some(isWord)) return undefined;
	const others = nicknameKeys(right[0] ?? '');
	return nicknameKeys(left[0] ?? '').some((key) => others.includes(key)) ? undefined : { left, and: words[at] ?? '', right };
}

function isAnd(word: string, words: readonly string[]): boolean {
	if (AND.has(word.toLowerCase())) return true;
	return AND_IF_SMALL.has(word) && words.some((one) => /^\p{Lu}/u.test(one));
}

function isWord(word: string): boolean {
	return /\p{L}/u.test(word);
}

/** Whether the word may be part of one person's family name, as in `José Ortega y Gasset`. */
export function mayJoinFamilyNames({ left, and, right }: Couple): boolean {
	return IN_FAMILY_NAMES.has(and.toLowerCase()) && (left.length > 1 || right.length < 2);
}

/** `Familie`, `Fam.`, `Household`. */
export function isHouseholdWord(word: string): boolean {
	return HOUSEHOLDS.has(fold(word));
}

/** Two names in one, with capitals as one writes them. */
export function coupleName(left: string, and: string, right: string): string {
	return `${properCase(left)} ${and.toLowerCase()} ${properCase(right)}`;
}

/**
 * The key of given names that are those of several people, in no order and no language: `Hans und Eva` and `Eva & Hans` are `eva+hans`.
 * `Mr. and Mrs.` and `Familie` are `+`, as they name nobody. Undefined for one person's.
 */
export function severalPeopleKey(given: string): string | undefined {
	const couple = readCouple(given);
	if (couple) return [couple.left, couple.right].map((words) => fold(words.filter((word) => !isHonorific(word)).join(' '))).sort().join(BETWEEN);
	return isHouseholdWord(given) ? BETWEEN : undefined;
}

/** Whether a given name's key stands for several people. */
export function isSeveralPeople(key: string): boolean {
	return key.includes(BETWEEN);
}

/** The keys of the people that a key stands for. */
export function peopleOf(key: string): string[] {
	return key.split(BETWEEN).filter((name) => name !== '');
}
