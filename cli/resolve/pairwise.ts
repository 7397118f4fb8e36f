export interface PairwiseFigures {
	/** Pairs of records that really are one. */
	truePairs: number;
	/** Pairs of records that stand in one cluster. */
	foundPairs: number;
	/** Pairs that are both. */
	correctPairs: number;
	/** Share of the found pairs that are right; 1 when none was found. */
	precision: number;
	/** Share of the true pairs that were found; 1 when there was none to find. */
	recall: number;
	/** Harmonic mean of both. */
	f1: number;
}

/**
 * Compares clusters with the truth by pairs of records. Counted from the sizes of groups (the contingency table),
 * so a cluster of a thousand costs a thousand steps, not half a million.
 */
export class PairwiseCount {
	private readonly byTruth = new Map<string, number>();
	private readonly byCluster = new Map<string, number>();
	private readonly byBoth = new Map<string, number>();

	/** One record: who it really is, and the cluster it was put in. */
	add(who: string, cluster: string): void {
		count(this.byTruth, who);
		count(this.byCluster, cluster);
		count(this.byBoth, JSON.stringify([who, cluster]));
	}

	figures(): PairwiseFigures {
		const [truePairs, foundPairs, correctPairs] = [pairs(this.byTruth), pairs(this.byCluster), pairs(this.byBoth)];
		const precision = foundPairs === 0 ? 1 : correctPairs / foundPairs;
		const recall = truePairs === 0 ? 1 : correctPairs / truePairs;
		const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
		return { truePairs, foundPairs, correctPairs, precision, recall, f1 };
	}
}

function count(sizes: Map<string, number>, group: string): void {
	sizes.set(group, (sizes.get(group) ?? 0) + 1);
}

function pairs(sizes: ReadonlyMap<string, number>): number {
	let sum = 0;
	for (const size of sizes.values()) sum += (size * (size - 1)) / 2;
	return sum;
}
