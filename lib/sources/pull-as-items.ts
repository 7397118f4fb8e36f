import { type RawRecord, refKey } from '../domain';
import type { IdentityStore } from '../store';
import { slices } from '../transport';
import type { PullRun } from './pull-run';
import type { PullSourceResult } from './pull-source';
import { PagesUntilFailure } from './until-failure';

/** More than one safety window holds in a busy account. */
const MOST_RECENT = 2000;

/** Records looked up at a time; each brings its content along. */
const LOOK_UP = 200;

/** Items of one emission; larger ones strain n8n's memory, smaller ones make many executions. */
const EMIT_SIZE = 500;

/** Hands what comes to the workflow. When the run is ended, what was not handed out yet is read again by the next one. */
export async function pullAsItems(run: PullRun): Promise<PullSourceResult> {
	const { options, state, renew } = run;
	let { recent } = state;
	const handedOut = new Set(recent);
	let waiting: RawRecord[] = [];
	let cursor = state.cursor;
	let emitted = 0;
	const flush = async (backfilled: boolean): Promise<boolean> => {
		await renew();
		for (const some of slices(waiting, EMIT_SIZE)) if (!(await options.emit(some))) return false;
		emitted += waiting.length;
		options.onProgress?.('reading', emitted);
		recent = [...recent, ...waiting.map(nameOf)].slice(-MOST_RECENT);
		waiting = [];
		await renew();
		await run.save({ cursor, backfilled, recent });
		return true;
	};
	const end = (caughtUp: boolean, refused: boolean, ended = false): PullSourceResult => ({ emitted, busy: false, caughtUp, ended, refused });
	const reading = new PagesUntilFailure(run.pages());
	for await (const page of reading) {
		const fresh = page.records.filter((record) => !handedOut.has(nameOf(record)));
		for (const record of fresh) handedOut.add(nameOf(record));
		waiting.push(...(await notYetStored(options.store, fresh)));
		cursor = page.cursor;
		if (run.isEnded()) return end(false, false, true);
		if (waiting.length >= EMIT_SIZE && !(await flush(state.backfilled))) return end(false, true);
		if (run.isOver()) return end(false, !(await flush(state.backfilled)));
	}
	const done = await flush(reading.hasFailed ? state.backfilled : true);
	// Nothing else would start a build on a quiet day: figures that go by the date, and what a stop between Match and Merge left over.
	await run.work.build(renew);
	reading.throwFailure();
	return end(done, !done);
}

function nameOf(record: RawRecord): string {
	return `${refKey(record)}@${record.version}`;
}

/** The safety window brings records again; those that the store has in this very version need not be worked through once more. */
async function notYetStored(store: IdentityStore, records: readonly RawRecord[]): Promise<RawRecord[]> {
	const open: RawRecord[] = [];
	for (const some of slices(records, LOOK_UP)) {
		const stored = await store.read((tx) => tx.records.byRef(some));
		open.push(...some.filter((record) => stored.get(refKey(record))?.version !== record.version));
	}
	return open;
}
