import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { refKey } from '../../lib/domain';
import { checkStore } from '../../lib/identity';
import { openStore, type IdentityStore } from '../../lib/store';
import { bundledProcess } from './bundled-process';
import { ingestRecords } from './ingest-records';
import { overlappingRecords } from './overlapping-people';
import { temporarySchemas } from './schemas';

const SIZE = 25;

const bundled = bundledProcess('writer-process');

function startWriter({ url, schema }: { url: string; schema: string }, people: number, part: number, parts: number): ChildProcess {
	const values = [url, schema, people, SIZE, part, parts].map(String);
	return spawn(process.execPath, [bundled, ...values], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Records by the profile that they are in, each profile as the list of its records. */
async function clustersOf(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => {
		const clusters = new Map<number | null, string[]>();
		for (const record of await tx.records.scan(0, 100_000)) {
			clusters.set(record.profileNo, [...(clusters.get(record.profileNo) ?? []), refKey(record)]);
		}
		return [...clusters.values()].map((refs) => refs.sort().join(' ')).sort();
	});
}

async function clustersOfOneWriter(target: { url: string; schema: string }, people: number): Promise<string[]> {
	const alone = await openStore(target);
	await ingestRecords(alone, overlappingRecords(people), SIZE);
	return await clustersOf(alone);
}

/** Every number once; every profile created once, unless it was merged into another one before it was built; every retired ID retired once. */
async function expectWholeFeed(store: IdentityStore): Promise<void> {
	await store.read(async (tx) => {
		const events = await tx.events.since(0, [], 1_000_000);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		const current = (await tx.profiles.scan(0, 100_000)).map(({ canonicalId }) => canonicalId);
		const retired = (await tx.profiles.scanAliases('', 100_000)).map(({ canonicalId }) => canonicalId);
		const created = events.filter(({ type }) => type === 'profile.created').map(({ canonicalId }) => canonicalId);
		expect(created.filter((id) => !retired.includes(id)).sort()).toEqual(current.sort());
		expect(new Set(created).size).toBe(created.length);
		const merged = events.filter(({ type }) => type === 'profile.merged').flatMap(({ data }) => data.retired as string[]);
		expect(merged.sort()).toEqual(retired.sort());
	});
}

describe('several processes and one database', () => {
	const newSchema = temporarySchemas();

	test('four that make the store at one time and ingest the same people at one time end with the profiles of one writer', async () => {
		const [target, people] = [await newSchema(), 120];
		const writers = Array.from({ length: 4 }, (_, part) => startWriter(target, people, part, 4));
		const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit')) as [number | null]));
		expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0]);
		const store = await openStore(target);
		const report = await checkStore(store, Date.now());
		expect(report).toMatchObject({ records: people * 3, waiting: 0, problems: [] });
		expect(await clustersOf(store)).toEqual(await clustersOfOneWriter(await newSchema(), people));
		await expectWholeFeed(store);
	});

	test('kill -9 of a writer leaves nothing half written, the others go on, and another run does the rest', async () => {
		const [target, people] = [await newSchema(), 60];
		const writers = Array.from({ length: 3 }, (_, part) => startWriter(target, people, part, 3));
		const [killed, ...others] = writers as [ChildProcess, ChildProcess, ChildProcess];
		const ended = Promise.all(others.map(async (writer) => (await once(writer, 'exit')) as [number | null]));
		await once(killed.stdout as NonNullable<ChildProcess['stdout']>, 'data');
		// Somewhere inside the next transaction.
		killed.kill('SIGKILL');
		expect((await ended).map(([code]) => code)).toEqual([0, 0]);
		const store = await openStore(target);
		expect((await checkStore(store, Date.now())).problems).toEqual([]);
		const [again] = await once(startWriter(target, people, 0, 3), 'exit');
		expect(again).toBe(0);
		expect(await checkStore(store, Date.now())).toMatchObject({ records: people * 3, waiting: 0, problems: [] });
		expect(await clustersOf(store)).toEqual(await clustersOfOneWriter(await newSchema(), people));
		await expectWholeFeed(store);
	});
});
