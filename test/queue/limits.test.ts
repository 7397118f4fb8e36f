import { ANSWERED, LONG, onOneRedis, until } from './one-redis';

describe("a vendor account's rate limit, over several processes on one Redis", () => {
	const one = onOneRedis();

	test('two processes that know nothing of each other overrun the vendor', async () => {
		const vendor = await one.vendor({ calls: LONG.perWindow, withinMs: LONG.windowMs });
		const both = await one.start(2, {}, LONG);
		await Promise.all(both.map((caller) => caller.call(20)));
		expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 40, refused: 20 });
	});

	test('in queue mode they share one window, and what is beyond it waits', async () => {
		const vendor = await one.vendor({ calls: LONG.perWindow, withinMs: LONG.windowMs });
		const both = await one.start(2, one.queueMode(), LONG);
		const outcomes = await Promise.all(both.map((caller) => caller.call(9)));
		expect(outcomes.flat()).toEqual(Array.from({ length: 18 }, () => ANSWERED));
		for (const caller of both) caller.begin(9);
		await until(() => vendor.came() === 20);
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		expect({ came: vendor.came(), refused: vendor.refused() }).toEqual({ came: 20, refused: 0 });
	});

	test('window after window the vendor refuses nothing, and everything comes through', async () => {
		const vendor = await one.vendor({ calls: 150, withinMs: 1_000 });
		const both = await one.start(2, one.queueMode());
		const outcomes = await Promise.all(both.map((caller) => caller.call(150)));
		expect(outcomes.map((all) => all.filter((outcome) => outcome === ANSWERED).length)).toEqual([150, 150]);
		expect(vendor.refused()).toBe(0);
	});

	test('calls under way at one time are counted over all processes', async () => {
		const vendor = await one.vendor({ answerMs: 20 });
		const three = await one.start(3, one.queueMode(), { maxConcurrent: 4, perWindow: 1_000, windowMs: 250 });
		await Promise.all(three.map((caller) => caller.call(30)));
		expect({ most: vendor.mostAtOnce(), came: vendor.came() }).toEqual({ most: 4, came: 90 });
	});
});
