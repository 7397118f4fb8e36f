import type { LedgerEntry } from '../domain';
import type { IdentityStore, StoredProfile, StoreReader } from '../store';
import type { HttpClient } from '../transport';
import { type Destination, destinationName } from './destination';
import { NamedIds } from './named-ids';
import { namedProfiles } from './named-profiles';
import type { Plan, PlannedWrite } from './plan';
import { PlanReport } from './plan-report';
import { Planner } from './planner';
import { Sender } from './sender';
import type { SyncOptions, SyncResult, SyncSummary } from './sync';
import { syncScope } from './sync-scope';
import { WriteQueue } from './write-queue';

/** Profiles a step of a run; bounds memory. */
const STEP = 500;

/** What one step found. */
interface Found {
	selected: StoredProfile[];
	plan: Plan;
	/** Of the plan, those that the step is about. */
	writes: PlannedWrite[];
}

/** One run: finds what is due, step by step, and sends it whenever there is enough for a full batch. */
export class SyncRun {
	private readonly name: string;
	private readonly sender: Sender;
	private readonly planner: Planner;
	private readonly report: PlanReport;
	private readonly queue: WriteQueue;
	private readonly named: NamedIds;

	/** @param renew called before anything that must not be done twice */
	constructor(
		private readonly store: IdentityStore,
		client: HttpClient,
		private readonly destination: Destination,
		private readonly options: SyncOptions,
		summary: SyncSummary,
		private readonly renew: () => Promise<void>,
	) {
		this.name = destinationName(destination);
		this.named = new NamedIds(options.what === 'pending' ? [] : options.what.canonicalIds);
		const onResults = async (results: readonly SyncResult[]) => {
			await options.onResults?.(options.what === 'pending' ? results : results.map((result) => ({ ...result, namedAs: this.named.tell(result.canonicalId) })));
		};
		this.sender = new Sender(store, client, destination, { ...options, onResults }, summary);
		this.planner = new Planner(destination, options.now);
		this.report = new PlanReport(summary, (results) => this.sender.report(results), onResults);
		this.queue = new WriteQueue({ store, destination, planner: this.planner, report: this.report, sender: this.sender, renew, follow: (found) => this.named.follow(found) });
	}

	async execute(): Promise<void> {
		const { what } = this.options;
		if (what === 'pending') {
			await this.takeUpOpen();
			await this.takeUpChanged();
		} else {
			for (let start = 0; start < what.canonicalIds.length; start += STEP) await this.takeUpNamed(what.canonicalIds.slice(start, start + STEP));
		}
		await this.queue.sendRest();
		await this.report.idle();
		if (what !== 'pending') for (let start = 0; start < what.canonicalIds.length; start += STEP) await this.takeUpRest(what.canonicalIds.slice(start, start + STEP));
	}

	/** What an earlier run left open. Only those records: others of the same profile may have been refused for good. */
	private async takeUpOpen(): Promise<void> {
		for (let afterTarget = ''; ; ) {
			const open = await this.store.read((tx) => tx.ledger.byStatus(this.name, ['pending', 'retry', 'watched'], afterTarget, STEP));
			const last = open.at(-1);
			if (!last) return;
			afterTarget = last.target;
			await this.step(async (tx) => [...(await tx.profiles.byCanonicalId([...new Set(open.map(({ canonicalId }) => canonicalId))])).values()], open);
		}
	}

	/** What changed since the last run with these choices, in order of the change feed. */
	private async takeUpChanged(): Promise<void> {
		const scope = syncScope(this.destination, this.options.settings);
		const saved = await this.store.read((tx) => tx.cursors.get(scope));
		for (let cursor = typeof saved === 'number' ? saved : 0; ; ) {
			const after = cursor;
			const profiles = await this.step((tx) => tx.profiles.changedSince(this.destination.definition.entity, after, STEP));
			const last = profiles.at(-1);
			if (!last) return;
			cursor = last.revision;
			if (this.options.dryRun) continue;
			await this.store.write((tx) => tx.cursors.set(scope, cursor, new Date(this.options.now()).toISOString()));
		}
	}

	private async takeUpNamed(ids: readonly string[]): Promise<void> {
		const named = (tx: StoreReader) => namedProfiles(tx, ids, this.destination.definition);
		const { refusals } = await this.store.read(named);
		await this.sender.report([...refusals].map(toRefused));
		await this.step(async (tx) => {
			const { found, profiles } = await named(tx);
			this.named.follow(found);
			return profiles;
		});
	}

	/**
	 * Somebody else can change a profile between planning and sending, so that its write is no longer due, or another one is. Who named it hears what is true
	 * now, and what is due now is sent; where that has changed once more, who named it is asked to do so again.
	 */
	private async takeUpRest(ids: readonly string[]): Promise<void> {
		const rest = this.named.untold(ids);
		if (rest.length === 0) return;
		await this.takeUpNamed(rest);
		await this.queue.sendRest();
		await this.report.idle();
		const reason = 'it kept changing while this run sent it; run this again';
		await this.sender.report(this.named.untold(rest).map((canonicalId): SyncResult => ({ canonicalId, targetId: null, status: 'retry', reason, fields: [] })));
	}

	/** Plans for some profiles, marks in the ledger what is due, and sends full batches. `open` limits it to these entries. */
	private async step(select: (tx: StoreReader) => Promise<StoredProfile[]>, open?: readonly LedgerEntry[]): Promise<StoredProfile[]> {
		await this.renew();
		const wanted = open && new Set(open.map(({ target }) => target));
		const watched = new Set(open?.filter(({ status }) => status === 'watched').map(({ target }) => target));
		// Why one is watched was told when that began; what became of it is news.
		const toTell = ({ learned }: Plan) => wanted && new Set([...wanted].filter((target) => !watched.has(target) || learned.some((entry) => entry.target === target)));
		const find = async (tx: StoreReader): Promise<Found> => {
			const selected = await select(tx);
			const plan = await this.planner.plan(tx, selected);
			return { selected, plan, writes: plan.writes.filter(({ entry: { target } }) => (wanted?.has(target) ?? true) && !watched.has(target)) };
		};
		if (this.options.dryRun) {
			const { selected, plan, writes } = await this.store.read(find);
			await this.report.dryRun(plan, writes, toTell(plan));
			this.noteIdle(plan, selected);
			return selected;
		}
		const { selected, plan, writes } = await this.store.write(async (tx) => {
			const found = await find(tx);
			await this.planner.note(tx, found.plan, found.writes, wanted);
			if (open) await this.planner.settle(tx, open, found.plan);
			return found;
		});
		this.queue.add(writes);
		if (!open) this.report.count(plan);
		await this.report.skips(plan, toTell(plan));
		this.noteIdle(plan, selected);
		await this.queue.sendFullBatches();
		return selected;
	}

	/** Who names profiles hears of each of them. */
	private noteIdle(plan: Plan, selected: readonly StoredProfile[]): void {
		if (this.options.what !== 'pending') this.report.noteIdle(plan, selected);
	}
}

function toRefused([canonicalId, reason]: [string, string]): SyncResult {
	return { canonicalId, targetId: null, status: 'skipped', reason, fields: [] };
}
