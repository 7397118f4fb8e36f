import { isDeepStrictEqual } from 'node:util';
import { refKey, type RecordNo } from '../domain';
import type { ReadableStore, StoreReader } from '../store';

/** Places of a store from which records and profiles are taken, and how many from each. */
const SAMPLES = { places: 10, rows: 250 };

/** What was compared and what differs: records, profiles and others by name, never values of people. */
export interface StoreComparison {
	/** Records and profiles. */
	compared: number;
	different: string[];
}

/** Something that both stores say when asked the same. */
interface Asked {
	what: string;
	answer: unknown;
}

/**
 * Asks both stores for the same records and profiles from all over the store, with all that belongs to them, and for what there is only little of,
 * and compares what they say field by field.
 */
export async function compareStores(one: ReadableStore, other: ReadableStore): Promise<StoreComparison> {
	return await one.read(async (before) =>
		other.read(async (after) => {
			const found: StoreComparison = { compared: 0, different: await differing(before, after, overall) };
			for (const from of await starts((no) => before.records.scan(no, 1))) {
				const ask = async (tx: StoreReader) => await recordsAt(tx, from);
				found.different.push(...(await differing(before, after, ask)));
				found.compared += (await before.records.scan(from, SAMPLES.rows)).length;
			}
			for (const from of await starts((no) => before.profiles.scan(no, 1))) {
				const ask = async (tx: StoreReader) => await profilesAt(tx, from);
				found.different.push(...(await differing(before, after, ask)));
				found.compared += (await before.profiles.scan(from, SAMPLES.rows)).length;
			}
			return found;
		}),
	);
}

async function differing(before: StoreReader, after: StoreReader, ask: (tx: StoreReader) => Promise<Asked[]>): Promise<string[]> {
	const [were, are] = [await ask(before), await ask(after)];
	const answers = new Map(are.map(({ what, answer }) => [what, answer]));
	return were.filter(({ what, answer }) => !isDeepStrictEqual(plain(answers.get(what)), plain(answer))).map(({ what }) => what);
}

/** Fields alone count, and not the kind of object that a database makes of a row. */
function plain(answer: unknown): unknown {
	return answer === undefined ? undefined : (JSON.parse(JSON.stringify(answer)) as unknown);
}

async function overall(tx: StoreReader): Promise<Asked[]> {
	const last = await tx.events.lastSeq();
	return [
		{ what: 'the number of records', answer: await tx.records.counts() },
		{ what: 'the number of profiles', answer: await tx.profiles.counts() },
		{ what: 'the identity model', answer: await tx.models.current() },
		{ what: 'the decisions', answer: await tx.decisions.all() },
		{ what: 'the open questions', answer: await tx.reviews.open(SAMPLES.rows, 0) },
		{ what: 'the last number of the change feed', answer: last },
		{ what: 'the beginning of the change feed', answer: await tx.events.since(0, [], SAMPLES.rows) },
		{ what: 'the end of the change feed', answer: await tx.events.since(last - SAMPLES.rows, [], SAMPLES.rows) },
		{ what: 'the rejected rows', answer: await tx.rejections.list(SAMPLES.rows) },
		{ what: 'the retired IDs', answer: await tx.profiles.scanAliases('', SAMPLES.rows) },
		{ what: 'the promised IDs', answer: await tx.promises.scan('', SAMPLES.rows) },
		{ what: 'records from before a restore', answer: await tx.promises.scanRecords(null, SAMPLES.rows) },
		{ what: 'records that left', answer: await tx.departures.scan(null, SAMPLES.rows) },
		{ what: 'the values that are too common', answer: await tx.keys.scanGeneric('', SAMPLES.rows) },
	];
}

async function recordsAt(tx: StoreReader, from: RecordNo): Promise<Asked[]> {
	const records = await tx.records.scan(from, SAMPLES.rows);
	const nos = records.map(({ no }) => no);
	const keys = await tx.keys.ofRecords(nos);
	const hashes = await tx.records.hashes(nos);
	const evidence = await tx.evidence.touching(nos);
	return records.map((record) => {
		const edges = evidence.filter(({ a, b }) => a === record.no || b === record.no);
		return { what: `record ${refKey(record)}`, answer: { record, keys: keys.get(record.no), hash: hashes.get(record.no), edges } };
	});
}

async function profilesAt(tx: StoreReader, from: number): Promise<Asked[]> {
	const profiles = await tx.profiles.scan(from, SAMPLES.rows);
	const nos = profiles.map(({ no }) => no);
	const [aliases, links] = [await tx.profiles.aliases(nos), await tx.profiles.linksOf(nos)];
	return profiles.map((profile) => ({
		what: `profile ${profile.canonicalId}`,
		answer: { profile, aliases: aliases.get(profile.no), links: links.get(profile.no) },
	}));
}

/** Numbers spread over all of a store, behind which rows are taken. The last row is found by halves: numbers have gaps. */
async function starts(behind: (no: number) => Promise<unknown[]>): Promise<number[]> {
	if ((await behind(0)).length === 0) return [];
	let [low, high] = [0, 1];
	while ((await behind(high)).length > 0) [low, high] = [high, high * 2];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if ((await behind(middle)).length > 0) low = middle;
		else high = middle;
	}
	const step = Math.max(SAMPLES.rows, Math.floor(high / SAMPLES.places));
	return Array.from({ length: SAMPLES.places }, (_, place) => place * step).filter((no) => no < high);
}
