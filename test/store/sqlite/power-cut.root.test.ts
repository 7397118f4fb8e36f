import { join } from 'node:path';
import { checkStore } from '../../../lib/identity';
import { closeAllStores, openStore, type IdentityStore } from '../../../lib/store';
import { ingestRecords } from '../../postgres/ingest-records';
import { overlappingRecords } from '../../postgres/overlapping-people';
import { CutDisk } from '../cut-disk';
import { AT, person } from '../samples';

/** What stands outside of the store as soon as it was told: who has which ID, and what happened. */
async function told(store: IdentityStore) {
	return await store.read(async (tx) => ({ ids: (await tx.profiles.scanHeads(0, 1000)).map(({ no, canonicalId }) => [no, canonicalId]), events: await tx.events.since(0, [], 1000) }));
}

describe('a power cut', () => {
	let disk: CutDisk | undefined;
	afterEach(async () => {
		await closeAllStores();
		disk?.end();
	});

	test('takes nothing of what was told, canonical IDs above all, and leaves nothing of a step that was under way', async () => {
		const cut = (disk = CutDisk.mount(48));
		const store = await openStore({ file: join(cut.folder, 'customer360', 'identity.sqlite') });
		const records = overlappingRecords(20);
		await ingestRecords(store, records, 25);
		const before = await told(store);
		const after = await store.write(async (tx) => {
			await tx.records.put([person('under way')], AT);
			return cut.cut();
		});

		const left = await openStore({ file: join(after, 'customer360', 'identity.sqlite') });
		expect(before.ids.length).toBeGreaterThan(0);
		expect(await told(left)).toEqual(before);
		expect(await checkStore(left, Date.now())).toMatchObject({ records: records.length, waiting: 0, problems: [] });
	});
});
