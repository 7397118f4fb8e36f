import { randomBytes } from 'node:crypto';
import { closeAllStores, openStore, saveModel } from '../../../lib';
import { storePlace } from '../../../cli/store-place';
import { postgresUrl, runSql } from '../../postgres/server';
import { Desk, run } from './command';

const desk = new Desk();
const schema = `command_line_${randomBytes(6).toString('hex')}`;
const ROWS = 'id,name,email\n1,Ann Smith,ann@acme.io\n2,Bo Jones,bo@initech.io\n';

afterAll(async () => {
	desk.clear();
	await closeAllStores();
	await runSql(await postgresUrl(), `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
});

/** A store with two people and many old events. */
async function filled(place: string): Promise<void> {
	expect(await run('ingest', desk.write('people.csv', ROWS), '--store', place, '--no-train')).toMatchObject({ code: 0 });
	const store = await openStore(storePlace(place));
	const event = { type: 'profile.changed' as const, canonicalId: 'per_1', entity: 'person' as const, at: '2020-01-01T00:00:00.000Z', data: { attributes: ['x'.repeat(200)] } };
	await store.write(async (tx) => {
		await tx.events.prune('9999', 100);
		await tx.events.append(Array.from({ length: 5_000 }, () => event));
		await tx.rejections.put([{ system: 'crm', object: 'person', sourceId: '1', reason: 'r', remedy: 'r', raw: {} }], '2020-01-01T00:00:00.000Z');
	});
	await store.close();
}

const sizes = (out: string) => [...out.matchAll(/bytes \w+ +([\d,]+)/g)].map(([, bytes]) => Number(bytes?.replaceAll(',', '')));

describe.each([
	['a file', async () => await Promise.resolve(desk.path('tidy.sqlite'))],
	[
		'a database',
		async () => {
			const url = new URL(await postgresUrl());
			url.searchParams.set('schema', schema);
			return url.href;
		},
	],
])('%s', (what, place) => {
	test('is tidied and compacted, and says what went; a second time nothing goes', async () => {
		const store = await place();
		await filled(store);
		const first = await run('tidy', '--store', store, '--compact');
		expect(first).toMatchObject({ code: 0, err: '' });
		expect(first.out).toMatch(/events of the change feed +5,000 +kept for 400 days\n.*closed questions +0 +kept for ever\n.*rejections +1 +kept for 90 days\n/);
		const [before = 0, after = 0] = sizes(first.out);
		expect(after).toBeGreaterThan(0);
		if (what === 'a file') expect(after).toBeLessThan(before);
		expect((await run('tidy', '--store', store)).out).toMatch(/events of the change feed +0 /);
		expect(await run('check', '--store', store)).toMatchObject({ code: 0, out: '2 records and 2 profiles are in order.\n' });
	});
});

test('the settings of the identity model count', async () => {
	const store = desk.path('model.sqlite');
	await filled(store);
	const opened = await openStore({ file: store });
	const { model } = (await opened.read((tx) => tx.models.current())) as NonNullable<Awaited<ReturnType<Parameters<Parameters<typeof opened.read>[0]>[0]['models']['current']>>>;
	await saveModel(opened, { ...model, retention: { eventsDays: null, rejectionsDays: 30 } }, 'kim', Date.now());
	await opened.close();
	expect((await run('tidy', '--store', store)).out).toMatch(/events of the change feed +0 +kept for ever\n[^]*rejections +1 +kept for 30 days/);
});

test('where there is no store, none is made', async () => {
	expect(await run('tidy', '--store', desk.path('nothing.sqlite'))).toMatchObject({ code: 2, err: expect.stringContaining('There is no identity store') });
});
