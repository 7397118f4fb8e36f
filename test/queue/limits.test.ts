import Redis from 'ioredis';
import type { RateLimit } from '../../lib';
import { Caller } from './callers';
import { type RunningRedis, startRedis } from './redis';
import { startStrictVendor, type StrictVendor } from './strict-vendor';

const ANSWERED = 'answered';
/** Five of its windows touch any one second: 100 calls at the most. */
const LIMIT: RateLimit = { maxConcurrent: 20, perWindow: 20, windowMs: 250 };
/** One window that outlasts the test. */
const LONG: RateLimit = { maxConcurrent: 20, perWindow: 20, windowMs: 300_000 };

describe("a vendor account's rate limit, over several processes on one Redis", () => {
	let redis: RunningRedis;
	let vendor: StrictVendor;
	let callers: Caller[] = [];
	let tests = 0;

	const queueMode = (given: Record<string, string> = {}) => ({
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '2000',
		// No test finds a window that is used up, or a pause, of the one before.
		QUEUE_BULL_PREFIX: `test${tests}`,
		...given,
	});
	const start = async (count: number, env: Record<string, string>, limit = LIMIT): Promise<Caller[]> => {
		callers = await Promise.all(Array.from({ length: count }, () => Caller.start(vendor.server.url, limit, env)));
		return callers;
	};
	const until = async (isSo: () => boolean | Promise<boolean>) => {
		for (const end = Date.now() + 20_000; !(await isSo()); ) {
			if (Date.now() > end) throw new Error('It was not so within 20 s.');
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	};

	beforeAll(async () => {
		redis = await startRedis();
	});

	beforeEach(() => {
		tests += 1;
	});

	afterEach(async () => {
		await Promise.all(callers.splice(0).map((caller) => caller.kill()));
		await vendor.server.close();
	});

	afterAll(async () => {
		await (redis as RunningRedis | undefined)?.kill();
	});

	test('two processes that know nothing of each other overrun the vendor', async () => {
		vendor = await startStrictVendor({ calls: LONG.perWindow, withinMs: LONG.windowMs });
		const both = await start(2, {}, LONG);
		await Promise.all(both.map((caller) => caller.call(20)));
		expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 40, refused: 20 });
	});

	test('in queue mode they share one window, and what is beyond it waits', async () => {
		vendor = await startStrictVendor({ calls: LONG.perWindow, withinMs: LONG.windowMs });
		const both = await start(2, queueMode(), LONG);
		const outcomes = await Promise.all(both.map((caller) => caller.call(9)));
		expect(outcomes.flat()).toEqual(Array.from({ length: 18 }, () => ANSWERED));
		for (const caller of both) caller.begin(9);
		await until(() => vendor.came() === 20);
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 20, refused: 0 });
	});

	test('window after window the vendor refuses nothing, and everything comes through', async () => {
		vendor = await startStrictVendor({ calls: 150, withinMs: 1_000 });
		const both = await start(2, queueMode());
		const outcomes = await Promise.all(both.map((caller) => caller.call(150)));
		expect(outcomes.map((all) => all.filter((outcome) => outcome === ANSWERED).length)).toEqual([150, 150]);
		expect(vendor.refused()).toBe(0);
	});

	test('calls under way at one time are counted over all processes', async () => {
		vendor = await startStrictVendor({ answerMs: 20 });
		const three = await start(3, queueMode(), { maxConcurrent: 4, perWindow: 1_000, windowMs: 250 });
		await Promise.all(three.map((caller) => caller.call(30)));
		expect({ most: vendor.mostAtOnce(), came: vendor.came() }).toEqual({ most: 4, came: 90 });
	});

	describe('after a 429', () => {
		const answered = (count: number) => Array.from({ length: count }, () => ANSWERED);
		const REFUSED = expect.stringContaining('answered 429') as string;

		test('what one process was told, all heed: none of their calls comes before Retry-After is over', async () => {
			vendor = await startStrictVendor({});
			const [told, other] = await start(2, queueMode());
			vendor.refuse(2);
			expect(await told?.call(1)).toEqual([REFUSED]);
			expect(await Promise.all([told?.call(5), other?.call(5)])).toEqual([answered(5), answered(5)]);
			expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 11, refused: 1 });
		});

		test('calls that stand in line in another process wait as well, and the one under way comes to its end', async () => {
			vendor = await startStrictVendor({});
			const [told, other] = await start(2, queueMode(), { maxConcurrent: 2, perWindow: 1_000, windowMs: 250 });
			vendor.hold();
			const outcome = told?.call(1);
			await until(() => vendor.came() === 1);
			const others = other?.call(6);
			await until(() => vendor.came() === 2);
			vendor.refuseHeld(2);
			expect(await outcome).toEqual([REFUSED]);
			vendor.release();
			expect(await others).toEqual(answered(6));
			expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 7, refused: 1 });
		});

		test('the pause holds when the process that was told is killed, and ends all the same', async () => {
			vendor = await startStrictVendor({});
			const [told, other] = await start(2, queueMode());
			vendor.refuse(2);
			await told?.call(1);
			await told?.kill();
			expect(await other?.call(5)).toEqual(answered(5));
			expect(vendor.refused()).toBe(1);
		});

		test('a window that is longer than the pause begins anew after it', async () => {
			vendor = await startStrictVendor({});
			const [told, other] = await start(2, queueMode(), LONG);
			vendor.refuse(2);
			expect(await told?.call(1)).toEqual([REFUSED]);
			expect(await other?.call(LONG.perWindow)).toEqual(answered(LONG.perWindow));
			expect(vendor.refused()).toBe(1);
		});

		test('a shorter pause leaves a longer one as it stands', async () => {
			vendor = await startStrictVendor({});
			const [long, short] = await start(2, queueMode());
			vendor.hold();
			const held = short?.call(1);
			await until(() => vendor.came() === 1);
			vendor.refuse(2);
			expect(await long?.call(1)).toEqual([REFUSED]);
			vendor.refuseHeld();
			vendor.release();
			expect(await held).toEqual([REFUSED]);
			expect(await short?.call(5)).toEqual(answered(5));
			expect(vendor.refused()).toBe(2);
		});

		test('Redis that cannot be told of the pause: the answer that asked for it is not lost', async () => {
			vendor = await startStrictVendor({});
			const [caller] = await start(1, queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }));
			vendor.hold();
			const outcome = caller?.call(1);
			await until(() => vendor.came() === 1);
			redis.freeze();
			vendor.refuseHeld(1);
			const said = await outcome;
			redis.thaw();
			expect(said).toEqual([REFUSED]);
		});

		test('Redis that answers no more during the pause: what waits fails with a message that names it', async () => {
			vendor = await startStrictVendor({});
			const [caller] = await start(1, queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }));
			vendor.refuse(30);
			await caller?.call(1);
			const waiting = caller?.call(2);
			await new Promise((resolve) => setTimeout(resolve, 500));
			redis.freeze();
			const outcomes = (await waiting) ?? [];
			redis.thaw();
			const named = expect.stringContaining(`Redis at 127.0.0.1:${redis.port} failed`) as string;
			expect(outcomes).toEqual([named, named]);
			expect(vendor.came()).toBe(1);
		});
	});

	test('a process that disconnects ends by itself', async () => {
		vendor = await startStrictVendor({});
		const [caller] = await start(1, queueMode());
		expect(await caller?.end()).toBe(0);
	});

	test('a process that is killed in the middle of its calls gives its places to the others', async () => {
		vendor = await startStrictVendor({});
		vendor.hold();
		const [killed, other] = await start(2, queueMode(), { maxConcurrent: 2, perWindow: 1_000, windowMs: 250 });
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
		vendor = await startStrictVendor({});
		const [caller] = await start(1, queueMode());
		await caller?.call(1);
		const look = new Redis({ host: '127.0.0.1', port: redis.port });
		const keys = await look.keys(pattern);
		await look.del(keys);
		look.disconnect();
		expect(keys).not.toEqual([]);
		expect(await caller?.call(2)).toEqual([ANSWERED, ANSWERED]);
	});

	test('Redis that begins anew, empty, while calls wait: they go on', async () => {
		vendor = await startStrictVendor({});
		vendor.hold();
		const [caller] = await start(1, queueMode(), { maxConcurrent: 1, perWindow: 1_000, windowMs: 250 });
		const outcomes = caller?.call(5);
		await until(() => vendor.came() === 1);
		await redis.restart();
		vendor.release();
		expect(await outcomes).toEqual(Array.from({ length: 5 }, () => ANSWERED));
	});

	test('Redis that answers no more: what waits fails with a message that names it, and what is under way comes to its end', async () => {
		vendor = await startStrictVendor({});
		vendor.hold();
		const [caller] = await start(1, queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }), { maxConcurrent: 1, perWindow: 1_000, windowMs: 250 });
		caller?.begin(1);
		await until(() => vendor.came() === 1);
		redis.freeze();
		const waiting = (await caller?.call(2)) ?? [];
		vendor.release();
		expect(await caller?.outcomes()).toEqual([ANSWERED]);
		redis.thaw();
		for (const outcome of waiting) {
			expect(outcome).toMatch(new RegExp(`shop \\(read people\\).*Redis at 127\\.0\\.0\\.1:${redis.port} failed.*Nothing was sent.*QUEUE_BULL_REDIS_`));
		}
		expect(waiting).toHaveLength(2);
		expect(await caller?.call(1)).toEqual([ANSWERED]);
	});

	test('keys stay below the prefix of this n8n, and go when the account is no longer called', async () => {
		vendor = await startStrictVendor({});
		const [caller] = await start(1, queueMode({ QUEUE_BULL_PREFIX: 'tenant7', QUEUE_BULL_REDIS_DB: '3' }));
		await caller?.call(1);
		const look = new Redis({ host: '127.0.0.1', port: redis.port, db: 3 });
		const keys = await look.keys('*');
		const lives = await Promise.all(keys.map((key) => look.pttl(key)));
		look.disconnect();
		expect(keys.length).toBeGreaterThan(0);
		expect(keys.filter((key) => !key.startsWith('b_{tenant7:customer360:'))).toEqual([]);
		expect(lives.filter((milliseconds) => milliseconds < 0)).toEqual([]);
	});
});

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
