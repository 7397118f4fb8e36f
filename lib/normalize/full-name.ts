import humanparser from 'humanparser';
import type { AttributeValue } from '../domain';
import { invalidValue } from './attribute-value';
import { fold } from './fold';
import { capitalFamilyWords, isIberianFamilyName, isPatronymic } from './family-name-order';
import { generation, isHonorific, isSuffix, stripAffixes } from './name-affixes';
import { NAME_PARTICLES } from './name-case';
import { cleanName, couplePart, namePart, suffixPart, whyNoName, type NameParts, type NamePart } from './name';
import { isHouseholdWord, mayJoinFamilyNames, readCouple } from './several-people';
import { readText } from './text';

/** Longer texts are no name; this also bounds the work. */
const MAX_FULL_NAME = 200;
/** Titles and suffixes are taken away before humanparser sees the name; it must not look for them again in what is left. */
const HANDLED = [
	'mr', 'master', 'mister', 'mrs', 'miss', 'ms', 'dr', 'prof', 'rev', 'fr', 'judge', 'honorable', 'hon', 'tuan', 'sr', 'srta', 'br', 'pr', 'mx',
	'sra',
	'i', 'ii', 'iii', 'iv', 'v', 'senior', 'junior', 'jr', 'phd', 'apr', 'rph', 'pe', 'md', 'ma', 'dmd', 'cme', 'qc', 'kc',
];
const PARSER_OPTIONS = {
	extraCompound: [...NAME_PARTICLES, '\u0628\u0646', '\u0627\u0628\u0646', '\u0622\u0644'],
	ignoreSalutation: HANDLED,
	ignoreSuffix: HANDLED,
};
/** Given names of two words. */
const DOUBLE_GIVEN = new Set([
	'mary ann', 'mary anne', 'mary beth', 'mary jane', 'mary lou', 'jo ann', 'sue ann', 'anna maria', 'anna lena', 'hans peter', 'karl heinz',
	'hans jurgen', 'jean pierre',
	'jean paul', 'jean claude', 'jean luc', 'jean marc', 'jean michel', 'jean francois', 'marie claire', 'marie christine', 'anne marie',
	'anne sophie', 'juan carlos',
	'jose luis', 'jose maria', 'maria jose', 'juan jose', 'luis miguel', 'ana maria', 'maria teresa', 'gian luca', 'maria grazia',
]);

interface Split {
	given: string[];
	middle: string[];
	family: string[];
}

/** Words of a name in the usual order, given name first. A single word after a title ("Mr. Smith") is the family name. */
function splitWords(words: string[], titled = false): Split {
	if (words.length === 1) return titled ? { given: [], middle: [], family: words } : { given: words, middle: [], family: [] };
	const capitals = capitalFamilyWords(words);
	if (capitals > 0) return { given: words.slice(capitals, capitals + 1), middle: words.slice(capitals + 1), family: words.slice(0, capitals) };
	const last = words.at(-1) ?? '';
	if (words.length === 3 && isPatronymic(last)) return { given: words.slice(1, 2), middle: [last], family: words.slice(0, 1) };
	if (words.length >= 3 && isIberianFamilyName(words.at(-2) ?? '')) {
		let from = words.length - 2;
		while (from > 1 && (NAME_PARTICLES.has((words[from - 1] ?? '').toLowerCase()) || words[from - 1]?.toLowerCase() === 'la')) from--;
		return { given: words.slice(0, from), middle: [], family: words.slice(from) };
	}
	if (words.length >= 3 && DOUBLE_GIVEN.has(fold(words.slice(0, 2).join(' ')))) {
		const rest = splitWords(words.slice(1));
		return { ...rest, given: [words[0] ?? '', ...rest.given] };
	}
	// Mary E Smith has an initial, while Costa e Silva is one name.
	if (words.length === 3 && /^[EY]\.?$/.test(words[1] ?? '')) return { given: words.slice(0, 1), middle: words.slice(1, 2), family: words.slice(2) };
	const parsed = humanparser.parseName(words.join(' '), PARSER_OPTIONS);
	const list = (text: string | undefined) => (text ?? '').split(' ').filter((word) => word !== '');
	return { given: list(parsed.firstName), middle: list(parsed.middleName), family: list(parsed.lastName) };
}

/** `Last, First Middle` or `First Last, Jr.`; `suffix` is what stood behind a comma or at an end. */
function splitFullName(name: string): Split & { suffix?: string } {
	const parts = name.split(',').map((part) => part.trim()).filter((part) => part !== '');
	let suffix: string | undefined;
	while (parts.length > 1 && (parts.at(-1) ?? '').split(' ').every(isSuffix)) {
		suffix = (parts.pop() ?? '').split(' ').map(generation).find((word) => word !== undefined) ?? suffix;
	}
	if (parts.length > 1) {
		const family = stripAffixes((parts[0] ?? '').split(' '));
		const given = stripAffixes(parts.slice(1).join(' ').split(' '));
		const [first = '', ...rest] = given.words;
		const double = DOUBLE_GIVEN.has(fold(`${first} ${rest[0] ?? ''}`));
		return {
			given: double ? [first, rest[0] ?? ''] : [first],
			middle: double ? rest.slice(1) : rest,
			family: family.words,
			suffix: suffix ?? family.suffix ?? given.suffix,
		};
	}
	const stripped = stripAffixes((parts[0] ?? '').split(' '));
	return { ...splitWords(stripped.words, stripped.titled), suffix: suffix ?? stripped.suffix };
}

