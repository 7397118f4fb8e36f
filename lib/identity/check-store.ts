import type { Evidence, IdentityModel, VersionedModel } from '../domain';
import { refKey } from '../domain';
import { isTooCommon, judgePair, keyLimit, matchKeys, toComparable } from '../match';
import type { IdentityStore, StoredProfile, StoredRecord, StoreReader } from '../store';
import { assembleProfiles } from './assemble';
import { differences } from './build-profiles';
import { recluster } from './recluster';

/** Something in the store that must not be so. `subject` names records and profiles, never values of people. */
export interface Problem {
	invariant: string;
	subject: string;
	detail: string;
}

export interface CheckReport {
	records: number;
	profiles: number;
	/** Profiles that Merge has still to build; no problem. */
	waiting: number;
	problems: Problem[];
}

const PAGE = 1000;

/**
 * Verifies every invariant of the store by computing again what can be computed: keys, evidence, clusters and golden records from the records,
 * and that every ID ever issued leads somewhere. Reads only, from one snapshot.
 */
export async function checkStore(store: IdentityStore, now: number): Promise<CheckReport> {
	return store.read(async (tx) => {
		const versioned = await tx.models.current();
		const report: CheckReport = { records: 0, profiles: 0, waiting: 0, problems: [] };
		for await (const page of pages((after) => tx.records.scan(after, PAGE), ({ no }) => no)) {
			report.records += page.length;
			report.problems.push(...(await checkPlaces(tx, page)));
			if (versioned) report.problems.push(...(await checkEvidence(tx, page, versioned)), ...(await checkClusters(tx, page, versioned.model)));
		}
		for await (const page of pages((after) => tx.profiles.scan(after, PAGE), ({ no }) => no)) {
			report.profiles += page.filter(({ empty }) => !empty).length;
			report.waiting += page.filter(({ dirty }) => dirty).length;
			if (versioned) report.problems.push(...(await checkGolden(tx, page, versioned.model, now)));
		}
		report.problems.push(...(await checkIds(tx)));
		return report;
	});
}

/** Each person or company is in exactly one profile that exists; activities and deleted records are in none. */
async function checkPlaces(tx: StoreReader, records: readonly StoredRecord[]): Promise<Problem[]> {
	const nos = [...new Set(records.map(({ profileNo }) => profileNo).filter((no) => no !== null))];
	const profiles = new Map((await tx.profiles.byNo(nos)).map((profile) => [profile.no, profile]));
	return records.flatMap((record): Problem[] => {
		const belongs = record.kind !== 'activity' && !record.deleted;
		const problem = (detail: string): Problem[] => [{ invariant: 'each record is in exactly one profile', subject: refKey(record), detail }];
		if (!belongs) return record.profileNo === null ? [] : problem('is an activity or deleted, and still in a profile');
		if (record.profileNo === null) return problem('is in no profile');
		const profile = profiles.get(record.profileNo);
		if (!profile) return problem(`is in profile number ${record.profileNo}, which does not exist`);
		if (profile.entity !== record.kind) return problem(`is a ${record.kind} in ${profile.canonicalId}, which is a ${profile.entity}`);
		return profile.empty ? problem(`is in ${profile.canonicalId}, which is marked as empty`) : [];
	});
}

/** Keys are those that the record has, marks of common values are right, and every pair has the evidence that the rules find. */
async function checkEvidence(tx: StoreReader, page: readonly StoredRecord[], { model }: VersionedModel): Promise<Problem[]> {
	const records = page.filter(({ kind }) => kind !== 'activity');
	const problems: Problem[] = [];
	const stored = await tx.keys.ofRecords(records.map(({ no }) => no));
	const all = new Set<string>();
	for (const record of records) {
		const expected = record.deleted ? [] : matchKeys(toComparable(record, record.no, model), model).map(({ key }) => key);
		const found = (stored.get(record.no) ?? []).map(({ key }) => key).sort();
		if (expected.join('\n') !== found.join('\n')) {
			problems.push({ invariant: 'keys are those of the record', subject: refKey(record), detail: `has ${found.length} keys, ${expected.length} expected` });
		}
		for (const key of expected) all.add(key);
	}
	const holders = await tx.keys.holders([...all]);
	const generic = await tx.keys.generic([...all]);
	for (const key of all) {
		const common = isTooCommon(holders.get(key) ?? [], keyLimit(key, model));
		if (common !== generic.has(key)) {
			const kind = key.slice(0, key.indexOf(':'));
			problems.push({ invariant: 'common values are marked', subject: `a value of ${kind}`, detail: common ? 'is too common and not marked' : 'is marked and not too common' });
		}
	}
	const found = await tx.evidence.touching(records.map(({ no }) => no));
	const expected = await expectedEvidence(tx, records, holders, generic, model);
	const stray = [...found].filter((edge) => expected.get(edgeName(edge)) !== edgeFace(edge));
	for (const edge of stray) problems.push({ invariant: 'evidence is what the rules find', subject: `records ${edge.a} and ${edge.b}`, detail: `rule ${edge.rule} is stored and not found again` });
	const present = new Set(found.map(edgeName));
	for (const name of expected.keys()) {
		if (!present.has(name)) problems.push({ invariant: 'evidence is what the rules find', subject: `records ${name}`, detail: 'is found by the rules and not stored' });
	}
	return problems;
}

