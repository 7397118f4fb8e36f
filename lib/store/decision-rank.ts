import type { DecisionEntry } from '../domain';
import { compareInstants } from './record-version';

/** What stands among entries of one time, from the weakest. */
const RANK: Readonly<Record<DecisionEntry['verdict'], number>> = { withdrawn: 0, same: 1, different: 2 };

/** Whatever order decisions arrive in, the same one ends up in force. */
export function supersedes(newcomer: Pick<DecisionEntry, 'at' | 'verdict'>, standing: Pick<DecisionEntry, 'at' | 'verdict'>): boolean {
	const later = compareInstants(newcomer.at, standing.at);
	if (later !== 0) return later > 0;
	return RANK[newcomer.verdict] > RANK[standing.verdict];
}
