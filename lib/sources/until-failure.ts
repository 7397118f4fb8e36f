import type { PullPage } from '../systems/definition';

/** Pages of a source until it fails. Why it failed is kept, so that what was read before can be delivered first; a page that fails each time would keep it back each time. */
export class PagesUntilFailure {
	#failure: { error: unknown } | undefined;

	constructor(private readonly pages: AsyncGenerator<PullPage, void, undefined>) {}

	get hasFailed(): boolean {
		return this.#failure !== undefined;
	}

	/** Ends where the source fails. */
	async *[Symbol.asyncIterator](): AsyncGenerator<PullPage, void, undefined> {
		try {
			yield* this.pages;
		} catch (error) {
			this.#failure = { error };
		}
	}

	/** @throws what the source failed with */
	throwFailure(): void {
		if (this.#failure) throw this.#failure.error;
	}
}
