import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../n8n/environment';
import { type RunningN8n, startN8n } from '../n8n/program';
import { OwnServer, runSql } from '../postgres/server';
import { healthOf } from './compose-health';
import { composeService } from './compose-service';
import { type RunningRedis, startRedis } from './redis';
import { LONG } from './telling';

describe('the first start of main', () => {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-first-start-'));
	let redis: RunningRedis;
	let postgres: OwnServer;
	let starting: Promise<RunningN8n> | undefined;

	beforeAll(async () => {
		redis = await startRedis();
		postgres = await OwnServer.start();
	}, LONG);

	afterAll(async () => {
		await (await starting?.catch(() => undefined))?.stop();
		await postgres.end();
		await redis.kill();
		rmSync(folder, { recursive: true, force: true });
	}, LONG);

	test("is over for workers when the tables that they need are there", async () => {
		const { hostname, port: postgresPort, username, password, pathname } = new URL(postgres.url);
		const secrets = { N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'), N8N_DB_PASSWORD: decodeURIComponent(password), REDIS_PASSWORD: 'none' };
		const { N8N_EDITOR_BASE_URL, N8N_WEBHOOK_URL, QUEUE_BULL_REDIS_PASSWORD, N8N_GRACEFUL_SHUTDOWN_TIMEOUT, ...given } = composeService('main', secrets).environment;
		const places = {
			...{ QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(redis.port) },
			...{ DB_POSTGRESDB_HOST: hostname, DB_POSTGRESDB_PORT: postgresPort, DB_POSTGRESDB_USER: decodeURIComponent(username), DB_POSTGRESDB_DATABASE: pathname.slice(1) },
		};
		const port = await freePort();
		const state: { isStarting: boolean } = { isStarting: true };
		starting = startN8n({ userFolder: folder, port, env: { ...given, ...places } }).finally(() => (state.isStarting = false));
		const migrations = async () => (await runSql(postgres.url, 'SELECT count(*)::int AS done FROM migrations'))[0];
		while (state.isStarting && (await healthOf('main', String(port))) !== 0);
		const whenWell = await migrations();
		await starting;
		expect(whenWell).toEqual(await migrations());
	}, LONG);
});
