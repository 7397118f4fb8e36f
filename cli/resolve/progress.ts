import { setImmediate } from 'node:timers/promises';
import { grouped, say, type Terminal } from '../terminal';

/** How often a person who watches is told. Milliseconds. */
const EVERY = 250;
/** What took no longer than this is not spoken of where nobody watches. Milliseconds. */
const SHORT = 10_000;

/**
 * Says how far a long run is, how fast it goes and how long it will take: to a person who watches again and again in one line, which is taken
 * away at the end; to a log in one line at the end. Says nothing of a short run.
 */
export class Progress {
	private readonly started: number;
	private last: number;
	private rows = 0;
	private shown = false;

	/**
	 * @param total rows in all; left out while it isn't known
	 * @param clock milliseconds
	 */
	constructor(
		private readonly terminal: Terminal,
		private readonly what: string,
		private readonly total?: number,
		private readonly unit = 'rows',
		private readonly clock: () => number = Date.now,
	) {
		this.started = clock();
		this.last = this.started;
	}

	/** @param rows that are done */
	at(rows: number): void {
		this.rows = rows;
		const now = this.clock();
		if (!this.isWatched || now - this.last < EVERY) return;
		this.last = now;
		// What comes up on the way is more than was counted before.
		const of = this.total === undefined ? '' : ` of ${grouped(Math.max(this.total, rows))}`;
		this.show(`${this.what}: ${grouped(rows)}${of} ${this.unit}, ${grouped(this.rate(now))} a second${this.timeLeft(now)}`);
	}

	/** Tells a person who watches what goes on while nothing can be counted. */
	doing(what: string): void {
		if (this.isWatched) this.show(what);
	}

	/** Takes the line away; leaves one in a log. */
	end(): void {
		const now = this.clock();
		if (this.shown) this.terminal.stderr.write('\r\u001b[K');
		this.shown = false;
		if (this.isWatched || this.rows === 0 || now - this.started < SHORT) return;
		say(this.terminal, `${this.what}: ${grouped(this.rows)} ${this.unit} in ${duration((now - this.started) / 1000)}, ${grouped(this.rate(now))} a second`);
		this.rows = 0;
	}

	private get isWatched(): boolean {
		return this.terminal.stderr.isTTY === true;
	}

	private show(line: string): void {
		this.terminal.stderr.write(`\r${line}\u001b[K`);
		this.shown = true;
	}

	private rate(now: number): number {
		return Math.round((this.rows * 1000) / Math.max(1, now - this.started));
	}

	private timeLeft(now: number): string {
		if (this.total === undefined || this.rows === 0 || this.rows >= this.total) return '';
		return `, ${duration(((this.total - this.rows) * (now - this.started)) / this.rows / 1000)} left`;
	}
}

/** `8 s`, `3 min 20 s`, `2 h 5 min` */
export function duration(seconds: number): string {
	const whole = Math.max(1, Math.round(seconds));
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
	if (hours > 0) return `${grouped(hours)} h ${minutes} min`;
	return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** For what can't be counted. */
export async function telling<T>(terminal: Terminal, what: string, work: () => Promise<T>): Promise<T> {
	return during(new Progress(terminal, what), async (progress) => {
		progress.doing(what);
		// Lets the terminal have it before the work keeps the thread busy.
		await setImmediate();
		return work();
	});
}

/** Takes the line away when the work has ended, whatever way. */
export async function during<T>(progress: Progress, work: (progress: Progress) => Promise<T>): Promise<T> {
	try {
		return await work(progress);
	} finally {
		progress.end();
	}
}
