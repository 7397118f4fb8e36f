import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { RawRecord, SourceRecord } from '../../lib/domain';
import { buildProfiles, checkStore, emptySummary, ingestPage } from '../../lib/identity';
import { closeAllStores, openStore } from '../../lib/store';
import { AT, countRecords, putPersons } from '../store/samples';
import { temporarySchemas } from './schemas';
import { changedUrl, OwnServer, postgresUrl, runSql } from './server';

describe('a database of its own', () => {
	let server: OwnServer;
	beforeAll(async () => void (server = await OwnServer.start()));
	afterEach(closeAllStores);
	afterAll(async () => await server.end());

	test('that is gone in the middle of an ingest stops it with a clear error; when it is back, the ingest goes on behind its last page', async () => {
		const store = await openStore({ url: server.url }, { patienceMs: 300 });
		const pages = Array.from({ length: 12 }, (_, page) => Array.from({ length: 50 }, (_, i) => raw(page, i)));
		const ingest = async (onPage: (page: number) => void): Promise<void> => {
			const cursor = (await store.read(async (tx) => await tx.cursors.get('source'))) as number | undefined;
			for (let page = cursor ?? 0; page < pages.length; page++) {
				onPage(page);
				await ingestPage(store, (pages[page] ?? []).map(normalized), { systems: ['crm'], now: Date.parse(AT), cursor: { scope: 'source', value: page + 1 }, summary: emptySummary() });
			}
		};
		const stopped = ingest((page) => page === 6 && setTimeout(() => server.stop(), 5));
		await expect(stopped).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable', message: expect.stringContaining('Run the step again') });
		await expect(ingest(() => undefined)).rejects.toMatchObject({ code: 'unreachable' });
		await wait(200);
		await server.startAgain();
		await ingest(() => undefined);
		await buildProfiles(store, { systems: ['crm'], now: Date.now });
		const { records, profiles, problems } = await checkStore(store, Date.now());
		expect([records, profiles, problems]).toEqual([600, 300, []]);
	}, 60_000);
});

describe('a role', () => {
	const newSchema = temporarySchemas();
	const roles: string[] = [];
	afterEach(async () => {
		for (const role of roles.splice(0)) await runSql(await postgresUrl(), `DROP OWNED BY ${role} CASCADE`, `DROP ROLE ${role}`);
	});

	async function newRole(...statements: string[]): Promise<{ role: string; url: string }> {
		const [role, url] = [`role_${randomUUID().replaceAll('-', '')}`, await postgresUrl()];
		await runSql(url, `CREATE ROLE ${role} LOGIN PASSWORD 'its secret'`, ...statements.map((statement) => statement.replaceAll('{role}', role)));
		roles.push(role);
		return { role, url: changedUrl(url, { username: role, password: 'its secret' }) };
	}

	test('that may only read gets a clear error when it writes, reads go on, and once it may write everything is there', async () => {
		const { schema } = await newSchema();
		const { role, url } = await newRole(`CREATE SCHEMA "${schema}" AUTHORIZATION {role}`);
		await putPersons(await openStore({ url, schema }), 'before');
		await closeAllStores();
		await runSql(await postgresUrl(), `ALTER ROLE ${role} SET default_transaction_read_only = on`);
		const store = await openStore({ url, schema });
		await expect(putPersons(store, 'lost')).rejects.toMatchObject({ code: 'not_writable', message: expect.stringMatching(/can only be read; nothing of this step was kept.*read-only mode/) });
		await expect(store.write(async (tx) => await tx.events.prune('9999', 1))).rejects.toMatchObject({ code: 'not_writable' });
		expect(await countRecords(store)).toBe(1);
		await closeAllStores();
		await runSql(await postgresUrl(), `ALTER ROLE ${role} RESET default_transaction_read_only`);
		const again = await openStore({ url, schema });
		await putPersons(again, 'after');
		expect(await countRecords(again)).toBe(2);
	});

	test('that may only read finds no store to make', async () => {
		const { schema } = await newSchema();
		const { url } = await newRole(`CREATE SCHEMA "${schema}" AUTHORIZATION {role}`, 'ALTER ROLE {role} SET default_transaction_read_only = on');
		await expect(openStore({ url, schema })).rejects.toMatchObject({ code: 'not_writable', message: expect.stringContaining('can only be read') });
	});

	test('that owns the store vacuums and analyzes all of its tables; one that does not changes nothing', async () => {
		const target = await newSchema();
		await putPersons(await openStore(target), '1', '2');
		const { role, url } = await newRole();
		await runSql(target.url, `GRANT USAGE ON SCHEMA "${target.schema}" TO ${role}`, `GRANT SELECT ON ALL TABLES IN SCHEMA "${target.schema}" TO ${role}`);
		const vacuumed = async () => {
			const sql = `SELECT count(*)::int AS tables, count(last_vacuum)::int AS vacuumed, count(last_analyze)::int AS analyzed FROM pg_stat_all_tables WHERE schemaname = '${target.schema}'`;
			return (await runSql(target.url, 'SELECT pg_stat_clear_snapshot()', sql))[0];
		};
		const reader = await openStore({ ...target, url });
		expect((await reader.compact()).after).toBeGreaterThan(0);
		expect(await vacuumed()).toMatchObject({ vacuumed: 0 });
		await (await openStore(target)).compact();
		const { tables } = (await vacuumed()) as { tables: number };
		expect(await vacuumed()).toEqual({ tables, vacuumed: tables, analyzed: tables });
	});
});

/** Two of these are one person: pages 0 and 6, 1 and 7, and so on. */
function raw(page: number, i: number): RawRecord {
	return { system: 'crm', object: 'contact', sourceId: `${page}-${i}`, version: '1', updatedAt: AT, raw: { email: `box${page % 6}-${i}@larkmill.com` } };
}

function normalized({ raw: { email }, ...envelope }: RawRecord): { record: SourceRecord } {
	return { record: { ...envelope, kind: 'person', attributes: {}, identifiers: [{ kind: 'email', value: String(email) }], consent: [], links: [] } };
}
