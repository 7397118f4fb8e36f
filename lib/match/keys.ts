import { identifierLookupKey, isLongerThan, MAX_SOUGHT, type Entity, type EntityMatching, type IdentityModel } from '../domain';
import { nicknameKey } from '../normalize';
import { blockingRule } from './blocking';
import type { Comparable } from './comparable';
import { COPY_HOLDER, RECORD_HOLDER } from './content';

/** A key with the word that tells its distinct holders apart; the same shape as the store keeps. */
export interface MatchKey {
	key: string;
	who: string;
}

/** How many distinct records may stand under one blocking rule's value before it stops proposing pairs. */
export const BLOCKING_LIMIT = 200;

/** As much of a model as decides on keys. */
export interface KeyingModel {
	matching: Readonly<Record<Entity, Pick<EntityMatching, 'blocking'>>>;
}

interface Keys {
	blocking: readonly string[];
	keys: MatchKey[];
	names?: ReadonlySet<string>;
}

const cached = new WeakMap<Comparable, Keys>();

/**
 * Values under which a record is found: its identifiers (`person|email:ann@example.com`), and the values of the model's blocking rules, marked by `~`
 * (`person|~birth_date:1980-02-01`). A blocking value proposes pairs and is no evidence by itself. One that is far longer than any name or street proposes none: a store
 * finds common values as they stand.
 */
export function matchKeys(record: Comparable, model: KeyingModel): MatchKey[] {
	return keysOf(record, model).keys;
}

/** Keys of a copy: its identifiers, so that it is found by them. */
export function copyKeys(record: Comparable): MatchKey[] {
	const keys = new Set(record.identifiers.map(({ kind, value }) => identifierLookupKey(record.entity, kind, value)));
	return [...keys].sort().map((key) => ({ key, who: COPY_HOLDER }));
}

/** Whether a key proposes the pair that is not too common. */
export function shareKey(a: Comparable, b: Comparable, model: KeyingModel, generic: ReadonlySet<string>): boolean {
	const others = namesOf(keysOf(b, model));
	for (const key of namesOf(keysOf(a, model))) if (others.has(key) && !generic.has(key)) return true;
	return false;
}

function keysOf(record: Comparable, { matching }: KeyingModel): Keys {
	const { blocking } = matching[record.entity];
	const known = cached.get(record);
	if (known?.blocking === blocking) return known;
	const who = holderName(record);
	const names = new Map<string, string>();
	for (const { kind, value } of record.identifiers) names.set(identifierLookupKey(record.entity, kind, value), who);
	for (const name of blocking) {
		for (const value of blockingRule(record.entity, name)?.values(record) ?? []) {
			if (!isLongerThan(value, MAX_SOUGHT)) names.set(`${record.entity}|~${name}:${value}`, RECORD_HOLDER);
		}
	}
	const keys = [...names].sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, holder]) => ({ key, who: holder }));
	const fresh = { blocking, keys };
	cached.set(record, fresh);
	return fresh;
}

/** Takes what {@link matchKeys} said of a record that is the same, by a model of the same blocking rules. */
export function rememberKeys(record: Comparable, { matching }: KeyingModel, keys: MatchKey[]): void {
	cached.set(record, { blocking: matching[record.entity].blocking, keys });
}

function namesOf(keys: Keys): ReadonlySet<string> {
	return (keys.names ??= new Set(keys.keys.map(({ key }) => key)));
}

/** How many distinct holders a key may have before it is too common to be evidence. */
export function keyLimit(key: string, model: Pick<IdentityModel, 'identifiers'>): number {
	const kind = kindOfKey(key);
	return kind.startsWith('~') ? BLOCKING_LIMIT : (model.identifiers[kind]?.maxEntities ?? 10);
}

/** Whether the key is a blocking rule's value: its holders can only become more distinct by one more, whoever that is. */
export function isBlockingKey(key: string): boolean {
	return key.startsWith('~', key.indexOf('|') + 1);
}

function kindOfKey(key: string): string {
	const start = key.indexOf('|') + 1;
	return key.slice(start, key.indexOf(':', start));
}

/** Tells distinct people apart: given name in its long form, so that Bob and Robert are one, family name, birth date. Empty without a name. */
export function holderName(record: Comparable): string {
	if (record.entity === 'company') return record.companyNames[0] ?? '';
	const given = record.given[0] === undefined ? '' : nicknameKey(record.given[0]);
	const family = record.family[0] ?? '';
	return given === '' && family === '' ? '' : `${given}|${family}|${record.birthDates[0] ?? ''}`;
}
