import type { VersionedModel } from '../../domain';
import type { StoreWriter } from '../../store';
import { clusterInPages, compareInPages, type Pass } from '../match-in-pages';
import { MatchRun } from '../match-run';
import type { AtOnce, FirstOutcomes } from './match-at-once';

/** What `matchAtOnce` comes to, under the same conditions, with a page in memory at a time. */
export async function matchFirstInPages(tx: StoreWriter, model: VersionedModel, now: number, { steps, onProgress }: Pick<AtOnce, 'steps' | 'onProgress'>): Promise<FirstOutcomes> {
	const outcomes: FirstOutcomes = { matched: 0, new: 0, review: 0 };
	const run = new MatchRun(undefined, steps);
	const passOf = (step: 'comparing' | 'clustering'): Pass => ({ tx, model, now, run, onPage: (records) => onProgress?.(step, records) });
	await compareInPages(passOf('comparing'), false);
	await clusterInPages(passOf('clustering'), ({ clusters, questions }) => {
		const asked = new Set(questions.flatMap(({ a, b }) => [a, b]));
		for (const cluster of clusters) {
			const [first] = cluster;
			const alone = first !== undefined && asked.has(first) ? 'review' : 'new';
			outcomes[cluster.length > 1 ? 'matched' : alone] += cluster.length;
		}
	});
	return outcomes;
}
