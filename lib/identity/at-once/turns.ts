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
	private fault: { error: unknown } | undefined;

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
		if (this.fault) throw this.fault.error;
		this.onProgress(step, records);
		if (this.clock() - this.heard < SILENCE) return;
		// Any short question will do.
		await this.tx.cursors.get('turns');
		this.heard = this.clock();
	}
	/** Two parts of the work side by side. Where one fails, the other ends at its next turn; both have ended behind this. @throws what the first one threw */
	async together<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
		const noted = async <Result>(part: Promise<Result>): Promise<Result> => {
			try {
				return await part;
			} catch (error) {
				this.fault ??= { error };
				throw this.fault.error;
			}
		};
		const [one, other] = await Promise.allSettled([noted(first), noted(second)]);
		if (one.status === 'rejected') throw one.reason;
		if (other.status === 'rejected') throw other.reason;
		return [one.value, other.value];
	}
}
