import { type Entity, type IdentityModel } from '../domain';
import { type IdentityStore, StoreError, type StoreReader } from '../store';
import { allDecisions, decidedPairs } from './at-once/decided-pairs';
import { type AllClusters, clusterAll } from './at-once/cluster-all';
import { groupAll } from './at-once/group-all';
import { judgeAll } from './at-once/judge-all';
import { LoadedRecords } from './at-once/loaded-records';
import { type LoadStep, Turns } from './at-once/turns';
import { parseModel } from './current-model';
import { refuseWhileLoading } from './first-load';
import { describeChanges } from './model-changes';
import { countRecords, freeRoom, roomToHold } from './room';
import { StepTimes } from './step-times';

/** A profile, or the part of one, that a change of the model moves. */
export interface ProfilePart {
	/** Null for a profile that would be new. */
	canonicalId: string | null;
	/** Name of a record of it. */
	name: string;
	records: number;
}

/** One profile that would come of several, or several that would come of one. */
export interface ModelChange extends ProfilePart {
	entity: Entity;
	parts: ProfilePart[];
}

/** What another model would change. */
export interface ModelPreview {
	/** People and companies. */
	records: number;
	profiles: { before: number; after: number };
	/** Pairs of records in one profile; `joined` and `parted` are those that would come together and apart. */
	pairs: { before: number; after: number; joined: number; parted: number };
	/** Profiles that would hold records of several profiles of now. */
	merges: number;
	/** Profiles of now whose records would be in several. */
	splits: number;
	/** Open questions; `asked` would be new, `closed` would be gone. */
	questions: { before: number; after: number; asked: number; closed: number };
	/** Those with most records first; `parts` are the profiles of now. */
	largestMerges: ModelChange[];
	/** Those with most records first; `parts` are the profiles that would be. */
	largestSplits: ModelChange[];
}

/** Told now and then how many people and companies a step has done. */
export type PreviewProgress = (step: Extract<LoadStep, 'reading' | 'comparing' | 'clustering'>, records: number) => void;

export interface PreviewOptions {
	/** How many merges and splits to name; 10 when left out. */
	largest?: number;
	onProgress?: PreviewProgress;
	/** Bytes that it may take; what the machine has where left out. */
	room?: number;
}

/**
 * Works out in memory what a model would change. The store is only read, nobody waits for it, and nothing in it changes.
 * @throws Error that names the place in the model and what is wrong there; StoreError `conflict` where records wait to be matched, `no_memory`
 */
export async function previewModel(store: IdentityStore, document: IdentityModel, { largest = 10, onProgress = () => undefined, room = freeRoom() }: PreviewOptions = {}): Promise<ModelPreview> {
	const model = parseModel(document);
	return store.read(async (tx) => {
		await refuseWhileLoading(tx);
		await refuseWithoutRoom(tx, room);
		const turns = new Turns(tx, (step, records) => {
			if (step === 'reading' || step === 'comparing' || step === 'clustering') onProgress(step, records);
		});
		const { records, clusters } = await clustersUnder(tx, model, turns);
		await turns.next('clustering', records.size);
		return describeChanges(tx, records, clusters, largest);
	});
}

/** The kernel would end a process that takes more than there is, and n8n with it. To put the model in force takes little: it goes page by page then. */
async function refuseWithoutRoom(tx: StoreReader, room: number): Promise<void> {
	const records = await countRecords(tx);
	const needed = roomToHold(records);
	if (needed <= room) return;
	throw new StoreError(
		'no_memory',
		`What the model would change can't be worked out here: that takes about ${megabytes(Math.ceil(needed / 1e6))} of memory for ${records.toLocaleString('en-US')} records, and ${megabytes(Math.floor(room / 1e6))} are free. ` +
			'Nothing was changed. Give the machine or its container more memory, or run "customer360 train" on another one that reaches the store. The model can be put in force without it, which takes less memory and longer.',
	);
}

function megabytes(count: number): string {
	return `${count.toLocaleString('en-US')} MB`;
}

/** The clusters that the records of a store would have under a model. */
async function clustersUnder(tx: StoreReader, model: IdentityModel, turns: Turns): Promise<{ records: LoadedRecords; clusters: AllClusters }> {
	const decisions = await allDecisions(tx);
	const records = await LoadedRecords.read(tx, model, turns, { decided: decisions.about });
	const pairs = { ...(await groupedPairs()), model, version: 0, at: '' };
	const evidence = await judgeAll(records, pairs, { steps: new StepTimes(), turns });
	return { records, clusters: await clusterAll(records, pairs.copies, evidence, turns, await decidedPairs(tx, decisions, records)) };

	/** The table of keys is the largest thing here; nobody holds it behind this. */
	async function groupedPairs() {
		const { table, ...common } = await groupAll(records, model, turns);
		return { ...common, proposals: table.proposals() };
	}
}
