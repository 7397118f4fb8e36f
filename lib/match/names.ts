import type { Comparable } from './comparable';
import { editDistance, jaroWinkler } from './similarity';

/** How two given names, or two family names, stand to each other; from strongest to weakest. */
export type NameLevel = 'exact' | 'nickname' | 'initial' | 'similar' | 'different' | 'missing';

/**
 * How two people's whole names stand to each other.
 * - `agree`: given and family name fit (also when swapped between the fields)
 * - `family_differs`: the given name fits exactly, the family name doesn't (a changed name, or two people)
 * - `conflict`: the given names don't fit
 * - `unknown`: one side lacks a given or a family name and what is there doesn't contradict
 */
export type NameRelation = 'agree' | 'family_differs' | 'conflict' | 'unknown';

export interface NameComparison {
	given: NameLevel;
	family: NameLevel;
	relation: NameRelation;
	swapped: boolean;
	/** Neither name is only similar or only an initial. */
	firm: boolean;
}

export function compareNames(a: Comparable, b: Comparable): NameComparison {
	const given = compareGiven(a, b);
	const family = compareFamily(a.family, b.family);
	const swapped = shares(a.given, b.family) && shares(a.family, b.given) && !(given === 'exact' && family === 'exact');
	if (swapped) return { given: 'exact', family: 'exact', relation: 'agree', swapped, firm: true };
	const firm = (given === 'exact' || given === 'nickname') && family === 'exact';
	return { given, family, relation: relate(given, family), swapped, firm };
}

function relate(given: NameLevel, family: NameLevel): NameRelation {
	if (given === 'different') return 'conflict';
	if (family === 'different') return given === 'exact' || given === 'nickname' ? 'family_differs' : given === 'missing' ? 'unknown' : 'conflict';
	if (given === 'missing' || family === 'missing') return 'unknown';
	return 'agree';
}

function compareGiven(a: Comparable, b: Comparable): NameLevel {
	if (a.given.length === 0 || b.given.length === 0) return 'missing';
	if (shares(a.given, b.given) || shares(firstWords(a.given), firstWords(b.given))) return 'exact';
	if (shares(a.nicknames, b.nicknames)) return 'nickname';
	if (a.given.some((left) => b.given.some((right) => isInitial(left, right)))) return 'initial';
	return a.given.some((left) => b.given.some((right) => isSimilar(left, right))) ? 'similar' : 'different';
}

function compareFamily(a: readonly string[], b: readonly string[]): NameLevel {
	if (a.length === 0 || b.length === 0) return 'missing';
	if (shares(a.map(joined), b.map(joined))) return 'exact';
	if (a.some((left) => b.some((right) => isInitial(left, right)))) return 'initial';
	return a.some((left) => b.some((right) => isSimilar(left, right) || isPartOf(left, right))) ? 'similar' : 'different';
}

/** "Maria Luisa" and "Maria" are taken for one given name. */
function firstWords(names: readonly string[]): string[] {
	return names.map((name) => name.split(' ')[0] as string).filter((word) => word.length > 2);
}

function joined(name: string): string {
	return name.replaceAll(' ', '');
}

function isInitial(a: string, b: string): boolean {
	return (a.length === 1 || b.length === 1) && a[0] === b[0];
}

/** A typing error: one edit in a name of at least four letters, two in a long one that begins alike. */
function isSimilar(a: string, b: string): boolean {
	const shorter = Math.min(a.length, b.length);
	if (shorter < 4) return false;
	const edits = editDistance(a, b, 2);
	return edits <= 1 || (edits === 2 && shorter >= 7 && jaroWinkler(a, b) >= 0.93);
}

/** One of two family names: "Garcia" of "Garcia Lopez". */
function isPartOf(a: string, b: string): boolean {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	return short.length >= 4 && long.split(' ').includes(short);
}

export function shares(a: readonly string[], b: readonly string[]): boolean {
	return a.some((value) => b.includes(value));
}
