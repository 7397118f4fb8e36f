import { openStore } from '../../lib/store';
import { checkStore } from '../../lib/identity';
import { ingestRecords } from './ingest-records';
import { shareOneSession } from './one-session';
import { overlappingRecords } from './overlapping-people';
import { temporarySchemas } from './schemas';

describe('behind a pooler in transaction mode', () => {
	const newSchema = temporarySchemas();

	test('two stores and their reads share one session of the server, which forgets everything between two transactions', async () => {
		const { url, schema } = await newSchema();
		const pooler = await shareOneSession(url);
		try {
			const records = overlappingRecords(20);
			// Another parameter makes another store of it, as another process has one.
			const stores = await Promise.all(['one', 'two'].map(async (name) => await openStore({ url: `${pooler.url}?application_name=${name}`, schema })));
			await Promise.all(stores.map(async (store, half) => await ingestRecords(store, records.filter((_, i) => i % 2 === half), 10)));
			for (const store of stores) {
				expect(await checkStore(store, Date.now())).toMatchObject({ records: records.length, waiting: 0, problems: [] });
				await store.close();
			}
			expect(pooler.turns()).toBeGreaterThan(stores.length * 2);
		} finally {
			await pooler.end();
		}
	});
});
