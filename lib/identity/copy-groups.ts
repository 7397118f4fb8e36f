import { refKey, type IdentityModel, type RecordNo, type RecordRef } from '../domain';
import { type Comparable, copiesKey, copyKeys, isCopiesKey, matchKeys } from '../match';
import type { KeyHolder, RecordHead, RecordKey, StoreReader } from '../store';
import type { RecordCache } from './record-cache';

/** A record and its copies, as they now are. */
export interface CopyGroup {
	/** In order of reference; the first one is compared with others and with each copy. */
	members: readonly KeyHolder[];
	/** Whether another one came first before, so that every copy has to be compared again. */
	changed: boolean;
}

export interface Regrouped {
	/** Keys of every record whose keys have to be set: those asked for, and those that began or ceased to stand for their copies. */
	entries: { no: RecordNo; keys: RecordKey[] }[];
	/** Living records among the entries. */
	comparables: Map<RecordNo, Comparable>;
	groups: Map<string, CopyGroup>;
	/** Records whose component has changed by more than evidence: the groups that somebody left or joined. */
	touched: Set<RecordNo>;
	/** Keys that the store holds for these records so far; one that has none may be missing. */
	before: Map<RecordNo, RecordKey[]>;
	/** Those of the records asked for that have no copies, and that no decision in force names. */
	unique: Set<RecordNo>;
}

/**
 * Which of these records are copies of others. Records that say the same form a group; the one with the first reference stands for it:
 * it alone holds blocking values and identifiers that count. Records that decisions in force name are copies only where these say the same of them.
 * So keys are a function of the records and decisions, whatever order they came in.
 * @param fresh those of the records that came in just now, which have no keys yet
 */
export async function regroup(
	tx: StoreReader,
	changed: readonly RecordHead[],
	fresh: ReadonlySet<RecordNo>,
	model: IdentityModel,
	cache: RecordCache,
): Promise<Regrouped> {
	const comparables = await cache.of(tx, changed, model);
	const decided = await decidedAbout(tx, changed);
	const before = await tx.keys.ofRecords(changed.map(({ no }) => no).filter((no) => !fresh.has(no)));
	const now = new Map<RecordNo, string | undefined>();
	for (const record of changed) {
		const comparable = comparables.get(record.no);
		now.set(record.no, comparable && copiesKey(comparable, decided.get(refKey(record))));
	}
	const left = [...before.values()].flatMap((keys) => keys.filter(({ key }) => isCopiesKey(key)).map(({ key }) => key));
	const names = [...new Set([...left, ...[...now.values()].filter((key) => key !== undefined)])];
	const holders = await tx.keys.holders(names);
	const joining = holdersByKey(changed, now);

	const groups = new Map<string, CopyGroup>();
	const touched = new Set<RecordNo>();
	const others = new Set<RecordNo>();
	const unique = new Set<RecordNo>();
	for (const key of names) {
		const former = inOrder(holders.get(key) ?? []);
		const members = inOrder([...former.filter(({ no }) => !now.has(no)), ...(joining.get(key) ?? [])]);
		const [first] = members;
		if (first && members.length === 1 && !decided.has(first.who)) unique.add(first.no);
		const [was, is] = [former[0]?.no, members[0]?.no];
		groups.set(key, { members, changed: was !== is });
		if (is !== undefined) touched.add(is);
		if (was === is) continue;
		for (const no of [was, is]) if (no !== undefined && !now.has(no)) others.add(no);
	}
	if (others.size > 0) {
		for (const [no, comparable] of await cache.read(tx, [...others], model)) comparables.set(no, comparable);
		for (const [no, keys] of await tx.keys.ofRecords([...others])) before.set(no, keys);
	}
	const place = new Map<RecordNo, string>();
	for (const [key, { members }] of groups) for (const { no } of members) place.set(no, key);
	const entries = [...now.keys(), ...others].map((no) => ({ no, keys: keysOf(comparables.get(no), place.get(no), groups, model) }));
	return { entries, comparables, groups, touched, before, unique };
}

/** @param keys by which each of these and its copies find each other; undefined where it has none */
function holdersByKey(records: readonly RecordHead[], keys: ReadonlyMap<RecordNo, string | undefined>): Map<string, KeyHolder[]> {
	const refs = new Map(records.map((record) => [record.no, refKey(record)]));
	const joining = new Map<string, KeyHolder[]>();
	for (const [no, key] of keys) {
		if (key === undefined) continue;
		const holder = { no, who: refs.get(no) ?? '' };
		const others = joining.get(key);
		if (others) others.push(holder);
		else joining.set(key, [holder]);
	}
	return joining;
}

/** What the store has to hold for one record. */
export function keysOf(record: Comparable | undefined, key: string | undefined, groups: ReadonlyMap<string, Pick<CopyGroup, 'members'>>, model: IdentityModel): RecordKey[] {
	if (!record || key === undefined) return [];
	return keysAs(record, key, groups.get(key)?.members[0]?.no !== record.no, model);
}

/** What the store has to hold for a record of which it is known whether it is another one's copy. @param key by which it and its copies find each other */
export function keysAs(record: Comparable, key: string, isCopy: boolean, model: IdentityModel): RecordKey[] {
	return [...(isCopy ? copyKeys(record) : matchKeys(record, model)), { key, who: record.ref }];
}

/** What decisions in force say of each of these records, by reference; nothing for those that none names. */
export async function decidedAbout(tx: StoreReader, records: readonly RecordRef[]): Promise<Map<string, string>> {
	const said = new Map<string, string[]>();
	for (const { a, b, verdict, at } of await tx.decisions.touching(records)) {
		const [x, y] = [refKey(a), refKey(b)];
		for (const [one, other] of [[x, y], [y, x]] as const) {
			const list = said.get(one);
			if (list) list.push(`${verdict} ${other} ${at}`);
			else said.set(one, [`${verdict} ${other} ${at}`]);
		}
	}
	return new Map(records.flatMap((record): [string, string][] => {
		const list = said.get(refKey(record));
		return list ? [[refKey(record), list.sort().join('\n')]] : [];
	}));
}

/** Holders of a copies key: the one that stands for all comes first. */
export function inOrder(holders: readonly KeyHolder[]): KeyHolder[] {
	return holders.length < 2 ? [...holders] : [...holders].sort((x, y) => (x.who < y.who ? -1 : 1));
}
