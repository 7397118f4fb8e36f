import { grouped, type Terminal } from '../terminal';

/** How often it is told: to a person who watches, and to a log. Milliseconds. */
const WATCHED = 250;
const LOGGED = 10_000;

/** Says how far a long run is and how fast it goes. Says nothing of a short one. */
export class Progress {
	private readonly started = Date.now();
	private last = Date.now();
	private shown = false;

	/** @param total rows in all; left out while it isn't known */
	constructor(
		private readonly terminal: Terminal,
		private readonly what: string,
		private readonly total?: number,
		private readonly unit = 'rows',
	) {}

	at(rows: number): void {
		const now = Date.now();
		const watched = this.terminal.stderr.isTTY === true;
		if (now - this.last < (watched ? WATCHED : LOGGED)) return;
		this.last = now;
		const rate = Math.round((rows * 1000) / (now - this.started));
		const of = this.total === undefined ? '' : ` of ${grouped(this.total)}`;
		const line = `${this.what}: ${grouped(rows)}${of} ${this.unit}, ${grouped(rate)} a second`;
		this.terminal.stderr.write(watched ? `\r${line}\u001b[K` : `${line}\n`);
		this.shown = watched;
	}

	/** Tells a person who watches what goes on while nothing can be counted. */
	doing(what: string): void {
		if (this.terminal.stderr.isTTY !== true) return;
		this.terminal.stderr.write(`\r${what}\u001b[K`);
		this.shown = true;
	}

	/** Takes the line away. */
	end(): void {
		if (this.shown) this.terminal.stderr.write('\r\u001b[K');
		this.shown = false;
	}
}
