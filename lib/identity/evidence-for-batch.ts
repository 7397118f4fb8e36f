import type { Evidence, IdentityModel, RecordNo, VersionedModel } from '../domain';
import { type Comparable, COPY_HOLDER, isBlockingKey, isCopiesKey, isTooCommon, judgePair, judgeProposed, keyLimit, matchKeys } from '../match';
import type { KeyHolder, RecordHead, RecordKey, StoreWriter } from '../store';
import type { RecordCache } from './record-cache';
import { type CopyGroup, inOrder, regroup } from './copy-groups';
import { MatchRun } from './match-run';
import { PairSet } from './pair-set';

/** What changed around the records of a batch. */
export interface Touched {
	/** Every record whose evidence, group of copies or clusters may have changed, but for those that are alone. */
	together: Set<RecordNo>;
	/** New records that nothing connects with any other: no evidence, no copy, no decision. */
	alone: Map<RecordNo, RecordHead>;
}

/**
 * Brings keys and evidence up to date after records were put or decided about.
 *
 * What is stored afterwards is a function of the stored records and decisions alone: two records that stand for themselves or for their copies have
 * the evidence that `judgePair` finds, if they share a key that is not too common; a copy has evidence with the one that stands for it.
 * Whether a key is too common is judged by its distinct holders as they now are; when that changes, all pairs under the key are judged again.
 * @param fresh those of the changed records that came in just now
 */
export async function updateEvidence(
	tx: StoreWriter,
	changed: readonly RecordHead[],
	versioned: VersionedModel,
	at: string,
	{ cache, steps }: MatchRun = new MatchRun(),
	fresh: ReadonlySet<RecordNo> = new Set(),
): Promise<Touched> {
	const { model, version } = versioned;
	steps.enter('keys');
	const { entries, comparables, groups, touched, before, unique } = await regroup(tx, changed, fresh, model, cache);
	const keys = await changeKeys(tx, entries, before, model, cache);

	steps.enter('candidates');
	const pairs = new PairSet();
	for (const { no, keys: own } of entries) {
		for (const { key, who } of own) {
			if (who === COPY_HOLDER || isCopiesKey(key) || keys.generic.has(key)) continue;
			for (const holder of keys.holders.get(key) ?? []) if (holder.who !== COPY_HOLDER) pairs.add(no, holder.no);
		}
	}
	// Under a key that became too common only pairs that had evidence can change; under one that became useful, all can.
	const former = new PairSet();
	for (const key of keys.becameGeneric) {
		const group = new Set(countingHolders(keys.holders.get(key)));
		for (const { a, b } of await tx.evidence.edges([...group])) if (group.has(a) && group.has(b)) former.add(a, b);
	}
	for (const key of keys.becameUseful) former.addAll(countingHolders(keys.holders.get(key)));
	const crossing = [...keys.becameGeneric, ...keys.becameUseful].flatMap((key) => countingHolders(keys.holders.get(key)));
	await addGroupsOf(tx, crossing, groups);

	const copies = copiesToJudge(groups, new Set(entries.map(({ no }) => no)));
	const outdated = [...keys.known, ...copies.flatMap((group) => group.copies)];
	const removed = [
		...(outdated.length > 0 ? await tx.evidence.removeTouching(outdated) : []),
		...(await tx.evidence.removePairs(former.list())),
	];
	const tied = new Set<RecordNo>();
	for (const { a, b } of removed) tied.add(a).add(b);
	const open = pairs.list().filter(([a, b]) => !former.has(a, b));
	const views = await comparablesOf(tx, [...open.flat(), ...former.list().flat(), ...copies.map(({ first }) => first)], comparables, model, cache);
	steps.enter('scoring');
	const stamp = { modelVersion: version, at };
	const found: Evidence[] = [];
	const judge = (list: readonly (readonly [RecordNo, RecordNo])[], how: typeof judgePair, generic: ReadonlySet<string>) => {
		for (const [a, b] of list) {
			const [left, right] = [views.get(a), views.get(b)];
			if (left && right) for (const judgement of how(left, right, model, generic)) found.push({ a, b, ...judgement, ...stamp });
		}
	};
	judge(open, judgeProposed, keys.generic);
	const again = new Set([...former.list().flat(), ...copies.map(({ first }) => first)]);
	const genericAgain = await tx.keys.generic([...new Set([...again].flatMap((no) => namesOf(views.get(no), model)))]);
	judge(former.list(), judgePair, genericAgain);
	for (const { first, copies: others } of copies) {
		const one = views.get(first);
		if (!one) continue;
		const judgements = judgePair(one, { ...one, ref: `${one.ref}\n` }, model, genericAgain);
		for (const copy of others) {
			const [a, b] = [Math.min(first, copy), Math.max(first, copy)];
			for (const judgement of judgements) found.push({ a, b, ...judgement, ...stamp });
		}
	}
	steps.enter('write');
	await tx.evidence.add(found);
	for (const { a, b } of found) tied.add(a).add(b);
	const alone = new Map<RecordNo, RecordHead>();
	for (const record of changed) if (fresh.has(record.no) && unique.has(record.no) && !tied.has(record.no)) alone.set(record.no, record);
	for (const { no } of entries) touched.add(no);
	for (const no of tied) touched.add(no);
	for (const no of alone.keys()) touched.delete(no);
	return { together: touched, alone };
}

