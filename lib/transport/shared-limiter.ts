import Bottleneck from 'bottleneck';
import type { Limiter, RateLimit } from './limits';
import type { SharedRedis } from './shared-redis';

/** Keys of an account that nobody called for so long leave Redis. Longer than any window and any call. Milliseconds. */
const FORGET_AFTER_MS = 600_000;

/** How often Redis is asked whether the next window has begun, while somebody waits for it. Milliseconds. */
const PULSE_MS = 100;

/** What a call may take beyond its own timeout before its place is given to others, e.g. because its process was killed. Milliseconds. */
const GRACE_MS = 2_000;

/**
 * A pause, in the words of Bottleneck's own count: the window is used up, and the next one begins when the pause is over. So every
 * process heeds it without asking for more than it asks anyway, what waits holds no place and no part of a window, and nobody has to
 * live to end it. After it the account has a whole window, for by the vendor's own word it may then be called again.
 * A window that is used up already and lasts longer, be it a pause, stays as it is. Where Redis lost its data, there is nothing to hold.
 * KEYS: the limiter's settings, in the form of the one version of Bottleneck that is bundled.
 * ARGV: when the pause ends (Unix time), length of a window; both in milliseconds.
 */
const PAUSE_SCRIPT = `
local reservoir, began = unpack(redis.call('hmget', KEYS[1], 'reservoir', 'lastReservoirRefresh'))
if not reservoir or not began then return end
local begins = tonumber(ARGV[1]) - tonumber(ARGV[2])
if tonumber(reservoir) <= 0 and tonumber(began) >= begins then return end
redis.call('hmset', KEYS[1], 'reservoir', 0, 'lastReservoirRefresh', begins)
`;

/**
 * One account's rate limit for all processes on one Redis: places and windows are counted there, by Bottleneck's scripts.
 * What waits fails with SharedLimitUnavailable when Redis stays away.
 */
export class SharedLimiter implements Limiter {
	private bottleneck: Bottleneck | undefined;
	private readonly waiting = new Set<(error: unknown) => void>();
	private underWay = 0;
	private pulse: NodeJS.Timeout | undefined;
	private asking = false;

	/** @param id the same in all processes, and only for the same limit: the first process's figures hold for all. */
	constructor(
		private readonly redis: SharedRedis,
		private readonly id: string,
		private readonly limit: RateLimit,
	) {}

	async schedule<T>(work: (signal?: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
		this.underWay += 1;
		let freed: Promise<unknown> | undefined;
		try {
			const bottleneck = await this.open();
			this.pulse ??= setInterval(() => void this.ask(bottleneck), PULSE_MS);
			return await new Promise<T>((resolve, reject) => {
				let gaveUp = false;
				const giveUp = (error: unknown) => {
					gaveUp = true;
					this.waiting.delete(giveUp);
					reject(this.redis.unavailable(error));
				};
				this.waiting.add(giveUp);
				freed = bottleneck
					.schedule({ expiration: timeoutMs + GRACE_MS }, async () => {
						this.waiting.delete(giveUp);
						if (gaveUp) return;
						// Settled here and not by Bottleneck, which first gives the place back: an answer must not be lost with Redis.
						await work(AbortSignal.timeout(timeoutMs)).then(resolve, reject);
					})
					.catch(giveUp);
			});
		} finally {
			void Promise.resolve(freed).then(() => this.rest());
		}
	}

	async pause(milliseconds: number): Promise<void> {
		// By this machine's clock, as Bottleneck counts windows: machines are kept in step.
		const ends = Math.ceil(Date.now() + milliseconds);
		// When Redis fails, those who wait for their turn are told so; the answer that brought the pause must not be lost by it.
		await this.redis.run(PAUSE_SCRIPT, `b_${this.id}_settings`, ends, this.limit.windowMs).catch(() => undefined);
	}

	/** Ends what waits. The connection's own end stops Bottleneck's timers. */
	disconnect(): Promise<void> {
		clearInterval(this.pulse);
		this.pulse = undefined;
		this.giveUp(new Error('this process disconnected'));
		return Promise.resolve();
	}

	private async open(): Promise<Bottleneck> {
		const connection = await this.redis.connected();
		const bottleneck = (this.bottleneck ??= this.create(connection));
		await this.redis.within(bottleneck.ready());
		return bottleneck;
	}

	private create(connection: Bottleneck.IORedisConnection): Bottleneck {
		const bottleneck = new Bottleneck({
			id: this.id,
			connection,
			clearDatastore: false,
			timeout: FORGET_AFTER_MS,
			maxConcurrent: this.limit.maxConcurrent,
			reservoir: this.limit.perWindow,
			reservoirRefreshAmount: this.limit.perWindow,
			reservoirRefreshInterval: this.limit.windowMs,
		});
		bottleneck.on('error', (error: unknown) => this.giveUp(error));
		// One that could not put its figures into Redis never tries again by itself.
		bottleneck.ready().catch(() => {
			if (this.bottleneck === bottleneck) this.bottleneck = undefined;
		});
		return bottleneck;
	}

	/**
	 * Has Redis look at the clock: a window begins when a script runs, and Bottleneck runs none by itself more often than every
	 * five seconds. Where Redis has lost its data, this puts the limit there again.
	 */
	private async ask(bottleneck: Bottleneck): Promise<void> {
		if (this.asking || this.waiting.size === 0) return;
		this.asking = true;
		try {
			await bottleneck.check();
		} catch (error) {
			this.giveUp(error);
		} finally {
			this.asking = false;
		}
	}

	/** Everything that waits learns that Redis failed; what is under way goes on. */
	private giveUp(error: unknown): void {
		for (const giveUp of [...this.waiting]) giveUp(error);
	}

	/** The pulse also keeps the process alive until the last place has been given back. */
	private rest(): void {
		this.underWay -= 1;
		if (this.underWay > 0) return;
		clearInterval(this.pulse);
		this.pulse = undefined;
	}
}
