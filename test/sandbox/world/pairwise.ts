export interface PairwiseFigures {
	/** Pairs of records that really are one. */
	truePairs: number;
	/** Pairs of records that stand in one cluster. */
	foundPairs: number;
	/** Pairs that are both. */
	correctPairs: number;
	/** 1 when no pair was found. */
	precision: number;
	/** 1 when there was no pair to find. */
	recall: number;
	/** Harmonic mean of both; 0 when both are 0. */
	f1: number;
}

/**
 * Compares clusters with the truth by pairs of records, counted from group sizes (the contingency table), so that
 * a large cluster costs no more than its records.
 * @param truth record to who it really is; records that stand in `clusters` only are left out of account
 * @param clusters record to cluster; a record that is missing is a cluster of its own
 */
export function pairwise(truth: Map<string, string>, clusters: Map<string, string>): PairwiseFigures {
	const byTruth = new Map<string, number>();
	const byCluster = new Map<string, number>();
	const byBoth = new Map<string, Map<string, number>>();
	for (const [record, who] of truth) {
		count(byTruth, who);
		const cluster = clusters.get(record);
		if (cluster === undefined) continue;
		count(byCluster, cluster);
		const row = byBoth.get(who) ?? new Map<string, number>();
		byBoth.set(who, row);
		count(row, cluster);
	}
	const truePairs = pairsWithin(byTruth);
	const foundPairs = pairsWithin(byCluster);
	const correctPairs = [...byBoth.values()].reduce((sum, row) => sum + pairsWithin(row), 0);
	const precision = foundPairs === 0 ? 1 : correctPairs / foundPairs;
	const recall = truePairs === 0 ? 1 : correctPairs / truePairs;
	const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
	return { truePairs, foundPairs, correctPairs, precision, recall, f1 };
}

function count(sizes: Map<string, number>, group: string): void {
	sizes.set(group, (sizes.get(group) ?? 0) + 1);
}

function pairsWithin(sizes: Map<string, number>): number {
	let pairs = 0;
	for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
	return pairs;
}
