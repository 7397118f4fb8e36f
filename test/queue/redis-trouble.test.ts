import Redis from 'ioredis';
import { ANSWERED, onOneRedis, until } from './one-redis';

describe("a vendor account's rate limit, when a process or Redis ends or forgets,", () => {
	const one = onOneRedis();

	test('a process that disconnects ends by itself', async () => {
		await one.vendor({});
		const [caller] = await one.start(1, one.queueMode());
		expect(await caller?.end()).toBe(0);
	});

	test('a process that is killed in the middle of its calls gives its places to the others', async () => {
		const vendor = await one.vendor({});
		vendor.hold();
		const [killed, other] = await one.start(2, one.queueMode(), { maxConcurrent: 2, perWindow: 1_000, windowMs: 250 });
		killed?.begin(2);
		await until(() => vendor.came() === 2);
		await killed?.kill();
		vendor.release();
		expect(await other?.call(3)).toEqual([ANSWERED, ANSWERED, ANSWERED]);
	}, 60_000);

	test.each([
		['all keys', '*'],
		['the list of processes', '*_client_last_seen'],
	])('%s gone from Redis between two calls: the next call goes through', async (_, pattern) => {
		await one.vendor({});
		const [caller] = await one.start(1, one.queueMode());
		await caller?.call(1);
		const look = new Redis({ host: '127.0.0.1', port: one.redis.port });
		const keys = await look.keys(pattern);
		await look.del(keys);
		look.disconnect();
		expect(keys).not.toEqual([]);
		expect(await caller?.call(2)).toEqual([ANSWERED, ANSWERED]);
	});

	test('Redis that begins anew, empty, while calls wait: they go on', async () => {
		const vendor = await one.vendor({});
		vendor.hold();
		const [caller] = await one.start(1, one.queueMode(), { maxConcurrent: 1, perWindow: 1_000, windowMs: 250 });
		const outcomes = caller?.call(5);
		await until(() => vendor.came() === 1);
		await one.redis.restart();
		vendor.release();
		expect(await outcomes).toEqual(Array.from({ length: 5 }, () => ANSWERED));
	});

	test('Redis that answers no more: what waits fails with a message that names it, and what is under way comes to its end', async () => {
		const vendor = await one.vendor({});
		vendor.hold();
		const [caller] = await one.start(1, one.queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }), { maxConcurrent: 1, perWindow: 1_000, windowMs: 250 });
		caller?.begin(1);
		await until(() => vendor.came() === 1);
		one.redis.freeze();
		const waiting = (await caller?.call(2)) ?? [];
		vendor.release();
		expect(await caller?.outcomes()).toEqual([ANSWERED]);
		one.redis.thaw();
		for (const outcome of waiting) {
			expect(outcome).toMatch(new RegExp(`shop \\(read people\\).*Redis at 127\\.0\\.0\\.1:${one.redis.port} failed.*Nothing was sent.*QUEUE_BULL_REDIS_`));
		}
		expect(waiting).toHaveLength(2);
		expect(await caller?.call(1)).toEqual([ANSWERED]);
	});

	test('keys stay below the prefix of this n8n, and go when the account is no longer called', async () => {
		await one.vendor({});
		const [caller] = await one.start(1, one.queueMode({ QUEUE_BULL_PREFIX: 'tenant7', QUEUE_BULL_REDIS_DB: '3' }));
		await caller?.call(1);
		const look = new Redis({ host: '127.0.0.1', port: one.redis.port, db: 3 });
		const keys = await look.keys('*');
		const lives = await Promise.all(keys.map((key) => look.pttl(key)));
		look.disconnect();
		expect(keys.length).toBeGreaterThan(0);
		expect(keys.filter((key) => !key.startsWith('b_{tenant7:customer360:'))).toEqual([]);
		expect(lives.filter((milliseconds) => milliseconds < 0)).toEqual([]);
	});
});
