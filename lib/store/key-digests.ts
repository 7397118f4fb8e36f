import { keyDigest } from './key-digest';

/** Digests that are kept: more than one batch needs twice. A transaction may meet every key of the store. */
const MOST = 50_000;

/** Digests of keys, each made once as long as it is remembered. */
export class KeyDigests {
	readonly #known = new Map<string, string>();

	of(key: string): string {
		let digest = this.#known.get(key);
		if (digest === undefined) {
			digest = keyDigest(key);
			if (this.#known.size >= MOST) this.#known.clear();
			this.#known.set(key, digest);
		}
		return digest;
	}
}
