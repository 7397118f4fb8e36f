import { setImmediate } from 'node:timers/promises';
import type { StoreReader } from '../../store';

/** A database ends a transaction in which it hears nothing for long. Milliseconds. */
const SILENCE = 1000;

/** What matching all records does one after the other. */
export type LoadStep = 'reading' | 'keys' | 'comparing' | 'clustering' | 'profiles';

/** How far a step is, in records; asked between all parts of the work. Throws to end it; nothing of it is kept then. */
export type MatchingAtOnce = (step: LoadStep, records: number) => void;

/** Lets others have their turn in the middle of a long transaction: who works on this thread, signals, and whoever wants to know how far it is. */
export class Turns {
	private heard: number;

	/** @param clock milliseconds */
	constructor(
		private readonly tx: StoreReader,
		private readonly onProgress: MatchingAtOnce = () => undefined,
		private readonly clock: () => number = () => performance.now(),
	) {
		this.heard = clock();
	}

	async next(step: LoadStep, records: number): Promise<void> {
		await setImmediate();
		this.onProgress(step, records);
		if (this.clock() - this.heard < SILENCE) return;
		// Any short question will do.
		await this.tx.cursors.get('turns');
		this.heard = this.clock();
	}
}
