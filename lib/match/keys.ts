import type { IdentityModel } from '../domain';
import { nicknameKey } from '../normalize';
import type { Comparable } from './comparable';

/** A key with the word that tells its distinct holders apart; the same shape as the store keeps. */
export interface MatchKey {
	key: string;
	who: string;
}

/** How many distinct people may stand under one blocking rule's value before it stops proposing pairs. */
const BLOCKING_LIMIT = 200;

/**
 * Values under which a record is found: its identifiers (`person|email:ann@example.com`), and the blocking rules' values, marked by `~`
 * (`person|~birth_date:1980-02-01`). A blocking value proposes pairs and is no evidence by itself.
 */
export function matchKeys(record: Comparable): MatchKey[] {
	const who = whoOf(record);
	const keys = new Set<string>();
	for (const { kind, value } of record.identifiers) keys.add(identifierLookupKey(record.entity, kind, value));
	for (const value of blockingValues(record)) keys.add(`${record.entity}|~${value}`);
	return [...keys].sort().map((key) => ({ key, who }));
}

/** The key under which records with this identifier are found. */
export function identifierLookupKey(entity: 'person' | 'company', kind: string, value: string): string {
	return `${entity}|${kind}:${value}`;
}

/** How many distinct holders a key may have before it is too common to be evidence. */
export function keyLimit(key: string, model: IdentityModel): number {
	const kind = kindOfKey(key);
	return kind.startsWith('~') ? BLOCKING_LIMIT : (model.identifiers[kind]?.maxEntities ?? 10);
}

function kindOfKey(key: string): string {
	const start = key.indexOf('|') + 1;
	return key.slice(start, key.indexOf(':', start));
}

/** Whether more distinct people (or companies) hold a key than it may have. Those without a name can't be told apart and don't count. */
export function isTooCommon(holders: readonly { who: string }[], limit: number): boolean {
	if (holders.length <= limit) return false;
	const distinct = new Set<string>();
	for (const { who } of holders) {
		if (who !== '') distinct.add(who);
		if (distinct.size > limit) return true;
	}
	return false;
}

/** Tells distinct people apart: family name with the given name's long form, so that Bob and Robert are one. */
function whoOf(record: Comparable): string {
	if (record.entity === 'company') return record.companyNames[0] ?? '';
	const given = record.given[0] === undefined ? '' : nicknameKey(record.given[0]);
	const family = record.family[0] ?? '';
	return given === '' && family === '' ? '' : `${given}|${family}`;
}

function* blockingValues(record: Comparable): Generator<string> {
	if (record.entity === 'company') {
		for (const name of record.companyNames) yield `name:${name}`;
		return;
	}
	for (const date of record.birthDates) yield `birth_date:${date}`;
	for (const postal of record.postalCodes) {
		for (const street of record.streets) yield `address:${postal}|${street}`;
	}
	for (const family of record.family) {
		for (const company of record.companyNames) yield `name_company:${family}|${company}`;
	}
}
