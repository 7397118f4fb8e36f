import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore } from '../../lib/identity';
import { closeAllStores, StoreMigration, openStore } from '../../lib/store';
import { Proxy, type Cut } from '../postgres/proxy';
import { temporarySchemas } from '../postgres/schemas';
import { OwnServer } from '../postgres/server';
import { NOW } from '../unit/identity/given';
import { everythingIn } from './everything-in';
import { fillStore } from './full-store';

const folder = mkdtempSync(join(tmpdir(), 'customer360-migrate-'));
const file = join(folder, 'full.sqlite');
let server: OwnServer;

beforeAll(async () => {
	server = await OwnServer.start();
	await fillStore(await openStore({ file }), 10);
}, 60_000);
afterAll(async () => {
	await closeAllStores();
	await server.end();
	rmSync(folder, { recursive: true, force: true });
});

test('a database that crashes in the middle keeps whole steps, and the next run goes on', async () => {
	const migration = await StoreMigration.open(file, { url: server.url }, { patienceMs: 0 });
	let moved = 0;
	const moving = migration.moveRows((rows) => {
		if (rows > 100 && moved <= 100) server.stop();
		moved = rows;
	});
	await expect(moving).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
	await migration.close();
	await server.startAgain();
	const first: number[] = [];
	const report = await migrateStore(file, { url: server.url }, NOW, { onMoved: (rows) => void first.push(rows), onChecked: () => undefined });
	expect(report).toMatchObject({ begun: 'resumed', faults: [], check: { problems: [] } });
	expect(first[0]).toBeGreaterThanOrEqual(moved);
	const [old, fresh] = [await openStore({ file }), await openStore({ url: server.url })];
	expect(await everythingIn(fresh, ['source:crm'], ['crm:contact'])).toEqual(await everythingIn(old, ['source:crm'], ['crm:contact']));
});

describe('a connection that is lost while the last step is kept', () => {
	const newSchema = temporarySchemas();

	test.each<[Cut, 'done' | object]>([
		['before the server', { code: 'unreachable', message: expect.stringContaining('Run the step again') }],
		['behind the server', 'done'],
	])('%s', async (how, ending) => {
		const { url, schema } = await newSchema();
		const proxy = await Proxy.to(url);
		await proxy.open();
		const migration = await StoreMigration.open(file, { url: proxy.url, schema });
		await migration.moveRows(() => undefined);
		proxy.cut(how);
		const finished: unknown = await migration.finish().then(
			() => 'done',
			(error: unknown) => error,
		);
		expect(finished).toEqual(ending === 'done' ? ending : expect.objectContaining(ending));
		if (finished !== 'done') await migration.finish();
		await migration.close();
		await proxy.close();
		expect((await (await openStore({ url, schema })).read(async (tx) => await tx.records.counts())).length).toBeGreaterThan(0);
	});
});
