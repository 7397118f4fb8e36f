import { ANSWERED, LONG, onOneRedis, until } from './one-redis';

describe('after a 429 of the vendor, over several processes on one Redis', () => {
	const one = onOneRedis();
	const answered = (count: number) => Array.from({ length: count }, () => ANSWERED);
	const REFUSED = expect.stringContaining('answered 429') as string;

	test('what one process was told, all heed: none of their calls comes before Retry-After is over', async () => {
		const vendor = await one.vendor({});
		const [told, other] = await one.start(2, one.queueMode());
		vendor.refuse(2);
		expect(await told?.call(1)).toEqual([REFUSED]);
		expect(await Promise.all([told?.call(5), other?.call(5)])).toEqual([answered(5), answered(5)]);
		expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 11, refused: 1 });
	});

	test('calls that stand in line in another process wait as well, and the one under way comes to its end', async () => {
		const vendor = await one.vendor({});
		const [told, other] = await one.start(2, one.queueMode(), { maxConcurrent: 2, perWindow: 1_000, windowMs: 250 });
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
		const vendor = await one.vendor({});
		const [told, other] = await one.start(2, one.queueMode());
		vendor.refuse(2);
		await told?.call(1);
		await told?.kill();
		expect(await other?.call(5)).toEqual(answered(5));
		expect(vendor.refused()).toBe(1);
	});

	test('a window that is longer than the pause begins anew after it', async () => {
		const vendor = await one.vendor({});
		const [told, other] = await one.start(2, one.queueMode(), LONG);
		vendor.refuse(2);
		expect(await told?.call(1)).toEqual([REFUSED]);
		expect(await other?.call(LONG.perWindow)).toEqual(answered(LONG.perWindow));
		expect(vendor.refused()).toBe(1);
	});

	test('a shorter pause leaves a longer one as it stands', async () => {
		const vendor = await one.vendor({});
		const [long, short] = await one.start(2, one.queueMode());
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
		const vendor = await one.vendor({});
		const [caller] = await one.start(1, one.queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }));
		vendor.hold();
		const outcome = caller?.call(1);
		await until(() => vendor.came() === 1);
		one.redis.freeze();
		vendor.refuseHeld(1);
		const said = await outcome;
		one.redis.thaw();
		expect(said).toEqual([REFUSED]);
	});

	test('Redis that answers no more during the pause: what waits fails with a message that names it', async () => {
		const vendor = await one.vendor({});
		const [caller] = await one.start(1, one.queueMode({ QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '700' }));
		vendor.refuse(30);
		await caller?.call(1);
		const waiting = caller?.call(2);
		await new Promise((resolve) => setTimeout(resolve, 500));
		one.redis.freeze();
		const outcomes = (await waiting) ?? [];
		one.redis.thaw();
		const named = expect.stringContaining(`Redis at 127.0.0.1:${one.redis.port} failed`) as string;
		expect(outcomes).toEqual([named, named]);
		expect(vendor.came()).toBe(1);
	});
});
