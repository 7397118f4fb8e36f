import type { IdentityModel, VersionedModel } from '../domain';
import { type IdentityStore, isDamage, type RecordHead, type StoreReader } from '../store';
import { checkClusters, checkPlaces } from './check-clusters';
import { checkDepartures } from './check-departures';
import { checkEvidence } from './check-evidence';
import { checkGolden } from './check-golden';
import { checkIds } from './check-ids';
import { checkPromises } from './check-promises';
import { checkAround, checkParts, checkTexts, comesOfDamage, damagedText } from './check-texts';
import { isValidModel } from './current-model';
import { HOW_TO_FINISH, isLoading } from './first-load';
import { pages } from './pages';
import type { Problem } from './problem';

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
	const note = (problems: readonly Problem[]) => {
		for (const problem of problems) report.problems.push(problem);
	};
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
