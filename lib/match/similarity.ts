/** A module's own name is looked up faster than a global one, several times so in a VM's context, and these are the innermost loops. */
const { Math } = globalThis;

/** Words that are less alike than this get no bonus for their beginning. */
const WORTH_A_BONUS = 0.7;

/** Room for the words at hand; the inner loops ask for no memory of their own. */
let room = 64;
let takenInB = new Uint8Array(room);
let matchedA = new Uint16Array(room);
let rows = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];

function makeRoom(length: number): void {
	if (length < room) return;
	room = length * 2;
	takenInB = new Uint8Array(room);
	matchedA = new Uint16Array(room);
	rows = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
}

/** A comparison asks for one likeness after the other of the same two words. */
let [lastA, lastB, lastLikeness] = ['', '', 1];

/**
 * Jaro-Winkler similarity, 0 to 1, with the usual prefix bonus of 0.1 for at most four characters; to the last digit what DuckDB's
 * `jaro_winkler_similarity` says, so that a level of an exchanged model means the same on both sides.
 * Source: Winkler, W. E. (1990), String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage.
 */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return 1;
	if (a === lastA && b === lastB) return lastLikeness;
	const likeness = likenessOf(a, b);
	lastA = a;
	lastB = b;
	lastLikeness = likeness;
	return likeness;
}

function likenessOf(a: string, b: string): number {
	const [lengthA, lengthB] = [a.length, b.length];
	const longer = Math.max(lengthA, lengthB);
	makeRoom(longer);
	const [taken, matched] = [takenInB, matchedA];
	const reach = longer < 4 ? 0 : (longer >> 1) - 1;
	for (let j = 0; j < lengthB; j += 1) taken[j] = 0;
	let matches = 0;
	for (let i = 0; i < lengthA; i += 1) {
		const letter = a.charCodeAt(i);
		const end = i + reach < lengthB ? i + reach + 1 : lengthB;
		for (let j = i > reach ? i - reach : 0; j < end; j += 1) {
			if (letter === b.charCodeAt(j) && taken[j] === 0) {
				taken[j] = 1;
				matched[matches] = letter;
				matches += 1;
				break;
			}
		}
	}
	if (matches === 0) return 0;
	let transposed = 0;
	let position = 0;
	for (let j = 0; position < matches; j += 1) {
		if (taken[j] === 0) continue;
		if (matched[position] !== b.charCodeAt(j)) transposed += 1;
		position += 1;
	}
	const jaro = (matches / lengthA + matches / lengthB + (matches - Math.floor(transposed / 2)) / matches) / 3;
	if (jaro <= WORTH_A_BONUS) return jaro;
	let prefix = 0;
	while (prefix < 4 && prefix < lengthA && a[prefix] === b[prefix]) prefix += 1;
	return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * Number of insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`
 * (Damerau-Levenshtein in the optimal string alignment form), or `limit + 1` as soon as it must be more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
	return distance(a, b, limit, true);
}

/** Number of insertions, deletions and replacements, where a swap of neighbours counts as two; `limit + 1` as soon as it must be more than `limit`. */
export function plainEditDistance(a: string, b: string, limit: number): number {
	return distance(a, b, limit, false);
}

function distance(a: string, b: string, limit: number, swaps: boolean): number {
	if (a === b) return 0;
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let [start, endA, endB] = [0, a.length, b.length];
	while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
	while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
		endA -= 1;
		endB -= 1;
	}
	const [lengthA, lengthB] = [endA - start, endB - start];
	if (lengthA === 0 || lengthB === 0) return lengthA + lengthB;
	if (limit === 1 && (lengthA > 1 || lengthB > 1)) {
		// What is left begins and ends with different letters, so that one edit can only be a swap of two.
		const swapped = swaps && lengthA === 2 && lengthB === 2 && a.charCodeAt(start) === b.charCodeAt(start + 1) && a.charCodeAt(start + 1) === b.charCodeAt(start);
		return swapped ? 1 : 2;
	}
	makeRoom(lengthB + 1);
	let [beforeLast, last, row] = rows as [Int32Array, Int32Array, Int32Array];
	for (let j = 0; j <= lengthB; j += 1) last[j] = j;
	for (let i = 1; i <= lengthA; i += 1) {
		row[0] = i;
		let best = i;
		const [letter, letterBefore] = [a.charCodeAt(start + i - 1), i > 1 ? a.charCodeAt(start + i - 2) : -1];
		let otherBefore = -1;
		for (let j = 1; j <= lengthB; j += 1) {
			const other = b.charCodeAt(start + j - 1);
			let value = (last[j - 1] as number) + (letter === other ? 0 : 1);
			value = Math.min(value, (last[j] as number) + 1, (row[j - 1] as number) + 1);
			if (swaps && i > 1 && j > 1 && letter === otherBefore && letterBefore === other) value = Math.min(value, (beforeLast[j - 2] as number) + 1);
			row[j] = value;
			if (value < best) best = value;
			otherBefore = other;
		}
		if (best > limit) return limit + 1;
		[beforeLast, last, row] = [last, row, beforeLast];
	}
	return Math.min(last[lengthB] as number, limit + 1);
}
