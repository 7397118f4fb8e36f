import type { Entity, IdentityModel, SourceRecord } from '../domain';
import { identifierKey, refKey } from '../domain';
import { companyNameKey, givenNameKey, isSeveralPeople, nameKey, nameKeys, nicknameKeys, postalCodeKey, severalPeopleKey, streetKey } from '../normalize';
import { mailTextsOf } from './mail-texts';
import { middleNames } from './further-names';
import { asWritten, isInOwnScript, type Script, scriptOfNames } from './own-script';
import { isPlaceholder } from './placeholders';

/** One identifier as matching sees it. */
export interface ComparableIdentifier {
	kind: string;
	value: string;
	/** A mailbox of a function (info@), which several people read. */
	role: boolean;
}

/** Digits of a phone number without its area code. */
const TAIL = 7;

/** A record in the forms that are compared; made once and compared many times. */
export interface Comparable {
	no: number;
	/** Text form of the reference: breaks ties in a way that does not depend on arrival. */
	ref: string;
	entity: Entity;
	given: string[];
	/** Every given name that these may stand for, itself included. */
	nicknames: string[];
	/** Names and initials behind the first given name. */
	middle: string[];
	family: string[];
	/** The names as they are written, where that is a script in which several names sound alike. */
	written: string[];
	givenScript: Script;
	familyScript: Script;
	suffix: string[];
	/** YYYY-MM-DD. One that no calendar has (the 93rd of April) is among them as it was typed: it is a slip of the true one. */
	birthDates: string[];
	identifiers: ComparableIdentifier[];
	emails: string[];
	/** The emails, and what was typed in their place and is none: `jane.hillacorn.com` is still like `jane.hill@acorn.com`. */
	mailTexts: string[];
	phones: string[];
	/** Last seven digits of the phones, and of numbers without an area code, which are no phone that can be called. */
	phoneTails: string[];
	/** Values of the kinds that are unique by nature, by kind. */
	unique: Map<string, Set<string>>;
	postalCodes: string[];
	streets: string[];
	cities: string[];
	countries: string[];
	companyNames: string[];
	companyDomains: string[];
}

/** As much of a model as decides on what records are compared by. */
export type ComparingModel = Pick<IdentityModel, 'identifiers' | 'blockedValues'>;

/** @param no the record's number in the store, or any number that is unique among the records compared. */
export function toComparable(record: SourceRecord, no: number, model: ComparingModel): Comparable {
	const entity: Entity = record.kind === 'company' ? 'company' : 'person';
	const blocked = blockedSet(model);
	const identifiers: ComparableIdentifier[] = [];
	for (const identifier of record.identifiers) {
		const { kind, value, flags } = identifier;
		if ((blocked.size > 0 && blocked.has(identifierKey(identifier))) || isPlaceholder(identifier)) continue;
		identifiers.push({ kind, value, role: flags?.includes('role_mailbox') ?? false });
	}
	const ofKind = (kind: string) => identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value);
	const [emails, phones] = [ofKind('email'), ofKind('phone')];
	const names = entity === 'person' ? namesOf(record) : NO_NAMES;
	const named = entity === 'person' && !isCompanyInDisguise(names) && !isMailboxAsName(record, emails);
	const { given, family } = named ? names : NO_NAMES;
	const scripts = named ? { givenScript: scriptOfNames(fieldsOf(record, 'given_name')), familyScript: scriptOfNames(fieldsOf(record, 'family_name')) } : IN_LETTERS;
	const ownScript = isInOwnScript(scripts);
	return {
		no,
		ref: refKey(record),
		entity,
		given,
		nicknames: distinct(given.flatMap((name) => (isSeveralPeople(name) ? [name] : [name, ...nicknameKeys(name)]))),
		middle: named && !ownScript && !given.some(isSeveralPeople) ? middleNames(textsOf(record, 'given_name'), textsOf(record, 'middle_name')) : [],
		family,
		written: ownScript ? writtenNames(record) : [],
		...scripts,
		suffix: keysOf(record, 'name_suffix', nameKey),
		birthDates: distinct([...keysOf(record, 'birth_date', String), ...mistyped(record, 'birth_date').flatMap(impossibleDate)]),
		identifiers,
		emails,
		mailTexts: mailTextsOf(emails, mistyped(record, 'email')),
		phones,
		phoneTails: phoneTailsOf(phones, mistyped(record, 'phone')),
		unique: uniqueOf(identifiers, model),
		postalCodes: keysOf(record, 'postal_code', postalCodeKey),
		streets: keysOf(record, 'street', streetKey),
		cities: keysOf(record, 'city', nameKey),
		countries: keysOf(record, 'country', String),
		companyNames: keysOf(record, 'company_name', companyNameKey),
		companyDomains: keysOf(record, 'company_domain', String),
	};
}

/** The ends of the phones, and of what was typed in their place and has as many digits. */
export function phoneTailsOf(phones: readonly string[], typed: readonly string[]): string[] {
	const digits = [...phones, ...typed.map((text) => text.replace(/\D/g, ''))].filter((number) => number.length >= TAIL && !/^(\d)\1*$/.test(number));
	return distinct(digits.map((number) => number.slice(-TAIL)));
}

