import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueModeRedis } from '../../../lib/transport/queue-mode';
import { freePort } from '../../n8n/environment';
import { closeAll, connect, get, startVendor } from './vendor';

const QUEUE = { EXECUTIONS_MODE: 'queue' };

describe("the Redis of n8n's queue mode, as n8n's environment names it", () => {
	test.each([{}, { EXECUTIONS_MODE: 'regular' }, { QUEUE_BULL_REDIS_HOST: 'redis' }])('%j is not queue mode', (environment) => {
		expect(queueModeRedis(environment)).toBeUndefined();
	});

	test("what is not given is as n8n has it", () => {
		expect(queueModeRedis(QUEUE)).toEqual({ host: 'localhost', port: 6379, db: 0, clusterNodes: [], plainNodeNames: false, prefix: 'bull', patienceMs: 10_000 });
	});

	test.each<[string, Record<string, string>, object]>([
		['host, port and database', { HOST: 'redis', PORT: '6380', DB: '2' }, { host: 'redis', port: 6380, db: 2 }],
		['user and password, in quotes as in an .env file', { USERNAME: 'n8n', PASSWORD: '"p@ss word"' }, { username: 'n8n', password: 'p@ss word' }],
		['encryption', { TLS: 'true' }, { tls: { servername: undefined, rejectUnauthorized: true } }],
		['encryption with another name and no check', { TLS: '1', TLS_SERVERNAME: 'r.example', TLS_VALIDATE_CERTIFICATE: 'false' }, { tls: { servername: 'r.example', rejectUnauthorized: false } }],
		['a cluster', { CLUSTER_NODES: 'a:7001, b:7002', DNS_LOOKUP_STRATEGY: 'NONE' }, { clusterNodes: [{ host: 'a', port: 7001 }, { host: 'b', port: 7002 }], plainNodeNames: true }],
		['both IP versions', { DUALSTACK: 'true' }, { family: 0 }],
		['how long it may be away', { TIMEOUT_THRESHOLD: '30000' }, { patienceMs: 30_000 }],
		['a port that is no number', { PORT: 'soon' }, { port: 6379 }],
	])('%s', (_, given, expected) => {
		const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [`QUEUE_BULL_REDIS_${name}`, value]));
		expect(queueModeRedis({ ...QUEUE, ...environment })).toMatchObject(expected);
	});

	test('a secret from a file, as containers have them', () => {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-secret-'));
		const file = join(folder, 'password');
		writeFileSync(file, 'from-a-file\n');
		expect(queueModeRedis({ ...QUEUE, QUEUE_BULL_REDIS_PASSWORD_FILE: file })?.password).toBe('from-a-file');
		expect(queueModeRedis({ ...QUEUE, QUEUE_BULL_REDIS_PASSWORD_FILE: file, QUEUE_BULL_REDIS_PASSWORD: 'given' })?.password).toBe('given');
		rmSync(folder, { recursive: true });
	});
});

describe('in queue mode without a Redis that answers', () => {
	const before = { ...process.env };

	afterEach(async () => {
		process.env = { ...before };
		await closeAll();
	});

	test('a call fails with a message that names Redis and its settings, nothing is sent, and trying again can help', async () => {
		const port = await freePort();
		Object.assign(process.env, QUEUE, { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port), QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '300' });
		const vendor = await startVendor();
		const client = connect(vendor);
		const failures = await Promise.allSettled([client.request(get()), client.request(get())]);
		for (const failure of failures) {
			expect(failure).toMatchObject({ status: 'rejected', reason: { name: 'TransientError' } });
			expect(String((failure as PromiseRejectedResult).reason)).toMatch(new RegExp(`Redis at 127\\.0\\.0\\.1:${port} failed.*ECONNREFUSED.*QUEUE_BULL_REDIS_`));
		}
		expect(vendor.requests).toEqual([]);
	});
});