interface ChangedKeys {
	/** Holders as they now are, of the keys that may propose a pair or whose mark may change. */
	holders: ReadonlyMap<string, readonly KeyHolder[]>;
	/** Which of the keys of the entries, before and now, are too common. */
	generic: ReadonlySet<string>;
	becameGeneric: readonly string[];
	becameUseful: readonly string[];
	/** Records that had keys before; others have no evidence. */
	known: readonly RecordNo[];
}

/** Stores keys, and marks those that became too common or ceased to be. */
async function changeKeys(
	tx: StoreWriter,
	entries: readonly { no: RecordNo; keys: RecordKey[] }[],
	former: ReadonlyMap<RecordNo, readonly RecordKey[]>,
	model: IdentityModel,
	cache: RecordCache,
): Promise<ChangedKeys> {
	const [affected, lost, claimed] = [new Set<string>(), new Set<string>(), new Set<string>()];
	const joining = new Map<string, KeyHolder[]>();
	for (const { no, keys } of entries) {
		const had = former.get(no) ?? [];
		const now = new Map(had.length === 0 ? [] : keys.map(({ key, who }) => [key, who]));
		for (const { key, who } of had) {
			if (isCopiesKey(key)) continue;
			affected.add(key);
			if (now.get(key) !== who) lost.add(key);
		}
		for (const { key, who } of keys) {
			if (isCopiesKey(key)) continue;
			affected.add(key);
			if (who !== COPY_HOLDER) claimed.add(key);
			const holders = joining.get(key);
			if (holders) holders.push({ no, who });
			else joining.set(key, [{ no, who }]);
		}
	}
	const wasGeneric = await tx.keys.generic([...affected]);
	// Of a blocking value that was too common and lost nobody it is clear without a look at its holders, who may be very many;
	// and so it is of a value that only copies came to hold, who don't count.
	const open = [...affected].filter((key) => lost.has(key) || (claimed.has(key) && !(wasGeneric.has(key) && isBlockingKey(key))));
	const before = await tx.keys.holders(open);
	const changing = new Set(entries.map(({ no }) => no));
	const holders = new Map<string, KeyHolder[]>();
	const generic = new Set(wasGeneric);
	const [becameGeneric, becameUseful]: [string[], string[]] = [[], []];
	for (const key of open) {
		const list = (before.get(key) ?? []).filter(({ no }) => !changing.has(no));
		for (const holder of joining.get(key) ?? []) list.push(holder);
		holders.set(key, list);
		const common = isTooCommon(list, keyLimit(key, model));
		if (common === wasGeneric.has(key)) continue;
		(common ? becameGeneric : becameUseful).push(key);
		if (common) generic.add(key);
		else generic.delete(key);
	}
	await tx.keys.replace(entries.map((entry) => ({ ...entry, forms: cache.formsOf(entry.no) })), former);
	await tx.keys.markGeneric(becameGeneric, true);
	await tx.keys.markGeneric(becameUseful, false);
	const known = [...former].flatMap(([no, keys]) => (keys.length > 0 ? [no] : []));
	return { holders, generic, becameGeneric, becameUseful, known };
}

/** Holders that stand for themselves or for their copies. */
function countingHolders(holders: readonly KeyHolder[] | undefined): RecordNo[] {
	return (holders ?? []).filter(({ who }) => who !== COPY_HOLDER).map(({ no }) => no);
}

/** What is too common has a say in whether copies are one, so that the copies of these records have to be compared again. */
async function addGroupsOf(tx: StoreWriter, nos: readonly RecordNo[], groups: Map<string, CopyGroup>): Promise<void> {
	const keys = [...(await tx.keys.ofRecords([...new Set(nos)])).values()].flatMap((own) => own.map(({ key }) => key).filter(isCopiesKey));
	for (const [key, holders] of await tx.keys.holders([...new Set(keys)])) groups.set(key, { members: inOrder(holders), changed: true });
}

function copiesToJudge(groups: ReadonlyMap<string, CopyGroup>, changed: ReadonlySet<RecordNo>): { first: RecordNo; copies: RecordNo[] }[] {
	return [...groups.values()].flatMap(({ members: [first, ...others], changed: all }) => {
		const copies = others.map(({ no }) => no).filter((no) => all || changed.has(no) || (first && changed.has(first.no)));
		return first && copies.length > 0 ? [{ first: first.no, copies }] : [];
	});
}

async function comparablesOf(
	tx: StoreWriter,
	nos: readonly RecordNo[],
	known: ReadonlyMap<RecordNo, Comparable>,
	model: IdentityModel,
	cache: RecordCache,
): Promise<Map<RecordNo, Comparable>> {
	const missing = [...new Set(nos)].filter((no) => !known.has(no));
	return new Map([...known, ...(await cache.read(tx, missing, model))]);
}

function namesOf(record: Comparable | undefined, model: IdentityModel): string[] {
	return record ? matchKeys(record, model).map(({ key }) => key) : [];
}
