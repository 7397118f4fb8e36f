import type { IdentityModel } from '../domain';
import { type Comparable, phoneTailsOf, uniqueOf } from './comparable';
import { mailTextsOf } from './mail-texts';
import type { Script } from './own-script';

type List = readonly string[] | 0;

/** A comparable as a short JSON text keeps it, without number and reference: a list that is empty, or that follows from the others, is 0. */
export type PackedComparable = readonly [
	isCompany: 0 | 1, givenScript: Script | 0, familyScript: Script | 0, given: List, nicknames: List, middle: List, family: List, written: List, suffix: List, birthDates: List,
	identifiers: readonly (readonly [kind: string, value: string, role: 0 | 1])[] | 0, mailTexts: List, phoneTails: List,
	postalCodes: List, streets: List, cities: List, countries: List, companyNames: List, companyDomains: List,
];

/** How many parts there are, how many of them stand before the lists, and which is the list of identifiers. */
const [LENGTH, FIRST_LIST, IDENTIFIERS] = [19, 3, 10];

export function packComparable(record: Comparable): PackedComparable {
	const { entity, givenScript, familyScript, given, nicknames, middle, family, written, suffix, birthDates, identifiers, emails, mailTexts, phones, phoneTails } = record;
	const { postalCodes, streets, cities, countries, companyNames, companyDomains } = record;
	return [
		entity === 'company' ? 1 : 0, packScript(givenScript), packScript(familyScript), list(given), unless(nicknames, given), list(middle), list(family), list(written), list(suffix), list(birthDates),
		identifiers.length === 0 ? 0 : identifiers.map(({ kind, value, role }) => [kind, value, role ? 1 : 0] as const),
		unless(mailTexts, mailTextsOf(emails, [])), unless(phoneTails, phoneTailsOf(phones, [])),
		list(postalCodes), list(streets), list(cities), list(countries), list(companyNames), list(companyDomains),
	];
}

/** Whether it can be unpacked: a text that a store kept may be damaged. */
export function isPackedComparable(value: unknown): value is PackedComparable {
	if (!Array.isArray(value) || value.length !== LENGTH) return false;
	return value.every((part, place) => place < FIRST_LIST || part === 0 || (Array.isArray(part) && part.every(place === IDENTIFIERS ? isIdentifier : isText)));
}

function isIdentifier(part: unknown): boolean {
	return Array.isArray(part) && isText(part[0]) && isText(part[1]);
}

function isText(part: unknown): boolean {
	return typeof part === 'string';
}

/** @param model with the same identifiers as the one that the record was made comparable by */
export function unpackComparable(packed: PackedComparable, no: number, ref: string, model: Pick<IdentityModel, 'identifiers'>): Comparable {
	const [isCompany, givenScript, familyScript, given, nicknames, middle, family, written, suffix, birthDates, held, mailTexts, phoneTails, postalCodes, streets, cities, countries, companyNames, companyDomains] = packed;
	const identifiers = held === 0 ? [] : held.map(([kind, value, role]) => ({ kind, value, role: role === 1 }));
	const ofKind = (kind: string) => identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value);
	const [emails, phones, names] = [ofKind('email'), ofKind('phone'), from(given)];
	// In the order of toComparable: equal records are told by their JSON.
	return {
		no,
		ref,
		entity: isCompany === 1 ? 'company' : 'person',
		given: names,
		nicknames: nicknames === 0 ? [...names] : from(nicknames),
		middle: from(middle),
		family: from(family),
		written: from(written),
		givenScript: givenScript === 0 ? 'letters' : givenScript,
		familyScript: familyScript === 0 ? 'letters' : familyScript,
		suffix: from(suffix),
		birthDates: from(birthDates),
		identifiers,
		emails,
		mailTexts: mailTexts === 0 ? mailTextsOf(emails, []) : from(mailTexts),
		phones,
		phoneTails: phoneTails === 0 ? phoneTailsOf(phones, []) : from(phoneTails),
		unique: uniqueOf(identifiers, model),
		postalCodes: from(postalCodes),
		streets: from(streets),
		cities: from(cities),
		countries: from(countries),
		companyNames: from(companyNames),
		companyDomains: from(companyDomains),
	};
}

function packScript(script: Script): Script | 0 {
	return script === 'letters' ? 0 : script;
}

function list(values: readonly string[]): List {
	return values.length === 0 ? 0 : values;
}

function unless(values: readonly string[], following: readonly string[]): List {
	return values.length === following.length && values.every((value, index) => value === following[index]) ? 0 : values;
}

function from(values: List): string[] {
	return values === 0 ? [] : (values as string[]);
}
