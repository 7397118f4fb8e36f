import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Entity, IdentityModel, MatchingModel, VersionedModel } from '../domain';
import { trainMatchingInTurns } from '../match';
import type { IdentityStore, StoreReader } from '../store';
import { currentModel, saveModel } from './current-model';
import type { MatchingAgain } from './match-again';
import { sampleRecords } from './train-sample';

export interface TrainingOptions {
	/** The same seed and records give the same model, whatever the order in which they came. */
	seed: number;
	/** From the most to the least trusted, for the default model of a store that has none. */
	systems: readonly string[];
	now: number;
	/** Told of records that were read, and once before the weights are fitted, which keeps the thread busy. */
	onProgress?: (step: 'reading' | 'fitting', records: number) => void;
}

/** A model fitted to the records of a store, not yet in force. */
export interface TrainedModel {
	/** In force when training began. */
	former: VersionedModel;
	/** The same document with the trained matching. */
	model: IdentityModel;
	/** Records that were looked at. */
	sampled: number;
	/** People and companies in the store. */
	records: Record<Entity, number>;
	/** Of these there are too few that differ to learn from, so that their weights stay. */
	tooFew: Entity[];
	/** Anything about matching is different from what is in force. */
	isNew: boolean;
}

const TRAINER = 'training by ';

/** Who made a version, for one that was trained. */
export function trainedBy(who: string): string {
	return `${TRAINER}${who}`;
}

/**
 * Fits weights, term frequencies and blocking rules to the records of a store. Thresholds stay. Nothing is written, but for the default model in a
 * store without any. Training starts from the weights as they were before any training, so that training twice gives the same as once.
 */
export async function trainOnStore(store: IdentityStore, { seed, systems, now, onProgress }: TrainingOptions): Promise<TrainedModel> {
	// Only a store without a model is written to: somebody else may be writing for minutes.
	const former = (await store.read((tx) => tx.models.current())) ?? (await store.write((tx) => currentModel(tx, systems, new Date(now).toISOString())));
	const { base, sample } = await store.read(async (tx) => ({ base: await untrainedMatching(tx, former), sample: await sampleRecords(tx, former.model, undefined, (records) => onProgress?.('reading', records)) }));
	onProgress?.('fitting', sample.records.length);
	// Fitting keeps this thread busy; whoever waits goes first, and signals come through.
	await setImmediate();
	const oneOf = (sample.total.person + sample.total.company) / Math.max(1, sample.records.length);
	const matching = await trainMatchingInTurns(sample.records, { seed, base, identifiers: former.model.identifiers, oneOf }, () => setImmediate());
	// What is not learned is handed back as it is: copies of a record count once, so that only training itself knows how many are enough.
	const tooFew = (['person', 'company'] satisfies Entity[]).filter((entity) => matching[entity] === base[entity]);
	// Where there are too few records, what is in force stays, not what was before an earlier training.
	for (const entity of tooFew) matching[entity] = former.model.matching[entity];
	return {
		...{ former, sampled: sample.records.length, records: sample.total, tooFew },
		model: { ...former.model, matching },
		isNew: !isDeepStrictEqual(plain(matching), plain(former.model.matching)),
	};
}

/**
 * Puts a model in force as a new version and matches every record again, all in one transaction; evidence names the version that it came from.
 * @throws Error when another version came into force meanwhile
 */
export async function applyModel(store: IdentityStore, former: VersionedModel, model: IdentityModel, actor: string, now: number, onProgress?: MatchingAgain): Promise<VersionedModel> {
	return saveModel(store, model, actor, now, { onProgress, madeFrom: former });
}

/** The matching that the newest run of training started from; what is in force when there was none. */
export async function untrainedMatching(tx: StoreReader, current: VersionedModel): Promise<MatchingModel> {
	let at = current;
	for (let version = current.version - 1; version >= 1; version -= 1) {
		const before = await tx.models.version(version);
		if (!before) break;
		if (!at.actor.startsWith(TRAINER) && !isDeepStrictEqual(plain(before.model.matching), plain(at.model.matching))) break;
		at = before;
	}
	return at.model.matching;
}

/** As the store gives it back: without what is undefined. */
function plain(matching: MatchingModel): unknown {
	return JSON.parse(JSON.stringify(matching));
}
