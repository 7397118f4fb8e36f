import type { Comparable } from './comparable';
import { uniqueConflict } from './guards';
import { firstShared } from './level-kinds-text';
import { isOtherIdentifier, type PairView } from './pair-view';
import { type Reservation, supporters } from './reservation';
import type { LevelFound } from './scoring';
import { editDistance, jaroWinkler } from './similarity';

export function* aboutCompanies({ a, b, shared }: PairView, found: readonly LevelFound[]): Generator<Reservation> {
	if (uniqueConflict(a, b)) yield { limit: 'none', level: 'different values of what is unique by nature' };
	if (shared.some(({ kind }) => isOtherIdentifier(kind))) return;
	const speaks = supporters(found);
	const abroad = a.countries.length > 0 && b.countries.length > 0 && firstShared(a.countries, b.countries) === undefined;
	const domain = shared.some(({ kind }) => kind === 'company_domain');
	if (abroad && !domain) yield { limit: 'review', level: 'in different countries' };
	const at = (column: string) => found.find(({ comparison }) => comparison.column === column)?.level;
	const elsewhere = domain || speaks.has('phone') || speaks.has('email');
	const name = at('company_name');
	const oneWord = Math.min(...a.companyNames.map(wordCount), ...b.companyNames.map(wordCount)) === 1;
	const numbers = (names: readonly string[]) => new Set(names.map(numbersOf));
	const [left, right] = [numbers(a.companyNames), numbers(b.companyNames)];
	if (left.size > 0 && right.size > 0 && [...left].every((one) => one !== '' && [...right].every((other) => other !== '' && other !== one))) yield { limit: 'review', level: 'the numbers in the names differ' };
	const otherWords = (name?.kind === 'words_in_common' && mostWordsInCommon(a, b) < 3) || (name?.kind === 'jaro_winkler' && !a.companyNames.some((x) => b.companyNames.some((y) => areWordsAlike(x, y))));
	if (otherWords) yield { limit: 'review', level: 'businesses of one family or group have words in common' };
	const faint = name?.kind === 'words_in_common' || (name?.kind === 'words_within' && oneWord) || (name?.kind === 'jaro_winkler' && (name.threshold ?? 0) < 0.93);
	if (faint && !elsewhere) yield { limit: 'review', level: 'two businesses in one house may have words in common' };
	const thin = Math.max(...a.companyNames.map(({ length }) => length), ...b.companyNames.map(({ length }) => length)) < 6;
	if (thin && !elsewhere && !speaks.has('address')) yield { limit: 'review', level: 'a short name belongs to many' };
	const otherStreet = a.streets.length > 0 && b.streets.length > 0 && !['street_and_postal', 'street_alike', 'street'].includes(at('address')?.kind ?? '');
	if (otherStreet && !domain) yield { limit: 'review', level: 'two houses of one business, or two businesses of one name' };
	if (!domain && !elsewhere && !speaks.has('address') && name?.kind !== 'exact') yield { limit: 'review', level: 'nothing but a name is shared' };
	const otherTown = at('address')?.kind === 'else' && a.cities.length > 0 && b.cities.length > 0;
	if (domain && otherTown && !speaks.has('phone')) yield { limit: 'review', level: 'branches and franchises in two towns have one web domain' };
	if (domain && name !== undefined && !speaks.has('company_name')) yield { limit: 'review', level: 'a group of companies has one web domain' };
	if (!speaks.has('company_name') && !domain) yield { limit: 'none', level: 'neither name nor web domain is shared' };
}

/** Word by word the same, but for slips and abbreviations: "Mitchell Foods" and "Mitchell Goods" are one, "Mitchell Foods" and "Mitchell Homes" are two. */
function areWordsAlike(x: string, y: string): boolean {
	const [left, right] = [x.split(' '), y.split(' ')];
	if (left.length !== right.length) return editDistance(left.join(''), right.join(''), 2) <= 2;
	return left.every((word, index) => {
		const other = right[index] as string;
		return word === other || editDistance(word, other, 1) <= 1 || jaroWinkler(word, other) >= 0.9 || word.startsWith(other) || other.startsWith(word);
	});
}

function mostWordsInCommon(a: Comparable, b: Comparable): number {
	const common = (x: string, y: string) => new Set(x.split(' ').filter((word) => y.split(' ').includes(word))).size;
	return Math.max(0, ...a.companyNames.flatMap((x) => b.companyNames.map((y) => common(x, y))));
}

/** What tells the funds, schools and shops of one name apart. */
function numbersOf(name: string): string {
	return name.split(' ').filter((word) => /\d/.test(word) || /^(?:i{1,3}|iv|vi{0,3}|ix|x)$/.test(word)).join(' ');
}

function wordCount(name: string): number {
	return name.split(' ').length;
}
