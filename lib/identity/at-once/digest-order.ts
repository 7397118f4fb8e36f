import type { Digests } from './digests';
import { sharedWords } from './shared-memory';

const BITS = 16;
const BUCKETS = 1 << BITS;

/** The first so many rows in order of their digests, equal ones in the order that they stand in: by the first 32 bits in two passes, and what is equal in these one by one. */
export function orderOfDigests(digests: Digests, count: number): Uint32Array {
	const prefix = digests.prefix.subarray(0, count);
	const order = pass(pass(undefined, prefix, 0), prefix, BITS);
	for (let at = 1; at < count; at += 1) {
		const row = order[at] as number;
		let to = at;
		// The passes leave equal prefixes in the order of their rows, so that equal digests stay in it.
		while (to > 0 && prefix[order[to - 1] as number] === prefix[row] && digests.compare(row, order[to - 1] as number) < 0) {
			order[to] = order[to - 1] as number;
			to -= 1;
		}
		order[to] = row;
	}
	return order;
}

/** One pass of a counting sort, which leaves equal ones in their order: that of the rows where there is none yet. */
function pass(order: Uint32Array | undefined, prefix: Uint32Array, shift: number): Uint32Array {
	const ends = new Uint32Array(BUCKETS + 1);
	for (const number of prefix) ends[((number >>> shift) & (BUCKETS - 1)) + 1] = (ends[((number >>> shift) & (BUCKETS - 1)) + 1] as number) + 1;
	for (let bucket = 1; bucket <= BUCKETS; bucket += 1) ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
	const sorted = sharedWords(prefix.length);
	for (let place = 0; place < prefix.length; place += 1) {
		const row = order ? (order[place] as number) : place;
		const bucket = ((prefix[row] as number) >>> shift) & (BUCKETS - 1);
		const at = ends[bucket] as number;
		sorted[at] = row;
		ends[bucket] = at + 1;
	}
	return sorted;
}
