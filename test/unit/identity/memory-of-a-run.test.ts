import { buildProfiles, checkStore, currentModel, matchRecords, MatchRun, refKey } from '../../../lib';
import { NOW, person, SYSTEMS, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();

/** Forty people, each in two systems, who come in batches; some of them once more with another job. */
const batches = [0, 1, 2].map((turn) =>
	Array.from({ length: 40 }, (_, index) => {
		const fields = { given: `Given${index}`, family: `Family${index}`, email: `person${index}@acorn-mail.com` };
		return person(`${turn === 1 ? 'mail' : 'crm'}:${index}`, fields, { updatedAt: `2026-0${turn + 1}-01T00:00:00.000Z`, version: String(turn) });
	}),
);

async function ingest({ store }: Walk, run: () => MatchRun): Promise<void> {
	const shared = run();
	for (const batch of batches) {
		await store.write(async (tx) => matchRecords(tx, batch, await currentModel(tx, SYSTEMS, new Date(NOW).toISOString()), NOW, shared));
	}
	await buildProfiles(store, { systems: SYSTEMS, now: () => NOW, run: shared });
}

test.each([
	['nothing', () => new MatchRun(0)],
	['one record', () => new MatchRun(1)],
	['less than a batch', () => new MatchRun(7)],
])('a run that remembers %s comes to the same profiles, and the store is whole', async (_name, run) => {
	const [small, large] = [await newStore(), await newStore()];
	await ingest(small, run);
	await ingest(large, () => new MatchRun());
	const made = async (walk: Walk) => (await walk.profiles()).map(({ attributes, records }) => [records.map(refKey).sort(), attributes]);
	expect(await made(small)).toEqual(await made(large));
	expect((await checkStore(small.store, NOW)).problems).toEqual([]);
});