/** Values of the kinds that are unique by nature, by kind. */
export function uniqueOf(identifiers: readonly ComparableIdentifier[], model: Pick<IdentityModel, 'identifiers'>): Map<string, Set<string>> {
	const unique = new Map<string, Set<string>>();
	for (const { kind, value } of identifiers) {
		if (!model.identifiers[kind]?.uniqueByNature) continue;
		const values = unique.get(kind) ?? new Set<string>();
		unique.set(kind, values.add(value));
	}
	return unique;
}

const NO_NAMES: { given: string[]; family: string[] } = { given: [], family: [] };

/** Given and family names. Where only the family name's field is filled, "Hill, Ann" in it is both. */
function namesOf(record: SourceRecord): { given: string[]; family: string[] } {
	const several = distinct(textsOf(record, 'given_name').map(severalPeopleKey).filter((key) => key !== undefined));
	const [given, family] = [several.length > 0 ? several : nameKeysOf(record, 'given_name'), nameKeysOf(record, 'family_name')];
	const both = given.length > 0 ? [] : (record.attributes.family_name ?? []).map(({ value }) => String(value).split(',').map((part) => part.trim()));
	const split = both.filter((parts) => parts.length === 2 && parts.every((part) => part !== ''));
	if (split.length === 0) return { given, family };
	return { given: distinct(split.map((parts) => givenNameKey(parts[1] as string))), family: distinct(split.map((parts) => nameKey(parts[0] as string))) };
}

/** Legal forms that are nobody's name. Short ones that are somebody's (Sá, Se, Co) are left out on purpose. */
const LEGAL_FORM = /(?:^| )(?:inc|llc|ltd|limited|gmbh|corp|corporation|company|plc|sarl|bv|oy|pty)(?: |$)/;

/** A billing customer is often named after its company: that name says nothing about the person behind the mailbox. */
function isCompanyInDisguise({ given, family }: { given: string[]; family: string[] }): boolean {
	return given.some((name) => LEGAL_FORM.test(name)) || family.some((name) => LEGAL_FORM.test(name));
}

const IN_LETTERS: Pick<Comparable, 'givenScript' | 'familyScript'> = { givenScript: 'letters', familyScript: 'letters' };

/** What stands in a field, valid or not. */
function fieldsOf(record: SourceRecord, attribute: string): string[] {
	return (record.attributes[attribute] ?? []).map(({ value }) => String(value));
}

/** The given name, and the whole one in both orders, as some have it in one field. */
function writtenNames(record: SourceRecord): string[] {
	const [given, family] = [textsOf(record, 'given_name'), textsOf(record, 'family_name')];
	const whole = given.flatMap((x) => family.flatMap((y) => [x + y, y + x]));
	return distinct([...(given.length > 0 ? given : family), ...whole].map(asWritten).filter((name) => name !== undefined));
}

function impossibleDate(text: string): string[] {
	const [, year, month, day] = /^((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)$/.exec(text.trim()) ?? [];
	return year === undefined || (Number(month) <= 12 && Number(day) <= 31) ? [] : [`${year}-${month}-${day}`];
}

/** Help desks call a customer `rmills` until somebody asks: the mailbox once more, which says nothing about the name. */
function isMailboxAsName(record: SourceRecord, emails: readonly string[]): boolean {
	const names = ['given_name', 'family_name'].flatMap((attribute) => (record.attributes[attribute] ?? []).map(({ value }) => String(value).toLowerCase()));
	const [name] = names;
	return names.length === 1 && name !== undefined && emails.some((email) => email === name || email.slice(0, email.lastIndexOf('@')) === name);
}

function keysOf(record: SourceRecord, attribute: string, toKey: (text: string) => string): string[] {
	const keys: string[] = [];
	for (const { valid, value } of record.attributes[attribute] ?? []) {
		const key = valid ? toKey(String(value)) : '';
		if (key !== '') keys.push(key);
	}
	return distinct(keys);
}

function textsOf(record: SourceRecord, attribute: string): string[] {
	return (record.attributes[attribute] ?? []).filter(({ valid }) => valid).map(({ value }) => String(value));
}

function nameKeysOf(record: SourceRecord, attribute: string): string[] {
	const keys: string[] = [];
	for (const { valid, value } of record.attributes[attribute] ?? []) if (valid) keys.push(...nameKeys(String(value)));
	return distinct(keys.filter((key) => key !== ''));
}

/** What stands in a field and is not valid, but was not made up either. */
function mistyped(record: SourceRecord, attribute: string): string[] {
	const texts: string[] = [];
	for (const { valid, value, flags } of record.attributes[attribute] ?? []) if (!valid && !flags?.includes('placeholder')) texts.push(String(value));
	return texts;
}

/** May be the list itself. */
function distinct(values: string[]): string[] {
	return values.length < 2 ? values : [...new Set(values)].sort();
}

const blockedSets = new WeakMap<ComparingModel, Set<string>>();

function blockedSet(model: ComparingModel): Set<string> {
	let set = blockedSets.get(model);
	if (!set) {
		set = new Set(model.blockedValues.map(identifierKey));
		blockedSets.set(model, set);
	}
	return set;
}
