import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { openStore, type StoreReader } from '../../lib/store';
import { temporarySchemas } from './schemas';

/** Much shorter than what is waited for here. */
const IMPATIENT = { attemptMs: 300, patienceMs: 600, firstPatienceMs: 600 };

describe('who waits for connections that others in this process have', () => {
	const newSchema = temporarySchemas();

	test('reads within a read, as many as there are, however long each takes', async () => {
		const store = await openStore(await newSchema(), IMPATIENT);
		const long = async (tx: StoreReader) => {
			await wait(IMPATIENT.patienceMs);
			return await tx.records.counts();
		};
		const all = await store.read(async () => await Promise.allSettled(Array.from({ length: 12 }, async () => await store.read(long))));
		expect(all.map((one) => (one.status === 'fulfilled' ? 'read' : String(one.reason)))).toEqual(Array<string>(12).fill('read'));
		await store.close();
	});

	test('compacting twice at a time, while something else has a table', async () => {
		const target = await newSchema();
		const store = await openStore(target, IMPATIENT);
		const other = new Client(target.url);
		await other.connect();
		await other.query(`BEGIN; LOCK TABLE "${target.schema}".records IN SHARE UPDATE EXCLUSIVE MODE`);
		const both = Promise.allSettled([store.compact(), store.compact()]);
		await wait(3 * IMPATIENT.patienceMs);
		await other.query('COMMIT');
		await other.end();
		expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
		await store.close();
	});
});
