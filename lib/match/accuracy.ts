export interface Accuracy {
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
	/** Harmonic mean of both; 0 when both are 0. */
	f1: number;
	/** The same by record instead of by pair, so that one large cluster doesn't outweigh everything. Source: Bagga and Baldwin (1998). */
	bCubed: { precision: number; recall: number; f1: number };
}

/**
 * Compares clusters with the truth. Counted from the sizes of groups (the contingency table),
 * so a cluster of a thousand costs a thousand steps, not half a million.
 */
export class AccuracyCount {
	private readonly byTruth = new Map<string, number>();
	private readonly byCluster = new Map<string, number>();
	/** Records by who they are, then by cluster. */
	private readonly byBoth = new Map<string, Map<string, number>>();
	/** Records that are clusters of their own, by who they are. */
	private readonly alone = new Map<string, number>();

	/** One record: who it really is, and the cluster it was put in; without one it is a cluster of its own. */
	add(who: string, cluster?: string): void {
		count(this.byTruth, who);
		if (cluster === undefined) {
			count(this.alone, who);
			return;
		}
		count(this.byCluster, cluster);
		const row = this.byBoth.get(who) ?? new Map<string, number>();
		this.byBoth.set(who, row);
		count(row, cluster);
	}

	figures(): Accuracy {
		const [truePairs, foundPairs] = [pairs(this.byTruth), pairs(this.byCluster)];
		const correctPairs = [...this.byBoth.values()].reduce((sum, row) => sum + pairs(row), 0);
		const precision = foundPairs === 0 ? 1 : correctPairs / foundPairs;
		const recall = truePairs === 0 ? 1 : correctPairs / truePairs;
		return { truePairs, foundPairs, correctPairs, precision, recall, f1: harmonicMean(precision, recall), bCubed: this.bCubed() };
	}

	private bCubed(): Accuracy['bCubed'] {
		let [records, precision, recall] = [0, 0, 0];
		for (const [who, size] of this.byTruth) {
			records += size;
			for (const [cluster, both] of this.byBoth.get(who) ?? []) {
				precision += both ** 2 / (this.byCluster.get(cluster) ?? both);
				recall += both ** 2 / size;
			}
			const alone = this.alone.get(who) ?? 0;
			precision += alone;
			recall += alone / size;
		}
		if (records === 0) return { precision: 1, recall: 1, f1: 1 };
		return { precision: precision / records, recall: recall / records, f1: harmonicMean(precision / records, recall / records) };
	}
}

function harmonicMean(x: number, y: number): number {
	return x + y === 0 ? 0 : (2 * x * y) / (x + y);
}

function count(sizes: Map<string, number>, group: string): void {
	sizes.set(group, (sizes.get(group) ?? 0) + 1);
}

function pairs(sizes: ReadonlyMap<string, number>): number {
	let sum = 0;
	for (const size of sizes.values()) sum += (size * (size - 1)) / 2;
	return sum;
}
