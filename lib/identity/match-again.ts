import { setImmediate } from 'node:timers/promises';
import type { RecordNo, VersionedModel } from '../domain';
import type { RecordHead, StoreWriter } from '../store';
import type { RecordCache } from './record-cache';
import type { LoadStep } from './at-once/turns';
import { compareAgain } from './compare-again';
import { MatchRun } from './match-run';
import { connectedTo } from './recluster';
import { resolveTouched } from './resolve-touched';

const PAGE = 1000;

/** Told now and then how many people and companies a step has done. */
export type MatchingAgain = (step: Exclude<LoadStep, 'profiles'>, records: number) => void;

/**
 * Matches every record again under another model. Evidence first, for all of them, and clusters only then: a profile must not be
 * taken apart and put together again on the way, which would cost it its canonical ID.
 */
export async function matchAgain(tx: StoreWriter, model: VersionedModel, now: number, onProgress: MatchingAgain = () => undefined): Promise<void> {
	await compareAgain(tx, model, new Date(now).toISOString(), (step, records) => {
		if (step !== 'profiles') onProgress(step, records);
	});
	const run = new MatchRun();
	let clustered = 0;
	const done = new Set<RecordNo>();
	await eachPage(tx, async (page) => {
		const open = page.map(({ no }) => no).filter((no) => !done.has(no));
		const together = await withTheirProfiles(tx, open, model, run.cache);
		for (const no of together) done.add(no);
		await resolveTouched(tx, { together, alone: new Map() }, [], model, now, run);
		onProgress('clustering', (clustered += page.length));
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
