import type { IdentityModel } from '../domain';
import { refKey } from '../domain';
import type { IdentityStore, RecordHead, StoredProfile, StoredRecord, StoreReader } from '../store';
import { assembleProfiles } from './assemble';
import { checkEvidence } from './check-evidence';
import { differences } from './rebuilt';
import { HOW_TO_FINISH, isLoading } from './first-load';
import { checkLinks } from './household-check';
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
 * @param onPage told how many records and profiles were looked at by now
 */
export async function checkStore(store: Pick<IdentityStore, 'read'>, now: number, onPage: (seen: number) => void = () => undefined): Promise<CheckReport> {
	return store.read(async (tx) => {
		let [seen, listed] = [0, 0];
		const versioned = await tx.models.current();
		const report: CheckReport = { records: 0, profiles: 0, waiting: 0, problems: [] };
		if (await isLoading(tx)) {
			for (const { records } of await tx.records.counts()) report.records += records;
			report.problems.push(unfinishedLoad(report.records));
			return report;
		}
		for await (const page of pages((after) => tx.records.scan(after, PAGE), ({ no }) => no)) {
			report.records += page.length;
			report.problems.push(...(await checkPlaces(tx, page)));
			if (versioned) {
				const { problems, keys } = await checkEvidence(tx, page, versioned.model);
				listed += keys;
				report.problems.push(...problems, ...(await checkClusters(tx, page, versioned.model)));
			}
			onPage((seen += page.length));
		}
		for await (const page of pages((after) => tx.profiles.scan(after, PAGE), ({ no }) => no)) {
			report.profiles += page.filter(({ empty }) => !empty).length;
			report.waiting += page.filter(({ dirty }) => dirty).length;
			if (versioned) report.problems.push(...(await checkGolden(tx, page, versioned.model, now)));
			onPage((seen += page.length));
		}
		report.problems.push(...(await checkIds(tx)), ...(versioned ? await checkCounts(tx, listed) : []));
		return report;
	});
}

function unfinishedLoad(records: number): Problem {
	const detail = `was stopped before its ${records} records were matched. ${HOW_TO_FINISH}`;
	return { invariant: 'a load is finished', subject: 'the first load of this store', detail };
}

/** What leads to records and profiles leads to no others: where all that these list is found, equal numbers say it. */
async function checkCounts(tx: StoreReader, keys: number): Promise<Problem[]> {
	const [holders, homes] = [await tx.keys.countHolders(), await tx.profiles.countHomes()];
	return [
		...(holders === keys ? [] : [{ invariant: 'keys lead to records that list them', subject: 'the keys of this store', detail: `have ${holders} holders, and records list ${keys}` }]),
		...(homes.found === homes.listed ? [] : [{ invariant: 'homes lead to profiles that list them', subject: 'the homes of this store', detail: `lead to ${homes.found} profiles, and these list ${homes.listed}` }]),
	];
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

/** The profiles are the clusters. */
async function checkClusters(tx: StoreReader, page: readonly StoredRecord[], model: IdentityModel): Promise<Problem[]> {
	const { records, clusters } = await recluster(tx, new Set(page.map(({ no }) => no)), model);
	const seen = new Map<number, number>();
	const problems: Problem[] = [];
	clusters.forEach((cluster, index) => {
		const profiles = new Set(cluster.map((no) => records.get(no)?.profileNo));
		const names = cluster.map((no) => refKey(records.get(no) as RecordHead));
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
	const links = await checkLinks(tx, settled, assembled);
	const goldens = settled.flatMap((profile): Problem[] => {
		const next = assembled.get(profile.no);
		const wrong = next ? differences(profile, next) : ['everything'];
		const hasRecords = (next?.golden.records.length ?? 0) > 0;
		return [
			...(wrong.length === 0 ? [] : [{ invariant: 'golden records are what survivorship gives', subject: profile.canonicalId, detail: `differs in ${wrong.join(', ')}` }]),
			...(hasRecords === profile.empty ? [{ invariant: 'empty profiles are marked', subject: profile.canonicalId, detail: hasRecords ? 'has records and is marked as empty' : 'has no record and is not marked' }] : []),
		];
	});
	return [...goldens, ...links];
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
