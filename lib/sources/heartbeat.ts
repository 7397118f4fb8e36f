/** Beats that may stay away in a row: one can come late, and with it the next. */
const MOST_MISSED = 3;

/**
 * Tells the end of something that gives a sign of life by the clock and says nothing when it ends. Missed beats are counted by a timer of the same
 * pace in the same process, so that a process that stood still does not take its own pause for an end.
 */
export class Heartbeat {
	#missed = 0;
	#timer: NodeJS.Timeout | undefined;

	/** @param everyMs the pace, milliseconds */
	constructor(private readonly everyMs: number) {}

	beat(): void {
		this.#missed = 0;
		this.#timer ??= setInterval(() => {
			this.#missed += 1;
			if (this.hasEnded()) this.#stopCounting();
		}, this.everyMs).unref();
	}

	/** False as long as no beat has come: then nothing is known. */
	hasEnded(): boolean {
		return this.#missed >= MOST_MISSED;
	}

	#stopCounting(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}
}
