import type { VersionedModel } from '../../domain';
import type { StoreWriter } from '../../store';
import { StepTimes } from '../step-times';
import { clusterAll } from '../at-once/cluster-all';
import { judgeAll } from '../at-once/judge-all';
import { groupAll } from '../at-once/group-all';
import { keyAll } from './key-all';
import { LoadedRecords } from '../at-once/loaded-records';
import type { ReadyRecords } from '../at-once/ready-records';
import { listKeys, unlistKeys } from '../at-once/list-keys';
import { saveAll } from './save-all';
import { type MatchingAtOnce, Turns } from '../at-once/turns';

export interface AtOnce {
	/** What is known of the records already; it counts only for the model that it was made by. */
	ready?: ReadyRecords;
	steps?: StepTimes;
	onProgress?: MatchingAtOnce;
}

/** What became of people and companies. */
export type FirstOutcomes = Record<'matched' | 'new' | 'review', number>;

/**
 * Matches all records of a store in which none is found by a key, has evidence or a profile, and no decision stands: in memory, everything once.
 * What the store holds afterwards is what record after record would have given, but for the events of profiles that came together on the way.
 */
export async function matchAtOnce(tx: StoreWriter, versioned: VersionedModel, now: number, { ready, steps = new StepTimes(), onProgress }: AtOnce): Promise<FirstOutcomes> {
	const turns = new Turns(tx, onProgress);
	steps.enter('keys');
	const { model } = versioned;
	const records = await LoadedRecords.read(tx, model, turns, {
		ready,
		onMade: (made) => listKeys(tx, made, model),
		onPassed: (nos) => unlistKeys(tx, nos),
	});
	const { copies, evidence } = await compareAll();
	steps.enter('clustering');
	const clusters = await clusterAll(records, copies, evidence, turns);
	steps.enter('profiles');
	await saveAll(tx, records, clusters, now, turns);
	const asked = new Set(clusters.questions.flatMap(({ a, b }) => [a, b]));
	const outcomes: FirstOutcomes = { matched: 0, new: 0, review: 0 };
	for (const [place, no] of records.nos.entries()) {
		const size = clusters.sizes[clusters.clusterOf[place] as number] as number;
		outcomes[size > 1 ? 'matched' : asked.has(no) ? 'review' : 'new'] += 1;
	}
	return outcomes;

	/** The table of keys is the largest thing here; nobody holds it behind this. */
	async function compareAll() {
		const keys = await groupAll(records, model, turns);
		await keyAll(tx, records, keys, turns);
		keys.table.dropDigests();
		return { copies: keys.copies, evidence: await judgeAll(records, keys, versioned, new Date(now).toISOString(), steps, turns, (found) => tx.evidence.add(found)) };
	}
}
