import type { Evidence, IdentityModel, RecordNo } from '../domain';
import { refKey } from '../domain';
import { copiesKey, COPY_HOLDER, isCopiesKey, isTooCommon, judgePair, keyLimit, matchKeys } from '../match';
import type { KeyHolder, RecordHead, RecordKey, StoreReader } from '../store';
import type { Problem } from './problem';
import { RecordCache } from './record-cache';
import { decidedAbout, inOrder, keysOf } from './copy-groups';

export interface CheckedEvidence {
	problems: Problem[];
	/** How many keys these records list. */
	keys: number;
}

/** Keys are those that the record has as one of its copies, marks of common values are right, and every pair has the evidence that the rules find. */
export async function checkEvidence(tx: StoreReader, page: readonly RecordHead[], model: IdentityModel): Promise<CheckedEvidence> {
	const records = page.filter(({ kind }) => kind !== 'activity');
	const cache = new RecordCache(undefined, false);
	const comparables = await cache.read(tx, records.map(({ no }) => no), model);
	const decided = await decidedAbout(tx, records);
	const places = new Map([...comparables.values()].map((one) => [one.no, copiesKey(one, decided.get(one.ref))]));
	const groups = await groupsOf(tx, [...places.values()]);
	const problems: Problem[] = [];
	const stored = await tx.keys.ofRecords(records.map(({ no }) => no));
	problems.push(...(await checkForms(tx, records, cache)));
	const all = new Set<string>();
	for (const record of records) {
		const expected = keysOf(comparables.get(record.no), places.get(record.no), groups, model);
		const found = stored.get(record.no) ?? [];
		const face = (keys: readonly { key: string; who: string }[]) => keys.map(({ key, who }) => `${key}\t${who}`).sort().join('\n');
		if (face(expected) !== face(found)) {
			problems.push({ invariant: 'keys are those of the record', subject: refKey(record), detail: `has ${found.length} keys, ${expected.length} expected, or is not the copy that it is held for` });
		}
		for (const { key } of expected) if (!isCopiesKey(key)) all.add(key);
	}
	const holders = await tx.keys.holders([...all]);
	problems.push(...notFound(records, stored, holders));
	const generic = await tx.keys.generic([...all]);
	for (const key of all) {
		const common = isTooCommon(holders.get(key) ?? [], keyLimit(key, model));
		if (common !== generic.has(key)) {
			const kind = key.slice(0, key.indexOf(':'));
			problems.push({ invariant: 'common values are marked', subject: `a value of ${kind}`, detail: common ? 'is too common and not marked' : 'is marked and not too common' });
		}
	}
	const found = await tx.evidence.edges(records.map(({ no }) => no));
	const expected = await expectedEvidence(tx, new Set(comparables.keys()), { holders, generic, groups }, model, cache);
	const stray = found.filter((edge) => expected.get(edgeName(edge)) !== edgeFace(edge));
	for (const edge of stray) problems.push({ invariant: 'evidence is what the rules find', subject: `records ${edge.a} and ${edge.b}`, detail: `rule ${edge.rule} is stored and not found again` });
	const present = new Set(found.map(edgeName));
	for (const name of expected.keys()) {
		if (!present.has(name)) problems.push({ invariant: 'evidence is what the rules find', subject: `records ${name}`, detail: 'is found by the rules and not stored' });
	}
	return { problems, keys: [...stored.values()].reduce((sum, { length }) => sum + length, 0) };
}

/** Records that are not found by a key that they list; copies keys aside, whose groups are looked at as such. */
function notFound(records: readonly RecordHead[], listed: ReadonlyMap<RecordNo, readonly RecordKey[]>, holders: ReadonlyMap<string, readonly KeyHolder[]>): Problem[] {
	const held = new Map([...holders].map(([key, list]) => [key, new Map(list.map(({ no, who }) => [no, who]))]));
	return records.flatMap((record) => {
		const lost = (listed.get(record.no) ?? []).filter(({ key, who }) => !isCopiesKey(key) && held.get(key)?.get(record.no) !== who);
		return lost.length === 0 ? [] : [{ invariant: 'a record is found by its keys', subject: refKey(record), detail: `is not found by ${lost.length} of its keys` }];
	});
}

/** What is kept of what a record is compared by is what it says, where it is said to be made of that. */
async function checkForms(tx: StoreReader, records: readonly RecordHead[], cache: RecordCache): Promise<Problem[]> {
	const kept = await tx.keys.forms(records.map(({ no }) => no));
	return records.flatMap((record) => {
		const [found, expected] = [kept.get(record.no), cache.formsOf(record.no)];
		const isWrong = found !== undefined && expected !== undefined && found.of === expected.of && found.forms !== expected.forms;
		return isWrong ? [{ invariant: 'what a record is compared by is what it says', subject: refKey(record), detail: 'is compared by something else' }] : [];
	});
}

interface Grouped {
	members: KeyHolder[];
}

async function groupsOf(tx: StoreReader, keys: readonly string[]): Promise<Map<string, Grouped>> {
	const groups = new Map<string, Grouped>();
	for (const [key, holders] of await tx.keys.holders([...new Set(keys)])) groups.set(key, { members: inOrder(holders) });
	return groups;
}

interface Shared {
	holders: ReadonlyMap<string, KeyHolder[]>;
	generic: ReadonlySet<string>;
	groups: ReadonlyMap<string, Grouped>;
}

/** Pairs of records that stand for themselves or their copies and share a key, and each copy with the one that stands for it. */
async function expectedEvidence(tx: StoreReader, page: ReadonlySet<RecordNo>, { holders, generic, groups }: Shared, model: IdentityModel, cache: RecordCache): Promise<Map<string, string>> {
	const partners = new Map<RecordNo, Set<RecordNo>>();
	const add = (no: RecordNo, others: readonly RecordNo[]) => {
		const set = partners.get(no) ?? new Set<RecordNo>();
		for (const other of others) set.add(other);
		partners.set(no, set);
	};
	for (const [key, list] of holders) {
		if (generic.has(key)) continue;
		const counting = list.filter(({ who }) => who !== COPY_HOLDER).map(({ no }) => no);
		for (const no of counting) if (page.has(no)) add(no, counting);
	}
	for (const { members: [first, ...copies] } of groups.values()) {
		if (!first) continue;
		if (page.has(first.no)) add(first.no, copies.map(({ no }) => no));
		for (const { no } of copies) if (page.has(no)) add(no, [first.no]);
	}
	const comparables = await cache.read(tx, [...new Set([...partners].flatMap(([no, others]) => [no, ...others]))], model);
	const tooCommon = await tx.keys.generic([...new Set([...comparables.values()].flatMap((one) => matchKeys(one, model).map(({ key }) => key)))]);
	const expected = new Map<string, string>();
	for (const [no, others] of partners) {
		for (const other of others) {
			const [left, right] = [comparables.get(no), comparables.get(other)];
			if (no === other || !left || !right) continue;
			const [a, b] = no < other ? [no, other] : [other, no];
			for (const line of judgePair(left, right, model, tooCommon)) expected.set(edgeName({ a, b, rule: line.rule }), edgeFace(line));
		}
	}
	return expected;
}

function edgeName({ a, b, rule }: Pick<Evidence, 'a' | 'b' | 'rule'>): string {
	return `${a} and ${b}, rule ${rule}`;
}

function edgeFace({ weight, outcome }: Pick<Evidence, 'weight' | 'outcome'>): string {
	return `${weight} ${outcome}`;
}
