import { type Accuracy, AccuracyCount } from '../../../lib/match';

/**
 * Compares clusters with the truth.
 * @param truth record to who it really is; records that stand in `clusters` only are left out of account
 * @param clusters record to cluster; a record that is missing is a cluster of its own
 */
export function pairwise(truth: ReadonlyMap<string, string>, clusters: ReadonlyMap<string, string>): Accuracy {
	const count = new AccuracyCount();
	for (const [record, who] of truth) count.add(who, clusters.get(record));
	return count.figures();
}
