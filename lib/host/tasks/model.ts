import type { IdentityModel, VersionedModel } from '../../domain';
import { applyModel, buildProfiles, type ModelPreview, previewModel, saveModel, type TrainedModel, trainOnStore } from '../../identity';
import type { Task, TaskProgress } from '../task';
import { tellBuilding } from './tell-building';

export interface TrainInput {
	seed: number;
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** Fits weights to the store's records; nothing is put in force. */
export const train: Task<TrainInput, TrainedModel> = async (store, input, outlet) =>
	trainOnStore(store, { ...input, onProgress: (step, done) => outlet.progress({ step, done }) });

export interface PreviewModelInput {
	model: IdentityModel;
	/** Merges and splits to name. */
	largest: number;
}

/** Works out what a model would change, without putting it in force. */
export const previewOfModel: Task<PreviewModelInput, ModelPreview> = async (store, { model, ...options }, outlet) =>
	previewModel(store, model, { ...options, onProgress: inSteps(outlet) });

export interface ApplyModelInput {
	/** The version that `model` was made from. */
	former: VersionedModel;
	model: IdentityModel;
	actor: string;
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** Puts a model in force as a new version, unless another one came in between, and builds the profiles. */
export const applyNewModel: Task<ApplyModelInput, VersionedModel> = async (store, { former, model, actor, systems, now }, outlet) => {
	const saved = await applyModel(store, former, model, actor, now, inSteps(outlet));
	await buildProfiles(store, { systems, now: Date.now, onBatch: tellBuilding(store, outlet) });
	return saved;
};

export interface PutModelInput {
	/** Checked as {@link saveModel} does. */
	document: unknown;
	actor: string;
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** Puts a document in force as a new version, and builds the profiles. */
export const putModel: Task<PutModelInput, VersionedModel> = async (store, { document, actor, systems, now }, outlet) => {
	const saved = await saveModel(store, document, actor, now, { onProgress: inSteps(outlet) });
	await buildProfiles(store, { systems, now: Date.now, onBatch: tellBuilding(store, outlet) });
	return saved;
};

/** Each step goes over the same people and companies: the first one tells the others how many there are. */
function inSteps(outlet: { progress(progress: TaskProgress): void }): (step: string, done: number) => void {
	let last: TaskProgress | undefined;
	return (step, done) => {
		const total = last === undefined || last.step === step ? last?.total : last.done;
		last = { step, done, ...(total !== undefined && { total }) };
		outlet.progress(last);
	};
}
