import Redis from 'ioredis';
import { Caller } from './callers';
import { ANSWERED, LIMIT } from './one-redis';
import { type RunningRedis, startRedis } from './redis';
import { startStrictVendor, type StrictVendor } from './strict-vendor';

describe('a Redis with a password, and a Redis Cluster', () => {
	let vendor: StrictVendor;
	let redis: RunningRedis;
	let caller: Caller;

	afterEach(async () => {
		await caller.kill();
		await vendor.server.close();
		await redis.kill();
	});

	test('a wrong password is told, without the password', async () => {
		redis = await startRedis({ password: 'right-one-91' });
		vendor = await startStrictVendor({});
		caller = await Caller.start(vendor.server.url, LIMIT, {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_BULL_REDIS_PASSWORD: 'wrong-one-73',
			QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '1000',
		});
		const [outcome] = await caller.call(1);
		expect(outcome).toMatch(/WRONGPASS/);
		expect(outcome).not.toContain('wrong-one-73');
		expect(vendor.came()).toBe(0);
	});

	test('the limit is kept in a cluster as well, and so is a pause', async () => {
		redis = await startRedis({ cluster: true });
		const node = new Redis({ host: '127.0.0.1', port: redis.port });
		await node.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
		for (const end = Date.now() + 15_000; !String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:ok') && Date.now() < end; ) {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		node.disconnect();
		vendor = await startStrictVendor({ answerMs: 5 });
		caller = await Caller.start(vendor.server.url, { maxConcurrent: 2, perWindow: 1_000, windowMs: 250 }, {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_CLUSTER_NODES: `127.0.0.1:${redis.port}`,
			QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '5000',
		});
		expect(await caller.call(10)).toEqual(Array.from({ length: 10 }, () => ANSWERED));
		expect(vendor.mostAtOnce()).toBe(2);
		vendor.refuse(2);
		await caller.call(1);
		expect(await caller.call(3)).toEqual(Array.from({ length: 3 }, () => ANSWERED));
		expect(vendor.refused()).toBe(1);
	});
});
