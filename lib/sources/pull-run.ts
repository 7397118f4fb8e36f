import { type HeldLease, refuseLost } from '../store';
import type { Cursor, PullPage } from '../systems/definition';
import type { PullSourceOptions } from './pull-source';
import { type SourceWork, workHere } from './source-work';

/** What is kept of a source between its runs. */
export interface PullState {
	cursor: Cursor | null;
	/** The back-fill has come to its end once. */
	backfilled: boolean;
	/** What was handed out last, as `reference@version`: the safety window brings it again, and it may not be in the store (rejected, filtered). */
	recent: string[];
}

/** One run of a source, which holds its lease. */
export class PullRun {
	readonly work: SourceWork;
	readonly #started: number;

	constructor(
		readonly options: PullSourceOptions,
		readonly state: PullState,
		readonly renew: () => Promise<void>,
		readonly lease: HeldLease,
	) {
		this.work = options.work ?? workHere(options);
		this.#started = options.now();
	}

	pages(): AsyncGenerator<PullPage, void, undefined> {
		const { source, client, overlapMs, since, settings, now } = this.options;
		return source.pull(client, { cursor: this.state.cursor, overlapMs, since, settings, now });
	}

	/** Somebody wants the run to end. */
	isEnded(): boolean {
		return this.options.isOver?.() ?? false;
	}

	/** No further page is to be read. */
	isOver(): boolean {
		return this.options.now() - this.#started > this.options.budgetMs || this.isEnded();
	}

	async save(state: PullState): Promise<void> {
		const { store, scope, now } = this.options;
		await store.write(async (tx) => {
			await refuseLost(tx, this.lease);
			await tx.cursors.set(scope, state, new Date(now()).toISOString());
		});
	}
}
