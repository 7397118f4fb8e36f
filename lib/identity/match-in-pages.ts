import { setImmediate } from 'node:timers/promises';
import type { RecordNo, VersionedModel } from '../domain';
import type { RecordHead, StoreWriter } from '../store';
import { unlistKeys } from './at-once/list-keys';
import { updateEvidence } from './evidence-for-batch';
import type { MatchRun } from './match-run';
import type { RecordCache } from './record-cache';
import { connectedTo, type Recluster } from './recluster';
import { resolveTouched } from './resolve-touched';

const PAGE = 1000;

/** What a pass over all people and companies is given. */
export interface Pass {
	tx: StoreWriter;
	model: VersionedModel;
	/** Milliseconds since 1970. */
	now: number;
	/** What its pages share. */
	run: MatchRun;
	/** Told after each page how many people and companies are done; throws to end it. */
	onPage: (records: number) => void;
}

/**
 * Keys and evidence of all records, a page in memory at a time: what `compareAgain` and `matchAtOnce` come to, slower, in a fraction of the memory.
 * @param found whether the records are found by their keys already; those that a first load has put are not
 */
export async function compareInPages({ tx, model, now, run, onPage }: Pass, found: boolean): Promise<void> {
	const at = new Date(now).toISOString();
	let compared = 0;
	await eachPage(tx, async (page) => {
		const gone = page.filter(({ deleted }) => deleted).map(({ no }) => no);
		if (!found && gone.length > 0) await unlistKeys(tx, gone);
		await updateEvidence(tx, page, model, at, run, found ? undefined : new Set(page.map(({ no }) => no)));
		onPage((compared += page.length));
	});
}

/**
 * Clusters of all records, by the evidence that stands there. Before the last record is compared, a profile would be taken apart and put together again on the way,
 * which would cost it its canonical ID.
 */
export async function clusterInPages({ tx, model, now, run, onPage }: Pass, tell: (page: Pick<Recluster, 'clusters' | 'questions'>) => void = () => undefined): Promise<void> {
	let clustered = 0;
	const done = new Set<RecordNo>();
	await eachPage(tx, async (page) => {
		const open = page.map(({ no }) => no).filter((no) => !done.has(no));
		const together = await withTheirProfiles(tx, open, model, run.cache);
		for (const no of together) done.add(no);
		tell(await resolveTouched(tx, { together, alone: new Map() }, [], model, now, run));
		onPage((clustered += page.length));
	});
}

/** All that a profile consisted of has to be looked at together, or two of its parts would each take its ID. */
async function withTheirProfiles(tx: StoreWriter, nos: readonly RecordNo[], { model }: VersionedModel, cache: RecordCache): Promise<Set<RecordNo>> {
	let reached = new Set(nos);
	for (;;) {
		const component = await connectedTo(tx, reached, model, cache);
		const profiles = component.map(({ profileNo }) => profileNo).filter((no) => no !== null);
		const members = await tx.records.headsOfProfiles([...new Set(profiles)]);
		const wider = new Set([...component, ...members].map(({ no }) => no));
		if (wider.size === reached.size) return reached;
		reached = wider;
	}
}

async function eachPage(tx: StoreWriter, work: (records: readonly RecordHead[]) => Promise<void>): Promise<void> {
	let last: RecordNo = 0;
	for (;;) {
		const page = await tx.records.scanHeads(last, PAGE);
		const final = page.at(-1);
		if (!final) return;
		last = final.no;
		await work(page.filter(({ kind }) => kind !== 'activity'));
		// The store answers without a wait: others on this thread, the editor and webhooks, get their turn here.
		await setImmediate();
	}
}
