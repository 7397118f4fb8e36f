import { setImmediate } from 'node:timers/promises';
import { Pace } from '../../lib';
import { say, type Terminal } from '../terminal';

/** How often a person who watches is told. Milliseconds. */
const EVERY = 250;
/** What took no longer than this is not spoken of where nobody watches. Milliseconds. */
const SHORT = 10_000;

/**
 * Says how far a long run is, how fast it goes and how long it will take: to a person who watches again and again in one line, which is taken
 * away at the end; to a log in one line at the end. Says nothing of a short run.
 */
export class Progress {
	private readonly pace: Pace;
	private last: number;
	private shown = false;
	private ended = false;

	/**
	 * @param total rows in all; left out while it isn't known
	 * @param clock milliseconds
	 */
	constructor(
		private readonly terminal: Terminal,
		what: string,
		total?: number,
		unit = 'rows',
		private readonly clock: () => number = Date.now,
	) {
		this.last = clock();
		this.pace = new Pace(what, unit, total, this.last);
	}

	/** @param rows that were done before this run, and took none of its time */
	begin(rows: number): void {
		this.pace.begin(rows);
	}

	/** @param rows that are done */
	at(rows: number): void {
		this.pace.at(rows);
		this.ended = false;
		const now = this.clock();
		if (!this.isWatched || now - this.last < EVERY) return;
		this.last = now;
		this.show(this.pace.line(now));
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
		if (this.isWatched || this.ended || this.pace.done === 0 || this.pace.took(now) < SHORT) return;
		say(this.terminal, this.pace.summary(now));
		this.ended = true;
	}

	private get isWatched(): boolean {
		return this.terminal.stderr.isTTY === true;
	}

	private show(line: string): void {
		this.terminal.stderr.write(`\r${line}\u001b[K`);
		this.shown = true;
	}
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
