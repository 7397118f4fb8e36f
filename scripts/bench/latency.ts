import { DatabaseSync } from 'node:sqlite';
import { buildProfiles, closeAllStores, findProfiles, ingestPage, emptySummary, MatchRun, openStore, type StoredRecord } from '../../lib';
import { floorOfEvents, floorOfLookUps } from './floor-latency';

/** Done before any is counted: n8n runs for months, and its first steps are those of a program that is still being compiled; a look-up is compiled to the end after thousands. */
const EVENTS_BEFORE = 300;
const EVENTS = 500;
const LOOK_UPS_BEFORE = 5000;
const LOOK_UPS = 2000;

/** Milliseconds that all but so many of a hundred stay below. */
function percentile(times: readonly number[], share: number): number {
	const sorted = [...times].sort((x, y) => x - y);
	return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}

export interface Latency {
	figure: number;
	floor: number;
}

/** One changed record to its rebuilt profile, every second one with another telephone number, by which it is matched again; p95, in milliseconds. */
export async function eventLatency(file: string): Promise<Latency> {
	const store = await openStore({ file });
	const records = await sample(file, EVENTS_BEFORE + EVENTS);
	const systems = [...new Set(records.map(({ system }) => system))];
	const [times, run] = [[] as number[], new MatchRun()];
	for (const [index, record] of records.entries()) {
		const now = Date.now();
		const changed = { ...(index % 2 === 0 ? withJob(record, index) : withPhone(record, index)), version: `event ${index}`, updatedAt: new Date(now).toISOString() };
		const begun = performance.now();
		await ingestPage(store, [{ record: changed }], { systems, now, summary: emptySummary(), run });
		await buildProfiles(store, { systems, now: Date.now, run });
		times.push(performance.now() - begun);
	}
	await closeAllStores();
	const floors = floorOfEvents(file, records.map(({ no }) => no));
	return { figure: percentile(times.slice(EVENTS_BEFORE), 95), floor: percentile(floors.slice(EVENTS_BEFORE), 95) };
}

function withJob(record: StoredRecord, index: number): StoredRecord {
	return { ...record, attributes: { ...record.attributes, job_title: [{ value: `Job ${index}`, valid: true }] } };
}

function withPhone(record: StoredRecord, index: number): StoredRecord {
	const value = `+1415${String(2_000_000 + index * 37)}`;
	const phones = [...(record.attributes.phone ?? []), { value, valid: true }];
	return { ...record, attributes: { ...record.attributes, phone: phones }, identifiers: [...record.identifiers, { kind: 'phone', value }] };
}

/** A profile by an email, beside the look-up of its golden record by the same key; p99, in milliseconds. */
export async function lookUpLatency(file: string): Promise<Latency> {
	const store = await openStore({ file });
	const emails = (await sample(file, LOOK_UPS_BEFORE + LOOK_UPS)).flatMap(({ identifiers }) => identifiers.filter(({ kind }) => kind === 'email').map(({ value }) => value));
	const times: number[] = [];
	for (const value of emails) {
		const begun = performance.now();
		await store.read((tx) => findProfiles(tx, { by: 'identifier', kind: 'email', value }, 'US'));
		times.push(performance.now() - begun);
	}
	await closeAllStores();
	const floors = floorOfLookUps(file, emails.map((value) => `person|email:${value}`));
	// A small store has fewer people.
	const before = Math.min(LOOK_UPS_BEFORE, Math.floor(emails.length / 2));
	return { figure: percentile(times.slice(before), 99), floor: percentile(floors.slice(before), 99) };
}

/** So many records of people, evenly spread over the store. */
async function sample(file: string, count: number): Promise<StoredRecord[]> {
	const store = await openStore({ file });
	const db = new DatabaseSync(file, { readOnly: true });
	const { last } = db.prepare('SELECT max(no) AS last FROM records').get() as { last: number };
	db.close();
	const nos = Array.from({ length: Math.min(count, last) }, (_, index) => Math.floor(((index + 0.5) * last) / Math.min(count, last)) + 1);
	const records = await store.read((tx) => tx.records.byNo(nos));
	await store.close();
	return records.filter(({ kind, deleted }) => kind === 'person' && !deleted);
}
