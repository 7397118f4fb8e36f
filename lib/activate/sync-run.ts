import { isLongerThan, type LedgerEntry, MAX_SOUGHT } from '../domain';
import { type IdentityStore, keyDigest, type StoredProfile, type StoreReader, type StoreWriter, toProfiles } from '../store';
import type { HttpClient } from '../transport';
import { type Destination, destinationName, newTarget, type Plan, planWrites, type PlannedWrite } from './plan';
import { Sender, sentFields } from './sender';
import { settleEntries } from './settle';
import type { SyncOptions, SyncResult, SyncSummary } from './sync';

/** Profiles a step of a run; bounds memory. */
const STEP = 500;

/** One run: finds what is due, step by step, and sends it whenever there is enough for a full batch. */
export class SyncRun {
	private readonly name: string;
	private readonly sender: Sender;
	/**
	 * Due, in the ledger, and not sent yet: target to canonical ID. Updates and new records wait apart, because vendors take them
	 * in calls of different kinds.
	 */
	private readonly waiting: readonly Map<string, string>[] = [new Map(), new Map()];
	/** Targets that a dry run has shown. */
	private readonly shown = new Set<string>();
	/** Open entries of which was told why they are not sent: their profiles come once more where they have changed. */
	private readonly told = new Set<string>();
	/** Named profiles that have nothing to be sent, told when all else went well. */
	private readonly idle: SyncResult[] = [];
	private renew: () => Promise<void> = async () => undefined;

	constructor(
		private readonly store: IdentityStore,
		client: HttpClient,
		private readonly destination: Destination,
		private readonly options: SyncOptions,
		private readonly summary: SyncSummary,
	) {
		this.name = destinationName(destination);
		this.sender = new Sender(store, client, destination, options, summary);
	}

	async execute(renew: () => Promise<void>): Promise<void> {
		this.renew = renew;
		const { what } = this.options;
		if (what === 'pending') {
			await this.takeUpOpen();
			await this.takeUpChanged();
		} else {
			for (let start = 0; start < what.canonicalIds.length; start += STEP) await this.takeUpNamed(what.canonicalIds.slice(start, start + STEP));
		}
		await this.sendWaiting(1);
		// Counted already, by record.
		if (this.idle.length > 0) await this.options.onResults?.(this.idle);
	}

	/** What an earlier run left open. Only those records: others of the same profile may have been refused for good. */
	private async takeUpOpen(): Promise<void> {
		for (let afterTarget = ''; ; ) {
			const open = await this.store.read((tx) => tx.ledger.byStatus(this.name, ['pending', 'retry'], afterTarget, STEP));
			const last = open.at(-1);
			if (!last) return;
			afterTarget = last.target;
			await this.step(async (tx) => [...(await tx.profiles.byCanonicalId([...new Set(open.map(({ canonicalId }) => canonicalId))])).values()], open);
		}
	}

