import { randomUUID } from 'node:crypto';
import { closeAllStores, openStore, storeTarget, type PostgresStoreOptions } from '../../lib/store';
import { AT, person, putPersons } from '../store/samples';
import { Proxy } from './proxy';
import { temporarySchemas } from './schemas';
import { changedUrl, postgresUrl, runSql } from './server';

/** What opening or using a store is refused with. */
async function refusal(attempt: () => Promise<unknown>): Promise<{ code: string; message: string }> {
	const thrown: unknown = await attempt().catch((error: unknown) => error);
	expect(thrown).toMatchObject({ name: 'StoreError' });
	return thrown as { code: string; message: string };
}

describe('refusals of a PostgreSQL store', () => {
	const newSchema = temporarySchemas();
	const roles: string[] = [];
	const impatient: PostgresStoreOptions = { patienceMs: 0 };

	/** A role that may connect and nothing else. */
	async function newRole(): Promise<{ role: string; url: string }> {
		const [role, url] = [`role_${randomUUID().replaceAll('-', '')}`, await postgresUrl()];
		await runSql(url, `CREATE ROLE ${role} LOGIN PASSWORD 'its secret'`);
		roles.push(role);
		return { role, url: changedUrl(url, { username: role, password: 'its secret' }) };
	}

	afterEach(async () => {
		for (const role of roles.splice(0)) await runSql(await postgresUrl(), `DROP OWNED BY ${role} CASCADE`, `DROP ROLE ${role}`);
	});

	test.each([
		{ what: 'a wrong password', changes: { password: 'not-the-password' }, code: 'refused', says: 'password authentication failed' },
		{ what: 'no password', changes: { password: '' }, code: 'refused', says: 'asks for a password, and none was given' },
		{ what: 'a database that does not exist', changes: { pathname: '/nowhere' }, code: 'refused', says: '"nowhere" does not exist' },
		{ what: 'a port where nobody listens', changes: { port: '1' }, code: 'unreachable', says: 'Check host and port' },
	])('$what is named, the password is not', async ({ changes, code, says }) => {
		const url = changedUrl(await postgresUrl(), changes);
		const { message, ...error } = await refusal(async () => await openStore({ url }, impatient));
		expect(error).toMatchObject({ code });
		expect(message).toContain(says);
		const { password } = new URL(url);
		if (password !== '') expect(message).not.toContain(password);
	});

	test.each(['postgres://ann:geheim@[', 'mysql://ann:geheim@localhost/x'])('a URL that can not be read is refused without repeating it: %s', async (url) => {
		const { code, message } = await refusal(async () => await openStore({ url }));
		expect([code, message.includes('geheim')]).toEqual(['refused', false]);
	});

	test('what a person types is a URL or a file', () => {
		const typed = ['postgres://h/d', ' PostgreSQL://h/d', 'postgres.sqlite', './postgres:/x'];
		expect(typed.filter((text) => 'url' in storeTarget(text))).toEqual(typed.slice(0, 2));
	});

	test('its location names host, database and schema, and no user or password', async () => {
		const target = await newSchema();
		const { hostname, password, pathname, username } = new URL(target.url);
		const { location } = await openStore(target);
		for (const part of [hostname, pathname, target.schema]) expect(location).toContain(part);
		expect([location.includes(password), location.includes(username)]).toEqual([false, false]);
	});

	test('a role without rights is told which statements give them, and they do', async () => {
		const [{ role, url }, { schema }] = [await newRole(), await newSchema()];
		const { code, message } = await refusal(async () => await openStore({ url, schema }));
		const statement = `CREATE SCHEMA "${schema}" AUTHORIZATION ${role}`;
		expect([code, message.includes(statement)]).toEqual(['not_writable', true]);
		await runSql(await postgresUrl(), statement);
		const store = await openStore({ url, schema });
		expect(await putPersons(store, '1')).toEqual([1]);
	});

	test("a store that belongs to another role is neither read nor written", async () => {
		const [{ role, url }, target] = [await newRole(), await newSchema()];
		await (await openStore(target)).close();
		expect((await refusal(async () => await openStore({ ...target, url }))).code).toBe('not_writable');
		await runSql(target.url, `GRANT USAGE ON SCHEMA "${target.schema}" TO ${role}`, `GRANT SELECT ON ALL TABLES IN SCHEMA "${target.schema}" TO ${role}`);
		const reader = await openStore({ ...target, url });
		expect(await reader.read(async (tx) => await tx.records.counts())).toEqual([]);
		const { code, message } = await refusal(async () => await reader.write(async (tx) => await tx.records.put([person('1')], AT)));
		expect([code, message.includes('docs/postgresql.md')]).toEqual(['not_writable', true]);
	});

	test('a schema of another program is left as it is', async () => {
		const { url, schema } = await newSchema();
		await runSql(url, `CREATE SCHEMA "${schema}"`, `CREATE TABLE "${schema}".meta (version TEXT)`, `CREATE TABLE "${schema}".invoices (no INT)`);
		expect((await refusal(async () => await openStore({ url, schema }))).code).toBe('not_a_store');
		const tables = await runSql(url, `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = '${schema}' ORDER BY 1`);
		expect(tables).toEqual([{ relname: 'invoices' }, { relname: 'meta' }]);
	});

	test('a server that is older than any this was tried with is refused, and left as it is', async () => {
		const { url, schema } = await newSchema();
		const [{ said } = {}] = await runSql(url, "SELECT current_setting('server_version_num') AS said");
		const proxy = await Proxy.to(url);
		proxy.misheard = { said: String(said), heard: '140023' };
		await proxy.open();
		try {
			const { code, message } = await refusal(async () => await openStore({ url: proxy.url, schema }));
			expect([code, message.endsWith('the identity store needs 15 or newer.')]).toEqual(['unsupported', true]);
		} finally {
			await closeAllStores();
			await proxy.close();
		}
		expect(await runSql(url, `SELECT 1 FROM pg_namespace WHERE nspname = '${schema}'`)).toEqual([]);
	});

	test('a version from the future is refused, also while the store is open', async () => {
		const target = await newSchema();
		const store = await openStore(target);
		await runSql(target.url, `UPDATE "${target.schema}".meta SET version = version + 1`);
		const inUse = await refusal(async () => await putPersons(store, '1'));
		await store.close();
		const atOpening = await refusal(async () => await openStore(target));
		expect([inUse.code, atOpening.code]).toEqual(['newer_version', 'newer_version']);
		expect(atOpening.message).toContain('Update n8n-nodes-customer360');
		expect(await runSql(target.url, `SELECT count(*)::int AS records FROM "${target.schema}".records`)).toEqual([{ records: 0 }]);
	});

	test('where no store is, none is made when it was not asked for', async () => {
		const target = await newSchema();
		const { code, message } = await refusal(async () => await openStore(target, { create: false }));
		expect([code, message.includes('no identity store')]).toEqual(['not_a_store', true]);
		expect(await runSql(target.url, `SELECT 1 FROM pg_namespace WHERE nspname = '${target.schema}'`)).toEqual([]);
	});

	test('a writer that holds the lock for too long is not waited for without end', async () => {
		const target = await newSchema();
		// Another parameter makes another store of it, as another process has one.
		const other = await openStore({ ...target, url: `${target.url}?application_name=other` });
		const store = await openStore(target, { lockTimeoutMs: 200 });
		await other.write(async () => {
			const { code, message } = await refusal(async () => await putPersons(store, '1'));
			expect([code, message.includes('nothing of this step was kept')]).toEqual(['locked', true]);
		});
		expect(await putPersons(store, '1')).toEqual([1]);
	});

	test('a step that stands still gives the lock back to the others', async () => {
		const target = await newSchema();
		const store = await openStore(target, { standstillMs: 200 });
		const still = refusal(
			async () =>
				await store.write(async (tx) => {
					await tx.records.put([person('1')], AT);
					await new Promise((resolve) => setTimeout(resolve, 600));
					await tx.records.put([person('2')], AT);
				}),
		);
		expect((await still).code).toBe('locked');
		expect(await putPersons(store, '3')).toEqual([1]);
	});

	test('a backup names the tool that makes it', async () => {
		const store = await openStore(await newSchema());
		const { code, message } = await refusal(async () => await store.backup('/tmp/anywhere'));
		expect([code, message.includes('pg_dump')]).toEqual(['unsupported', true]);
	});
});