/**
 * A field that holds a whole name: given, middle and family name and generational suffix. Particles stay with the family name, two Iberian
 * family names stay together, a nickname in quotes or brackets is dropped. A single word is `single`, the given name unless told otherwise.
 * `raw` of each part is the whole field. Empty when the value is missing.
 */
export function normalizeFullName(raw: unknown, single: NamePart = 'given_name'): NameParts {
	const text = readText(raw);
	if (text === undefined) return {};
	const refuse = (value: AttributeValue): NameParts => ({ [single]: value });
	if (typeof text !== 'string') return refuse(text);
	const whole = cleanName(text.slice(0, MAX_FULL_NAME + 1));
	const wrong = whyNoName(text.length > MAX_FULL_NAME ? text : whole, single === 'family_name');
	if (wrong) return refuse(invalidValue(raw, wrong.reason, { value: text, flags: wrong.placeholder ? ['placeholder'] : [] }));
	const bare = whole.replace(/\([^()]*\)|["\u201C\u201D\u201E][^"\u201C\u201D\u201E]*["\u201C\u201D\u201E]/gu, ' ').replace(/\s+/gu, ' ').trim();
	const several = normalizeSeveral(raw, bare);
	if (several) return several;
	const { given, middle, family, suffix } = splitFullName(/\p{L}/u.test(bare) ? bare : whole);
	const alone = family.length === 0 && single === 'family_name';
	const parts = {
		...(alone ? partOf(raw, given, 'family_name') : partOf(raw, given, 'given_name')),
		...(middle.includes('&') ? {} : partOf(raw, middle, 'middle_name')),
		...partOf(raw, family, 'family_name'),
		...suffixPart(raw, suffix),
	};
	// What can't be taken apart is better kept as it stands than lost.
	return Object.keys(parts).length > 0 ? parts : { [single]: namePart(raw, whole, single) };
}

/** A household or a couple as one record: their given names together, so that neither is lost and nobody takes them for one of the two. */
function normalizeSeveral(raw: unknown, name: string): NameParts | undefined {
	const words = name.split(' ');
	const household = words.length > 1 ? words.find((word, place) => (place === 0 || place === words.length - 1) && isHouseholdWord(word)) : undefined;
	if (household !== undefined) {
		const rest = words.filter((word) => word !== household);
		return normalizeCouple(raw, rest.join(' ')) ?? { given_name: namePart(raw, household, 'given_name'), ...partOf(raw, rest, 'family_name') };
	}
	return normalizeCouple(raw, name);
}

function normalizeCouple(raw: unknown, name: string): NameParts | undefined {
	const [family = '', ...given] = name.split(',').map((part) => part.trim());
	const beforeComma = given.length === 1 && !readCouple(family);
	const couple = readCouple(beforeComma ? (given[0] ?? '') : name);
	if (!couple) return undefined;
	const { left, and, right } = couple;
	if (beforeComma) return { given_name: couplePart(raw, left.join(' '), and, right.join(' ')), ...partOf(raw, family.split(' '), 'family_name') };
	if (mayJoinFamilyNames(couple)) return undefined;
	const [one, other] = [splitPartner(left), splitPartner(right)];
	const families = [...new Map([one.family, other.family].filter((words) => words.length > 0).map((words) => [fold(words.join(' ')), words.join(' ')])).values()];
	return {
		given_name: couplePart(raw, one.given.join(' '), and, (left.every(isHonorific) ? [...new Set([...right.filter(isHonorific), ...other.given])] : other.given).join(' ')),
		...partOf(raw, families.join(` ${and} `).split(' ').filter((word) => word !== ''), 'family_name'),
	};
}

/** One of two people: `Hans`, `Eva Müller`; of `Mr.` and `Mrs. Smith` the form of address is all there is of a given name. */
function splitPartner(words: string[]): Pick<Split, 'given' | 'family'> {
	const titles = words.filter(isHonorific);
	const rest = words.filter((word) => !isHonorific(word));
	if (rest.length === 0) return { given: titles, family: [] };
	const { given, middle, family } = splitWords(rest, titles.length > 0);
	return { given: given.length > 0 ? [...given, ...middle] : titles, family };
}

function partOf(raw: unknown, words: string[], part: NamePart | 'middle_name'): NameParts {
	const name = words.join(' ');
	return /\p{L}/u.test(name) ? { [part]: namePart(raw, name, part) } : {};
}
