import type { Entity } from '../domain';
import type { Comparable } from './comparable';
import { formsOf, localPart } from './forms';

/** Proposes pairs: two records that share one of its values are compared. A value is no evidence by itself. */
export interface BlockingRule {
	name: string;
	entity: Entity;
	values(record: Comparable): Iterable<string>;
}

/** From the one that proposes the fewest pairs in vain to the one that proposes most. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
	{ name: 'birth_date', entity: 'person', values: (one) => one.birthDates.map(orderedDate) },
	{ name: 'address', entity: 'person', values: (one) => cross(one.postalCodes, one.streets) },
	{ name: 'street_family', entity: 'person', values: (one) => cross(one.streets, one.family) },
	{ name: 'street_given', entity: 'person', values: (one) => cross(one.streets, formsOf(one).longGiven) },
	{ name: 'full_name', entity: 'person', values: (one) => cross(formsOf(one).longGiven, one.family, true) },
	{ name: 'local_part', entity: 'person', values: (one) => one.emails.map(localPart).filter((local) => local.length >= 5) },
	{ name: 'last_digits', entity: 'person', values: (one) => one.phoneTails },
	{ name: 'name_company', entity: 'person', values: (one) => cross(one.family, one.companyNames) },
	{ name: 'name_postal', entity: 'person', values: (one) => cross([...new Set([...formsOf(one).givenSounds, ...formsOf(one).familySounds])], one.postalCodes) },
	{ name: 'sound', entity: 'person', values: (one) => cross(formsOf(one).givenSounds, formsOf(one).familySounds, true) },
	{ name: 'given_birth_month', entity: 'person', values: (one) => cross(formsOf(one).givenSounds, one.birthDates.map((date) => date.slice(0, 7))) },
	{ name: 'family_birth_month', entity: 'person', values: (one) => cross(formsOf(one).familySounds, one.birthDates.map((date) => date.slice(0, 7))) },
	{ name: 'given_birth_day', entity: 'person', values: (one) => cross(formsOf(one).givenSounds, one.birthDates.map((date) => date.slice(5))) },
	{ name: 'family_birth_day', entity: 'person', values: (one) => cross(formsOf(one).familySounds, one.birthDates.map((date) => date.slice(5))) },
	{ name: 'family_city', entity: 'person', values: (one) => cross(formsOf(one).familySounds, one.cities) },
	{ name: 'given_city', entity: 'person', values: (one) => cross(formsOf(one).givenSounds, one.cities) },
	{ name: 'name_starts', entity: 'person', values: (one) => cross(starts(one.given), starts(one.family), true) },
	{ name: 'family_birth_year', entity: 'person', values: (one) => cross(formsOf(one).familySounds, one.birthDates.map((date) => date.slice(0, 4))) },
	{ name: 'given_birth_year', entity: 'person', values: (one) => cross(formsOf(one).givenSounds, one.birthDates.map((date) => date.slice(0, 4))) },
	{ name: 'mail_host', entity: 'person', values: (one) => one.emails.map((mailbox) => mailbox.slice(mailbox.lastIndexOf('@') + 1)) },
	{ name: 'street', entity: 'person', values: (one) => one.streets },
	{ name: 'postal_code', entity: 'person', values: (one) => one.postalCodes },
	{ name: 'family', entity: 'person', values: (one) => formsOf(one).familySounds },
	{ name: 'given', entity: 'person', values: (one) => formsOf(one).givenSounds },
	{ name: 'birth_month', entity: 'person', values: (one) => one.birthDates.map((date) => date.slice(0, 7)) },
	{ name: 'birth_day', entity: 'person', values: (one) => one.birthDates.map((date) => date.slice(5)) },

	{ name: 'name', entity: 'company', values: (one) => one.companyNames },
	{ name: 'street', entity: 'company', values: (one) => cross(one.streets, one.postalCodes.length > 0 ? one.postalCodes : ['']) },
	{ name: 'street_city', entity: 'company', values: (one) => cross(one.streets, one.cities.length > 0 ? one.cities : ['']) },
	{ name: 'first_words', entity: 'company', values: (one) => one.companyNames.flatMap((name) => firstWords(name)) },
	{ name: 'first_word_place', entity: 'company', values: (one) => cross(words(one.companyNames), [...one.postalCodes, ...one.cities]) },
	{ name: 'house_number_place', entity: 'company', values: (one) => cross(one.streets.flatMap((street) => /\d+/.exec(street) ?? []), [...one.postalCodes, ...one.cities]) },
	{ name: 'phone_tail', entity: 'company', values: (one) => one.phoneTails },
	{ name: 'name_start', entity: 'company', values: (one) => one.companyNames.map((name) => name.replaceAll(' ', '').slice(0, 6)) },
];

const rulesOf = (entity: Entity) => new Map(BLOCKING_RULES.filter((rule) => rule.entity === entity).map((rule) => [rule.name, rule]));
const BY_NAME = { person: rulesOf('person'), company: rulesOf('company') };

export function blockingRule(entity: Entity, name: string): BlockingRule | undefined {
	return BY_NAME[entity].get(name);
}

/** Every pair of one value of each side; `unordered` where the two may stand in each other's field. */
function cross(left: readonly string[], right: readonly string[], unordered = false): string[] {
	const pairs: string[] = [];
	for (const x of left) for (const y of right) pairs.push(unordered && y < x ? `${y}|${x}` : `${x}|${y}`);
	return pairs;
}

/** Beginnings that a slip further on leaves as they are. */
function starts(names: readonly string[]): string[] {
	return names.filter((name) => name.length > 2).map((name) => name.slice(0, 3));
}

function words(names: readonly string[]): string[] {
	return [...new Set(names.flatMap((name) => name.split(' ')))].filter((word) => word.length > 2);
}

/** Day and month in order of size, so that those who exchanged them meet. */
function orderedDate(date: string): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return `${year}-${[month, day].sort().join('-')}`;
}

function firstWords(name: string): string[] {
	const words = name.split(' ');
	return words.length < 2 ? [] : [words.slice(0, 2).sort().join(' ')];
}
