import { Pace } from './pace';
import type { TaskProgress } from './task';

/** Work that took no longer is not spoken of. Milliseconds. */
const SHORT = 10_000;
/** How often is told how far it is. Milliseconds. */
const EVERY = 10_000;
/** A step of long work that took no longer is not spoken of. Milliseconds. */
const SHORT_STEP = 1000;

/** Follows work of one or several steps, and puts into words how far it is, where that takes long. */
export class LongWork {
	readonly #started: number;
	#lastTold: number;
	#lastHeard: number;
	#step: { what: string; pace: Pace; isSilent: boolean } | undefined;
	readonly #steps: { summary: string; took: number }[] = [];

	/**
	 * @param tell given a line now and then
	 * @param clock milliseconds
	 */
	constructor(
		private readonly tell: (line: string) => void,
		private readonly clock: () => number = Date.now,
	) {
		this.#started = clock();
		this.#lastTold = this.#started;
		this.#lastHeard = this.#started;
	}

	/** @param what the step that is under way; the one before has ended */
	at(what: string, done: number, total?: number, unit = 'records'): void {
		const now = this.clock();
		// What came since the last word of a step belongs to the next one, but for a step that says nothing until it has ended.
		const { pace } = this.#step?.what === what ? this.#step : this.#begin(what, unit, this.#step?.isSilent === true ? now : this.#lastHeard);
		pace.at(done, total);
		this.#lastHeard = now;
		if (now - this.#started < SHORT || now - this.#lastTold < EVERY || pace.took(now) < SHORT_STEP) return;
		this.#lastTold = now;
		this.tell(pace.line(now));
	}

	/** A step that does so much at once, so that nothing is heard of it until it has ended. */
	atOnce(what: string, amount: number, unit = 'records'): void {
		this.#lastHeard = this.clock();
		this.#begin(what, unit, this.#lastHeard, true).pace.at(amount);
	}

	/**
	 * Hears a task.
	 * @param doing what the task is for; its steps are named behind it
	 * @param total people and companies in all, where the task doesn't know it
	 */
	hearing(doing: string, total?: number): (progress: TaskProgress) => void {
		return (progress) => {
			if (progress.step === 'building') this.at('Golden records', progress.done, progress.total, 'profiles');
			else this.at(`${doing}, ${progress.step}`, progress.done, progress.total ?? total);
		};
	}

	/** What each step came to, when all of it took long. */
	end(): string[] {
		this.#endStep(this.clock());
		return this.clock() - this.#started < SHORT ? [] : this.#steps.filter(({ took }) => took >= SHORT_STEP).map(({ summary }) => summary);
	}

	#begin(what: string, unit: string, now: number, isSilent = false): { pace: Pace } {
		this.#endStep(now);
		const step = { what, pace: new Pace(what, unit, undefined, now), isSilent };
		this.#step = step;
		return step;
	}

	#endStep(now: number): void {
		if (this.#step) this.#steps.push({ summary: this.#step.pace.summary(now), took: this.#step.pace.took(now) });
		this.#step = undefined;
	}
}
