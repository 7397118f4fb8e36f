import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { checkStore } from '../../lib/identity';
import { closeAllStores, openStore } from '../../lib/store';
import { bundledProcess } from '../postgres/bundled-process';
import { changedUrl, OwnServer, runSql } from '../postgres/server';
import { AT, person, putPersons, ref } from '../store/samples';
import { type RunningPgBouncer, type Settings, startPgBouncer } from './pgbouncer';

const writing = bundledProcess('writer-process');

describe('a store behind PgBouncer in transaction mode', () => {
	let server: OwnServer;
	let pgbouncer: RunningPgBouncer | undefined;
	beforeAll(async () => void (server = await OwnServer.start()));
	afterEach(async () => {
		await closeAllStores();
		await pgbouncer?.end();
		pgbouncer = undefined;
	});
	afterAll(async () => await server.end());

	/** The server's URL, by way of a PgBouncer with these settings. */
	async function pooled(settings: Settings): Promise<string> {
		pgbouncer = await startPgBouncer(server.url, settings);
		return pgbouncer.url;
	}

	async function startWriter(url: string, schema: string, people: number, part: number, parts: number): Promise<number | null> {
		const values = [url, schema, people, 20, part, parts].map(String);
		const [code] = (await once(spawn(process.execPath, [writing, ...values], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')) as [number | null];
		return code;
	}

	test.each([
		['one session, which forgets everything between two transactions', 1, { server_reset_query_always: 1 }],
		['two sessions, which keep whatever a transaction leaves in them', 2, {}],
	])('writers of several processes and their reads share %s', async (_, size, settings) => {
		const url = await pooled({ default_pool_size: size, ...settings });
		const [schema, people, parts] = [`pool_of_${size}`, 40, 3];
		const store = await openStore({ url, schema });
		const writers = Promise.all(Array.from({ length: parts }, async (_, part) => await startWriter(url, schema, people, part, parts)));
		const reads = Promise.all(Array.from({ length: 12 }, async () => await store.read(async (tx) => await tx.records.counts())));
		expect((await reads).length).toBe(12);
		expect(await writers).toEqual(Array(parts).fill(0));
		expect(await checkStore(store, Date.now())).toMatchObject({ records: people * 3, waiting: 0, problems: [] });
		const [{ sessions } = {}] = await runSql(server.url, "SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
		expect(sessions).toBe(size);
	}, 60_000);

	test('a step that stands still is ended, and the others have their turn', async () => {
		const store = await openStore({ url: await pooled({}), schema: 'still' }, { standstillMs: 500 });
		const still = store.write(async (tx) => {
			await tx.records.put([person('1')], AT);
			await wait(1_500);
			await tx.records.put([person('2')], AT);
		});
		await expect(still).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('stood still for too long') });
		expect(await putPersons(store, '3')).toEqual([1]);
	});

	test('a database that is gone for a while takes the step with it that is under way, and nothing else', async () => {
		const store = await openStore({ url: await pooled({ server_login_retry: 1 }), schema: 'outage' });
		await putPersons(store, 'before');
		const interrupted = store.write(async (tx) => {
			await tx.records.put([person('half')], AT);
			server.stop();
			await wait(200);
			await tx.records.put([person('other half')], AT);
		});
		await expect(interrupted).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining('nothing of this step was kept') });
		const waiting = putPersons(store, 'during');
		await server.startAgain();
		await waiting;
		const found = await store.read(async (tx) => await tx.records.byRef(['before', 'half', 'other half', 'during'].map((id) => ref(id))));
		expect([...found.values()].map(({ sourceId }) => sourceId)).toEqual(['before', 'during']);
	});

	test.each<[string, Parameters<typeof changedUrl>[1], string, RegExp]>([
		['a wrong password', { password: 'geheim' }, '', /authentication failed.*Check user, password, database/],
		['a role that there is not', { username: 'nobody' }, '', /no such user.*Check user, password, database/],
		['a database that there is not', { pathname: '/nowhere' }, '', /"nowhere" does not exist.*Check user, password, database/],
		['a setting that PgBouncer does not pass on', {}, '?statement_timeout=60000', /unsupported startup parameter: statement_timeout.*leave it out of the store's URL.*ALTER ROLE/],
	])('%s is told as what it is, and not as a database that is away', async (_, changes, parameters, message) => {
		const url = `${changedUrl(await pooled({}), changes)}${parameters}`;
		const refused: unknown = await openStore({ url }, { patienceMs: 0 }).catch((error: unknown) => error);
		expect(refused).toMatchObject({ code: 'refused', message: expect.stringMatching(message) });
		expect((refused as Error).message).not.toContain('geheim');
	});

	test.each<[string, Settings, string]>([
		['all connections of the pool are in use for too long', { default_pool_size: 1, query_wait_timeout: 1 }, 'query_wait_timeout'],
		['PgBouncer lets nobody else in', { max_client_conn: 1 }, 'no more connections allowed'],
	])('where %s, the size of the pool is named', async (_, settings, words) => {
		const url = await pooled(settings);
		const other = new Client(url);
		await other.connect();
		await other.query('BEGIN');
		const message = expect.stringMatching(new RegExp(`${words}.*Let it take more connections.*size of the pool`));
		await expect(openStore({ url }, { patienceMs: 0 })).rejects.toMatchObject({ code: 'unreachable', message });
		await other.end();
	});
});
