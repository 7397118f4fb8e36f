import type { IdentityModel } from '../../domain';

/** The model that was read last: fetching and parsing it takes longer than a small batch, and what is prepared for it is kept by its identity. */
export class ModelCache {
	#latest: { stamp: string; model: IdentityModel } | undefined;

	/** `stamp` is made anew for every model that is written, so one that was rolled back is never taken for its successor. */
	get(stamp: string): IdentityModel | undefined {
		return this.#latest?.stamp === stamp ? this.#latest.model : undefined;
	}

	keep(stamp: string, model: IdentityModel): void {
		this.#latest = { stamp, model };
	}
}
