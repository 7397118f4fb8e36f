import type { ChangeEvent, IdentityModel, VersionedModel } from '../domain';
import { refKey } from '../domain';
import { type IdentityStore, isDamage, type ProfileHead, type RecordHead, type StoreReader } from '../store';
import { assembleProfiles } from './assemble';
import { checkEvidence } from './check-evidence';
import { checkDepartures } from './check-departures';
import { checkPromises } from './check-promises';
import { checkAround, checkParts, checkTexts, comesOfDamage, damagedText } from './check-texts';
import { isValidModel } from './current-model';
import { differences } from './rebuilt';
import { HOW_TO_FINISH, isLoading } from './first-load';
import { checkLinks } from './household-check';
import { pages } from './pages';
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
	/** Texts of the store that can't be read; they are among the problems. */
	damaged: number;
	problems: Problem[];
}

const PAGE = 1000;

/**
 * Verifies every invariant of the store by computing again what can be computed: keys, evidence, clusters and golden records from the records,
 * and that every ID ever issued leads somewhere. Reads only, from one snapshot. What can't be read is a problem, and all else is checked around it.
 * @param onPage told how many records and profiles were looked at by now
 */
export async function checkStore(store: Pick<IdentityStore, 'read'>, now: number, onPage: (seen: number) => void = () => undefined): Promise<CheckReport> {
	return store.read(async (tx) => {
		const parts = await checkParts(tx);
		if (!parts.canBeRead) return { records: 0, profiles: 0, waiting: 0, damaged: 0, problems: parts.problems };
		const texts = await checkTexts(tx);
		const [damaged, problems] = [texts.damaged, [...parts.problems, ...texts.problems]];
		const report: CheckReport = { records: 0, profiles: 0, waiting: 0, damaged, problems };
		try {
			await checkInvariants(tx, now, report, onPage);
		} catch (error) {
			if (!comesOfDamage(error, damaged)) throw error;
			problems.push({ invariant: EVERYTHING, subject: 'the rest of this store', detail: isDamage(error) ? `was not checked. ${error.message}` : 'was not checked: what is damaged stands in the way' });
		}
		return report;
	});
}

const EVERYTHING = 'everything is checked';

async function checkInvariants(tx: StoreReader, now: number, report: CheckReport, onPage: (seen: number) => void): Promise<void> {
	if (await isLoading(tx)) {
		for (const { records } of await tx.records.counts()) report.records += records;
		report.problems.push(unfinishedLoad(report.records));
		return;
	}
	const model = await usableModel(tx, report);
	let [seen, listed] = [0, 0];
	const [skippedRecords, skippedProfiles] = [new Set<number>(), new Set<number>()];
	const note = (problems: readonly Problem[]) => report.problems.push(...problems);
	const isInTheWay = (error: unknown) => comesOfDamage(error, report.damaged);
	for await (const page of pages((after) => tx.records.scanHeads(after, PAGE), ({ no }) => no)) {
		report.records += page.length;
		note(await checkPlaces(tx, page));
		if (model) {
			const skip = ({ no }: RecordHead) => void skippedRecords.add(no);
			const checkKeys = async (heads: readonly RecordHead[]) => {
				const { problems, keys } = await checkEvidence(tx, heads, model);
				listed += keys;
				return problems;
			};
			note(await checkAround(page, checkKeys, isInTheWay, skip));
			note(await checkAround(page, (heads) => checkClusters(tx, heads, model), isInTheWay, skip));
		}
		onPage((seen += page.length));
	}
	for await (const page of pages((after) => tx.profiles.scanHeads(after, PAGE), ({ no }) => no)) {
		report.profiles += page.filter(({ empty }) => !empty).length;
		report.waiting += page.filter(({ dirty }) => dirty).length;
		if (model) note(await checkAround(page, (heads) => checkGolden(tx, heads, model, now), isInTheWay, ({ no }) => void skippedProfiles.add(no)));
		onPage((seen += page.length));
	}
	note(await checkIds(tx));
	note(await checkPromises(tx));
	note(await checkDepartures(tx));
	if (model) note(await checkCounts(tx, skippedRecords.size === 0 ? listed : undefined));
	note(notChecked(skippedRecords.size, skippedProfiles.size));
}

