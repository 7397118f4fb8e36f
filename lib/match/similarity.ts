/** A module's own name is looked up faster than a global one, several times so in a VM's context, and these are the innermost loops. */
const { Math } = globalThis;

/** Words that are less alike than this get no bonus for their beginning. */
const WORTH_A_BONUS = 0.7;

/**
 * Jaro-Winkler similarity, 0 to 1, with the usual prefix bonus of 0.1 for at most four characters; to the last digit what DuckDB's
 * `jaro_winkler_similarity` says, so that a level of an exchanged model means the same on both sides.
 * Source: Winkler, W. E. (1990), String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage.
 */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return 1;
	const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
	const takenInB = new Uint8Array(b.length);
	const matchedA: string[] = [];
	for (let i = 0; i < a.length; i += 1) {
		const end = Math.min(i + reach + 1, b.length);
		for (let j = Math.max(0, i - reach); j < end; j += 1) {
			if (takenInB[j] === 0 && a[i] === b[j]) {
				takenInB[j] = 1;
				matchedA.push(a[i] as string);
				break;
			}
		}
	}
	const matches = matchedA.length;
	if (matches === 0) return 0;
	let transposed = 0;
	let position = 0;
	for (let j = 0; j < b.length; j += 1) {
		if (takenInB[j] === 0) continue;
		if (matchedA[position] !== b[j]) transposed += 1;
		position += 1;
	}
	const jaro = (matches / a.length + matches / b.length + (matches - Math.floor(transposed / 2)) / matches) / 3;
	if (jaro <= WORTH_A_BONUS) return jaro;
	let prefix = 0;
	while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
	return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * Number of insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`
 * (Damerau-Levenshtein in the optimal string alignment form), or `limit + 1` as soon as it must be more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
	if (a === b) return 0;
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		let best = i;
		for (let j = 1; j <= b.length; j += 1) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			let value = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				value = Math.min(value, (beforeLast[j - 2] as number) + 1);
			}
			row.push(value);
			best = Math.min(best, value);
		}
		if (best > limit) return limit + 1;
		beforeLast = last;
		last = row;
	}
	return Math.min(last[b.length] as number, limit + 1);
}

/** Number of insertions, deletions and replacements, where a swap of neighbours counts as two; `limit + 1` as soon as it must be more than `limit`. */
export function plainEditDistance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			row.push(Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)));
		}
		if (Math.min(...row) > limit) return limit + 1;
		last = row;
	}
	return Math.min(last[b.length] as number, limit + 1);
}