async function expectedEvidence(
	tx: StoreReader,
	records: readonly StoredRecord[],
	holders: ReadonlyMap<string, { no: number }[]>,
	generic: ReadonlySet<string>,
	model: IdentityModel,
): Promise<Map<string, string>> {
	const partners = new Map<number, Set<number>>();
	const inPage = new Set(records.map(({ no }) => no));
	for (const [key, list] of holders) {
		if (generic.has(key)) continue;
		for (const { no } of list) if (inPage.has(no)) partners.set(no, new Set([...(partners.get(no) ?? []), ...list.map((holder) => holder.no)]));
	}
	const everyone = await tx.records.byNo([...new Set([...partners.values()].flatMap((set) => [...set]))]);
	const comparables = new Map(everyone.map((record) => [record.no, toComparable(record, record.no, model)]));
	const allKeys = [...new Set([...comparables.values()].flatMap((one) => matchKeys(one, model).map(({ key }) => key)))];
	const tooCommon = await tx.keys.generic(allKeys);
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

/** The profiles are the clusters. */
async function checkClusters(tx: StoreReader, page: readonly StoredRecord[], model: IdentityModel): Promise<Problem[]> {
	const { records, clusters } = await recluster(tx, new Set(page.map(({ no }) => no)), model);
	const seen = new Map<number, number>();
	const problems: Problem[] = [];
	clusters.forEach((cluster, index) => {
		const profiles = new Set(cluster.map((no) => records.get(no)?.profileNo));
		const names = cluster.map((no) => refKey(records.get(no) as StoredRecord));
		if (profiles.size > 1) problems.push({ invariant: 'profiles are the clusters', subject: names.join(', '), detail: 'are one cluster in several profiles' });
		for (const profileNo of profiles) {
			if (profileNo === null || profileNo === undefined) continue;
			if (seen.has(profileNo)) problems.push({ invariant: 'profiles are the clusters', subject: names.join(', '), detail: 'shares its profile with another cluster' });
			seen.set(profileNo, index);
		}
	});
	return problems;
}

/** What survivorship, figures and segments give from the records now is what is stored. */
async function checkGolden(tx: StoreReader, page: readonly StoredProfile[], model: IdentityModel, now: number): Promise<Problem[]> {
	const settled = page.filter(({ dirty, staleAt }) => !dirty && (staleAt === null || Date.parse(staleAt) > now));
	const assembled = await assembleProfiles(tx, settled, model, now);
	return settled.flatMap((profile): Problem[] => {
		const next = assembled.get(profile.no);
		const wrong = next ? differences(profile, next) : ['everything'];
		const hasRecords = (next?.golden.records.length ?? 0) > 0;
		return [
			...(wrong.length === 0 ? [] : [{ invariant: 'golden records are what survivorship gives', subject: profile.canonicalId, detail: `differs in ${wrong.join(', ')}` }]),
			...(hasRecords === profile.empty ? [{ invariant: 'empty profiles are marked', subject: profile.canonicalId, detail: hasRecords ? 'has records and is marked as empty' : 'has no record and is not marked' }] : []),
		];
	});
}

/** Every canonical ID that was ever issued leads to a profile that exists. */
async function checkIds(tx: StoreReader): Promise<Problem[]> {
	const problems: Problem[] = [];
	for await (const page of pages((after: string) => tx.profiles.scanAliases(after, PAGE), ({ canonicalId }) => canonicalId, '')) {
		const profiles = new Set((await tx.profiles.byNo(page.map(({ profileNo }) => profileNo))).map(({ no }) => no));
		for (const { canonicalId, profileNo } of page) {
			if (!profiles.has(profileNo)) problems.push({ invariant: 'every ID resolves', subject: canonicalId, detail: 'is retired and leads nowhere' });
		}
	}
	for await (const page of pages((after) => tx.events.since(after, [], PAGE), ({ seq }) => seq)) {
		const found = await tx.profiles.byCanonicalId([...new Set(page.map(({ canonicalId }) => canonicalId))]);
		for (const { canonicalId, seq } of page) {
			if (!found.has(canonicalId)) problems.push({ invariant: 'every ID resolves', subject: canonicalId, detail: `stands in event ${seq} and leads nowhere` });
		}
	}
	return problems;
}

function pages<T>(read: (after: number) => Promise<T[]>, keyOf: (item: T) => number): AsyncGenerator<T[]>;
function pages<T>(read: (after: string) => Promise<T[]>, keyOf: (item: T) => string, start: string): AsyncGenerator<T[]>;
async function* pages<T, K extends number | string>(read: (after: K) => Promise<T[]>, keyOf: (item: T) => K, start = 0 as K): AsyncGenerator<T[]> {
	let after = start;
	for (;;) {
		const page = await read(after);
		const last = page.at(-1);
		if (last === undefined) return;
		yield page;
		after = keyOf(last);
	}
}
