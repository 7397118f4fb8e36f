import { nameKey } from '../normalize';

/** Endings that a family name has for women and, in the same family, for men; written as {@link nameKey} writes them. */
const ENDINGS: readonly [RegExp, readonly string[]][] = [
	[/(?<=.{3})ova$/, ['ov', '']],
	[/(?<=.{3})eva$/, ['ev', '']],
	[/(?<=.{2}[sc])ka$/, ['ki', 'ky']],
	[/(?<=.{2}sk)aya$/, ['y', 'iy', 'ij', 'ii']],
	[/(?<=.{3}n)a$/, ['y']],
	[/(?<=.{3})ou$/, ['os', 'as', 'is']],
];
/** Shorter words of a family name (de, van, della) stand in many. */
const SHORTEST_WORD = 4;

/**
 * Forms of a family name, one of which the whole family shares: the name, each word of a double name (Garcia Lopez, Hill-Wood),
 * and the man's form of a woman's name where a language has two (Novakova and Novak, Kowalska and Kowalski). Empty without a name.
 */
export function familyForms(familyName: string): string[] {
	const name = nameKey(familyName);
	if (name === '') return [];
	const words = name.split(' ').filter((word) => word.length >= SHORTEST_WORD);
	const forms = [name.replaceAll(' ', ''), ...words].flatMap((word) => [
		word,
		...ENDINGS.filter(([ending]) => ending.test(word)).flatMap(([ending, others]) => others.map((other) => word.replace(ending, other))),
	]);
	return [...new Set(forms)].sort();
}