	/** What changed since the last run with these choices, in order of the change feed. */
	private async takeUpChanged(): Promise<void> {
		const scope = `sync:${this.name}:${this.choices()}`;
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

	/** Another choice of fields or settings concerns every profile anew. */
	private choices(): string {
		const { fields, createMissing, segmentTags } = this.destination;
		const names = fields.map(({ source, target, type }) => `${source}>${target}:${type}`).sort().join(',');
		const settings = Object.entries(this.options.settings ?? {}).map(([name, value]) => `${name}=${value}`).sort().join(',');
		const choices = `${names}|${createMissing ? 'create' : 'update'}|${segmentTags ? 'tags' : 'fields'}|${settings}`;
		// A store finds its cursors by their whole name, and the names of a hundred fields can be too long for that.
		return isLongerThan(choices, MAX_SOUGHT) ? keyDigest(choices) : choices;
	}

	private async takeUpNamed(ids: readonly string[]): Promise<void> {
		const { entity, label } = this.destination.definition;
		const { found, awaited } = await this.store.read(async (tx) => ({ found: await tx.profiles.byCanonicalId(ids), awaited: await tx.promises.awaited(ids, 0) }));
		const refusalOf = (profile: StoredProfile | undefined, id: string): string | undefined => {
			if (awaited.has(id)) return 'the store went back to a backup, and the records of this ID were not read again yet';
			if (!profile) return 'there is no profile with this ID; check it';
			if (profile.empty) return 'the profile has no record any more';
			if (profile.golden === null) return 'the profile is not built yet; let Merge run first';
			return profile.entity === entity ? undefined : `the profile is a ${profile.entity}, and ${label} takes a ${entity}`;
		};
		const refusals = ids.flatMap((canonicalId): SyncResult[] => {
			const reason = refusalOf(found.get(canonicalId), canonicalId);
			return reason === undefined ? [] : [{ canonicalId, targetId: null, status: 'skipped', reason, fields: [] }];
		});
		await this.sender.report(refusals);
		await this.step(async (tx) => {
			const profiles = [...(await tx.profiles.byCanonicalId(ids)).values()].filter((profile) => refusalOf(profile, profile.canonicalId) === undefined);
			return [...new Map(profiles.map((profile) => [profile.no, profile])).values()];
		});
	}

	/** Plans for some profiles, marks in the ledger what is due, and sends full batches. `open` limits it to these entries. */
	private async step(select: (tx: StoreReader) => Promise<StoredProfile[]>, open?: readonly LedgerEntry[]): Promise<StoredProfile[]> {
		await this.renew();
		const wanted = open && new Set(open.map(({ target }) => target));
		const work = async (tx: StoreReader): Promise<{ selected: StoredProfile[]; plan: Plan; writes: PlannedWrite[] }> => {
			const selected = await select(tx);
			const plan = await this.plan(tx, selected);
			return { selected, plan, writes: plan.writes.filter(({ entry }) => wanted?.has(entry.target) ?? true) };
		};
		if (this.options.dryRun) {
			const { selected, plan, writes } = await this.store.read(work);
			await this.reportDryRun(plan, writes, wanted);
			this.noteIdle(plan, selected);
			return selected;
		}
		const { selected, plan, writes } = await this.store.write(async (tx) => {
			const planned = await work(tx);
			await tx.ledger.put([...planned.writes.map(({ entry }) => entry), ...openOf(planned.plan, wanted)]);
			if (open) await this.settle(tx, open, planned.plan);
			return planned;
		});
		for (const { entry, item } of writes) this.queueOf(item).set(entry.target, item.canonicalId);
		if (!open) this.count(plan);
		await this.reportSkips(plan, wanted);
		this.noteIdle(plan, selected);
		await this.sendWaiting(this.destination.definition.maxBatch);
		return selected;
	}

	/** @param open the entries that this is about, where it is not about all that a profile has */
	private async reportSkips(plan: Plan, open?: ReadonlySet<string>): Promise<void> {
		const skips = plan.skips.filter(({ target }) => (open ? open.has(target) : !this.told.has(target)));
		if (open) for (const { target } of skips) this.told.add(target);
		await this.sender.report(skips.map(({ canonicalId, reason }) => ({ canonicalId, targetId: null, status: 'skipped', reason, fields: [] })));
	}

	/** Who names profiles hears of each of them. */
	private noteIdle(plan: Plan, selected: readonly StoredProfile[]): void {
		if (this.options.what === 'pending') return;
		const busy = new Set([...plan.writes.map(({ item }) => item.canonicalId), ...plan.skips.map(({ canonicalId }) => canonicalId)]);
		const idle = selected.filter(({ canonicalId }) => !busy.has(canonicalId));
		this.idle.push(...idle.map(({ canonicalId }): SyncResult => ({ canonicalId, targetId: null, ...idleness(plan, canonicalId), fields: [] })));
	}

	private queueOf({ targetId }: PlannedWrite['item']): Map<string, string> {
		return this.waiting[targetId === null ? 1 : 0] as Map<string, string>;
	}

	private count(plan: Plan): void {
		this.summary.unchanged += plan.unchanged.length;
		this.summary.absent += plan.absent.length;
	}

	private async plan(tx: StoreReader, profiles: readonly StoredProfile[]): Promise<Plan> {
		const built = [...new Map(profiles.map((profile) => [profile.no, profile])).values()].filter(({ golden, empty }) => golden !== null && !empty);
		const outdated = new Set(built.filter(({ dirty }) => dirty).map(({ canonicalId }) => canonicalId));
		return planWrites(tx, await toProfiles(tx, built), this.destination, this.now(), outdated);
	}

	private async settle(tx: StoreWriter, entries: readonly LedgerEntry[], plan: Plan): Promise<void> {
		const profiles = await tx.profiles.byCanonicalId([...new Set(entries.map(({ canonicalId }) => canonicalId))]);
		const unknown = entries.map(({ canonicalId }) => canonicalId).filter((id) => !profiles.has(id));
		const awaited = unknown.length === 0 ? [] : (await tx.promises.awaited(unknown, 0)).keys();
		await tx.ledger.put(settleEntries(entries, plan, profiles, new Set(awaited), this.now()));
	}

	/** Sends full batches, and what is left over when there are at least `least` of them. */
	private async sendWaiting(least: number): Promise<void> {
		const { maxBatch, parallelWrites = 1 } = this.destination.definition;
		for (const queue of this.waiting) {
			while (queue.size >= least) {
				const most = parallelWrites * maxBatch;
				const chosen = new Map([...queue].slice(0, queue.size < most ? queue.size - (queue.size % least) : most));
				for (const target of chosen.keys()) queue.delete(target);
				await this.renew();
				const writes = await this.planAgain(chosen);
				const batches = Math.ceil(writes.length / maxBatch);
				await this.sender.send(Array.from({ length: batches }, (_, index) => writes.slice(index * maxBatch, (index + 1) * maxBatch)));
			}
		}
	}

	/** The same writes as they are now: between finding and sending, consent can be withdrawn and profiles can be merged. */
	private async planAgain(chosen: ReadonlyMap<string, string>): Promise<PlannedWrite[]> {
		const { writes, plan } = await this.store.write(async (tx) => {
			const found = await tx.profiles.byCanonicalId([...new Set(chosen.values())]);
			const plan = await this.plan(tx, [...found.values()]);
			const planned = plan.writes.filter(({ entry }) => chosen.has(entry.target));
			await tx.ledger.put(planned.map(({ entry }) => entry));
			await this.settle(tx, [...(await tx.ledger.get(this.name, [...chosen.keys()])).values()], plan);
			return { writes: planned, plan };
		});
		await this.reportSkips(plan, new Set(chosen.keys()));
		return writes;
	}

	private async reportDryRun(plan: Plan, writes: readonly PlannedWrite[], open?: ReadonlySet<string>): Promise<void> {
		const fresh = writes.filter(({ entry }) => !this.shown.has(entry.target));
		for (const { entry } of fresh) this.shown.add(entry.target);
		this.count(plan);
		const planned = fresh.map(({ item }): SyncResult => {
			const values = { ...item.fields, ...(item.tags && { tags: item.tags }) };
			return { canonicalId: item.canonicalId, targetId: item.targetId, status: 'planned', fields: sentFields(item), values };
		});
		await this.reportSkips(plan, open);
		await this.sender.report(planned);
	}

	private now(): string {
		return new Date(this.options.now()).toISOString();
	}
}

function idleness(plan: Plan, canonicalId: string): Pick<SyncResult, 'status' | 'reason'> {
	const target = newTarget(canonicalId);
	if (plan.gone.includes(target)) return { status: 'absent', reason: 'its record there was deleted or is somebody else\'s, and it is not to get another one' };
	if (plan.absent.includes(target)) return { status: 'absent', reason: 'it has no record there, and none is to be added' };
	return { status: 'unchanged', reason: 'nothing differs from what was acknowledged' };
}

/** Of what is not sent now, but looked at again by the next run. */
function openOf({ skips }: Plan, wanted?: ReadonlySet<string>): LedgerEntry[] {
	return skips.flatMap(({ target, open }) => (open && (wanted?.has(target) ?? true) ? [open] : []));
}
