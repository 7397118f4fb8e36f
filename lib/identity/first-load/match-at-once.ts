import type { VersionedModel } from '../../domain';
import type { StoreWriter } from '../../store';
import { StepTimes } from '../step-times';
import { clusterAll } from '../at-once/cluster-all';
import { holdAll } from '../at-once/hold-all';
import { judgeAll } from '../at-once/judge-all';
import { groupAll } from '../at-once/group-all';
import { listCopies } from './list-copies';
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
	/** That compare records beside this one; 0 where left out. */
	threads?: number;
	/** Of the threads; the built one where left out. */
	program?: string;
}

/** What became of people and companies. */
export type FirstOutcomes = Record<'matched' | 'new' | 'review', number>;

/**
 * Matches all records of a store in which none is found by a key, has evidence or a profile, and no decision stands: in memory, everything once.
 * What the store holds afterwards is what record after record would have given, but for the events of profiles that came together on the way.
 */
export async function matchAtOnce(tx: StoreWriter, versioned: VersionedModel, now: number, { ready, steps = new StepTimes(), onProgress, threads = 0, program }: AtOnce): Promise<FirstOutcomes> {
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

	async function compareAll() {
		const { table, ...common } = await groupAll(records, model, turns);
		await listCopies(tx, records, common.copies, turns);
		await tx.keys.markGeneric([...common.generic], true);
		const pairs = { ...common, ...versioned, proposals: table.proposals(), at: new Date(now).toISOString() };
		let isHeld = false;
		const hold = async () => {
			await holdAll(tx, records, table, steps, turns);
			// Here, for what refers to the table lives until the last pair is judged.
			table.dropDigests();
			isHeld = true;
		};
		const judge = () => judgeAll(records, pairs, { steps, turns, threads, program, mayHelp: () => isHeld, keep: (found) => tx.evidence.add(found) });
		// The threads compare while this one writes who holds which key.
		if (threads > 0) return { copies: pairs.copies, evidence: (await turns.together(hold(), judge()))[1] };
		await hold();
		return { copies: pairs.copies, evidence: await judge() };
	}
}