/** The model in force. Undefined in a new store, and where it can't be read or used: then there is nothing to compute again by. */
async function usableModel(tx: StoreReader, report: CheckReport): Promise<IdentityModel | undefined> {
	const notChecked = (why: string) => {
		report.problems.push({ invariant: EVERYTHING, subject: 'keys, evidence, clusters and golden records', detail: `were not checked: the identity model ${why}` });
		return undefined;
	};
	let versioned: VersionedModel | undefined;
	try {
		versioned = await tx.models.current();
	} catch (error) {
		if (!isDamage(error)) throw error;
		return notChecked("can't be read");
	}
	if (!versioned || isValidModel(versioned.model)) return versioned?.model;
	report.damaged += 1;
	report.problems.push(damagedText(`the identity model of version ${versioned.version}`));
	return notChecked("can't be used");
}

function notChecked(records: number, profiles: number): Problem[] {
	if (records + profiles === 0) return [];
	const subject = `${records} ${records === 1 ? 'record' : 'records'} and ${profiles} ${profiles === 1 ? 'profile' : 'profiles'}`;
	return [{ invariant: EVERYTHING, subject, detail: 'could not be checked as a whole: what is damaged stands in the way' }];
}

function unfinishedLoad(records: number): Problem {
	const detail = `was stopped before its ${records} records were matched. ${HOW_TO_FINISH}`;
	return { invariant: 'a load is finished', subject: 'the first load of this store', detail };
}

/**
 * What leads to records and profiles leads to no others: where all that these list is found, equal numbers say it.
 * @param keys undefined where not all lists could be read
 */
async function checkCounts(tx: StoreReader, keys: number | undefined): Promise<Problem[]> {
	const [holders, homes] = [await tx.keys.countHolders(), await tx.profiles.countHomes()];
	return [
		...(keys === undefined || holders === keys ? [] : [{ invariant: 'keys lead to records that list them', subject: 'the keys of this store', detail: `have ${holders} holders, and records list ${keys}` }]),
		...(homes.found === homes.listed ? [] : [{ invariant: 'homes lead to profiles that list them', subject: 'the homes of this store', detail: `lead to ${homes.found} profiles, and these list ${homes.listed}` }]),
	];
}

/** Each person or company is in exactly one profile that exists; activities and deleted records are in none. */
async function checkPlaces(tx: StoreReader, records: readonly RecordHead[]): Promise<Problem[]> {
	const nos = [...new Set(records.map(({ profileNo }) => profileNo).filter((no) => no !== null))];
	const profiles = new Map((await tx.profiles.heads(nos)).map((profile) => [profile.no, profile]));
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
async function checkClusters(tx: StoreReader, page: readonly RecordHead[], model: IdentityModel): Promise<Problem[]> {
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
async function checkGolden(tx: StoreReader, page: readonly ProfileHead[], model: IdentityModel, now: number): Promise<Problem[]> {
	const heads = page.filter(({ dirty, staleAt }) => !dirty && (staleAt === null || Date.parse(staleAt) > now));
	const settled = await tx.profiles.byNo(heads.map(({ no }) => no));
	const assembled = await assembleProfiles(tx, settled, model, now);
	const links = await checkLinks(tx, settled, assembled);
	const goldens = settled.flatMap((profile): Problem[] => {
		const next = assembled.get(profile.no);
		const hasRecords = (next?.golden.records.length ?? 0) > 0;
		// One that lost its records before it was ever built has nothing.
		const wrong = profile.golden === null && !hasRecords ? [] : next ? differences(profile, next) : ['everything'];
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
		const profiles = new Set((await tx.profiles.heads(page.map(({ profileNo }) => profileNo))).map(({ no }) => no));
		for (const { canonicalId, profileNo } of page) {
			if (!profiles.has(profileNo)) problems.push({ invariant: 'every ID resolves', subject: canonicalId, detail: 'is retired and leads nowhere' });
		}
	}
	for await (const page of pages((after) => tx.events.idsSince(after, PAGE), ({ seq }) => seq)) {
		// An ID that leads to a profile that can't be read leads to a profile.
		problems.push(...(await checkAround(page, (events) => checkNamed(tx, events), isDamage, () => undefined)));
	}
	return problems;
}

async function checkNamed(tx: StoreReader, events: readonly Pick<ChangeEvent, 'seq' | 'canonicalId'>[]): Promise<Problem[]> {
	const found = await tx.profiles.byCanonicalId([...new Set(events.map(({ canonicalId }) => canonicalId))]);
	const lost = events.filter(({ canonicalId }) => !found.has(canonicalId));
	return lost.map(({ canonicalId, seq }) => ({ invariant: 'every ID resolves', subject: canonicalId, detail: `stands in event ${seq} and leads nowhere` }));
}
