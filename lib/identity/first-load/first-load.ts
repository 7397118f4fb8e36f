import type { Normalized } from '../../normalize';
import type { IdentityStore, StoreReader } from '../../store';
import { currentModel } from '../current-model';
import type { IngestSummary } from '../ingest';
import { madeOf } from '../kept-forms';
import { faceOf, readyRecordOf } from '../prepare/prepared';
import type { ReadyRecord } from '../prepare/ready-record';
import { countRecords, freeRoom, roomToMatch } from '../room';
import { finishFirstLoad, type Finishing } from './finish';
import { isLoading, setLoading } from './loading';
import { ReadyRecords } from '../at-once/ready-records';

/**
 * The first records of a store, many of them: they are put page by page, and matched all at once at the end. A page that was put stays, whatever
 * happens; what was not matched is matched by a load that goes on, or by whoever matches next.
 */
export class FirstLoad {
	private ready = new ReadyRecords('');
	/** Whether what is made ready is kept for the end; nothing is where the end would have no room for it. */
	private keeps = true;

	constructor(
		private readonly store: IdentityStore,
		private readonly systems: readonly string[],
		/** Bytes that may be taken beside what is ready. */
		private readonly room: () => number = freeRoom,
	) {}

	/** Whether the store has nothing yet, or what a first load left. */
	async isPossible(): Promise<boolean> {
		return this.store.read(async (tx) => (await isLoading(tx)) || (await isEmpty(tx)));
	}

	/**
	 * Stores one page of normalized records and adds to `summary`.
	 * @returns false, and stores nothing, where the store has records that are matched already: these come one page after the other
	 */
	async put(page: readonly Normalized[], now: number, summary: IngestSummary): Promise<boolean> {
		const records = page.flatMap((one) => (one.record ? [one.record] : []));
		const rejected = page.flatMap((one) => (one.rejected ? [one.rejected] : []));
		const at = new Date(now).toISOString();
		const done = await this.store.write(async (tx) => {
			if (!(await isLoading(tx))) {
				if (!(await isEmpty(tx))) return undefined;
				await setLoading(tx, true, at);
			}
			const { model } = await currentModel(tx, this.systems, at);
			const puts = await tx.records.put(records, at);
			await tx.rejections.remove(records.filter((_, index) => puts[index]?.outcome !== 'stale'));
			await tx.rejections.put(rejected, at);
			const made = puts.flatMap(({ no, record }) => {
				const ready = record && readyRecordOf(record, model);
				return ready ? [{ no, hash: record.hash, ready }] : [];
			});
			await tx.keys.list(lastOfEach(made).map(({ no, hash, ready }) => ({ no, listed: ready.listed, forms: { forms: ready.said, of: madeOf(hash, model) } })));
			return { model, puts, made };
		});
		if (!done) return false;
		if (this.ready.face !== faceOf(done.model)) this.ready = new ReadyRecords(faceOf(done.model));
		summary.read += page.length;
		summary.rejected += rejected.length;
		for (const { outcome, record } of done.puts) {
			if (outcome === 'unchanged' || outcome === 'stale') summary.outcomes[outcome] += 1;
			else if (record?.kind === 'activity') summary.outcomes.activity += 1;
			else if (record?.deleted === true) summary.outcomes.deleted += 1;
		}
		this.keep(done.made);
		return true;
	}

	private keep(made: readonly Made[]): void {
		if (!this.keeps) return;
		for (const { no, hash, ready } of made) this.ready.keep(no, hash, ready);
		this.keeps = roomToMatch(this.ready.size) - this.ready.bytes <= this.room();
		if (!this.keeps) this.ready = new ReadyRecords('');
	}

	/** Records that wait to be matched. */
	async waiting(): Promise<number> {
		return this.store.read(async (tx) => ((await isLoading(tx)) ? countRecords(tx) : 0));
	}

	/**
	 * Matches what waits for it, in one transaction, and adds to `summary`: also what an earlier load has put, which counts as unchanged there, too;
	 * nothing where somebody else has matched it meanwhile.
	 */
	async finish(now: number, summary: IngestSummary, how: Omit<Finishing, 'ready' | 'room'> = {}): Promise<void> {
		const at = new Date(now).toISOString();
		const outcomes = await this.store.write(async (tx) => finishFirstLoad(tx, await currentModel(tx, this.systems, at), now, { ...how, ready: this.ready, room: this.room() }));
		for (const outcome of ['matched', 'new', 'review'] as const) summary.outcomes[outcome] += outcomes?.[outcome] ?? 0;
	}
}

/** A record that stands in a page twice is the last one of them. */
function lastOfEach(made: readonly Made[]): Made[] {
	return [...new Map(made.map((one) => [one.no, one])).values()];
}

interface Made {
	no: number;
	hash: string;
	ready: ReadyRecord;
}

async function isEmpty(tx: StoreReader): Promise<boolean> {
	// Profiles without any record have lost theirs, which may come back; a first load knows of none.
	return (await tx.records.scanHeads(0, 1)).length === 0 && (await tx.profiles.scanHeads(0, 1)).length === 0 && (await tx.decisions.all()).length === 0;
}
