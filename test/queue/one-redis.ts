import type { RateLimit } from '../../lib';
import { Caller } from './callers';
import { type RunningRedis, startRedis } from './redis';
import { startStrictVendor, type StrictVendor } from './strict-vendor';

/** What becomes of a call that goes well. */
export const ANSWERED = 'answered';
/** Five of its windows touch any one second: 100 calls at the most. */
export const LIMIT: RateLimit = { maxConcurrent: 20, perWindow: 20, windowMs: 250 };
/** One window that outlasts the test. */
export const LONG: RateLimit = { maxConcurrent: 20, perWindow: 20, windowMs: 300_000 };

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	for (const end = Date.now() + 20_000; !(await isSo()); ) {
		if (Date.now() > end) throw new Error('It was not so within 20 s.');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** Processes that call one account of a vendor, with one Redis for all tests; what a test starts ends with it. Call it once in a describe. */
export function onOneRedis() {
	let redis: RunningRedis;
	let vendor: StrictVendor;
	let callers: Caller[] = [];
	let tests = 0;

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

	return {
		get redis(): RunningRedis {
			return redis;
		},
		/** The environment of a process in n8n's queue mode. */
		queueMode: (given: Record<string, string> = {}): Record<string, string> => ({
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '2000',
			// No test finds a window that is used up, or a pause, of the one before.
			QUEUE_BULL_PREFIX: `test${tests}`,
			...given,
		}),
		/** To be called before the processes start. */
		vendor: async (how: Parameters<typeof startStrictVendor>[0]): Promise<StrictVendor> => (vendor = await startStrictVendor(how)),
		start: async (count: number, env: Record<string, string>, limit = LIMIT): Promise<Caller[]> => {
			callers = await Promise.all(Array.from({ length: count }, () => Caller.start(vendor.server.url, limit, env)));
			return callers;
		},
	};
}
