import { randomUUID } from 'node:crypto';
import type { LedgerEntry, Profile } from '../domain';
import { type IdentityStore, releaseLease, type StoreReader, takeLease, toProfiles } from '../store';
import type { Settings, WriteResult } from '../systems/definition';
import { type HttpClient, TerminalError, TransientError } from '../transport';
import { createdEntry, type Destination, destinationName, type Plan, type PlannedWrite, planWrites } from './plan';

/** What became of one record of the destination. */
export interface SyncResult {
	canonicalId: string;
	/** Null for a record that was not added. */
	targetId: string | null;
	/** `retry`: it failed for now and is tried again by the next run. `planned`: a dry run. */
	status: 'synced' | 'skipped' | 'failed' | 'retry' | 'planned';
	reason?: string;
	/** Names of the fields that were sent; with their values in a dry run. */
	fields: string[];
	values?: Record<string, unknown>;
}

export interface SyncSummary {
	synced: number;
	skipped: number;
	failed: number;
	retry: number;
	planned: number;
	unchanged: number;
	absent: number;
	fieldsCreated: string[];
	/** Another run was writing to this destination; nothing was done. */
	busy: boolean;
}

export interface SyncOptions {
	/** Everything that changed since the last run, or these profiles (current or retired IDs). */
	what: 'pending' | { canonicalIds: readonly string[] };
	dryRun: boolean;
	settings?: Settings;
	/** Milliseconds since 1970. */
	now: () => number;
	onResults?: (results: readonly SyncResult[]) => void | Promise<void>;
}

/** Profiles a step of a pending run; bounds memory. */
const STEP = 500;
/** A destination that fails so often in a row is down: the rest waits for the next run. */
const MOST_BROKEN_BATCHES = 3;

/**
 * Writes profiles to a destination: only differences from what the destination last acknowledged, in its largest batches, a result for each.
 *
 * Consent and canonical ID are read in the same transaction that writes the intention into the ledger, right before sending.
 * No transaction is open while the network is waited for. A stop between sending and recording leaves `pending` entries,
 * which the next run sends again (every write is an upsert, so that repeating one is harmless); nothing is forgotten.
 * @throws TerminalError when the destination refuses the whole call (wrong credentials, missing scope); what was to be sent stays due.
 * @throws TransientError when the destination is down for several batches in a row; likewise.
 */
export async function syncDestination(store: IdentityStore, client: HttpClient, destination: Destination, options: SyncOptions): Promise<SyncSummary> {
	const run = new SyncRun(store, client, destination, options);
	if (options.dryRun) return run.execute();
	const scope = `lease:${destinationName(destination)}`;
	const id = randomUUID();
	if (!(await takeLease(store, scope, id, options.now()))) return { ...emptySummary(), busy: true };
	try {
		return await run.execute(() => takeLease(store, scope, id, options.now()).then(() => undefined));
	} finally {
		await releaseLease(store, scope, id, options.now());
	}
}

function emptySummary(): SyncSummary {
	return { synced: 0, skipped: 0, failed: 0, retry: 0, planned: 0, unchanged: 0, absent: 0, fieldsCreated: [], busy: false };
}

class SyncRun {
	private readonly summary = emptySummary();
	private readonly name: string;
	private fieldsEnsured = false;
	private brokenBatches = 0;
	private broken: TransientError | undefined;

	constructor(
		private readonly store: IdentityStore,
		private readonly client: HttpClient,
		private readonly destination: Destination,
		private readonly options: SyncOptions,
	) {
		this.name = destinationName(destination);
	}

	async execute(renew: () => Promise<void> = async () => undefined): Promise<SyncSummary> {
		if (this.options.what === 'pending') await this.pending(renew);
		else {
			const ids = this.options.what.canonicalIds;
			for (let start = 0; start < ids.length; start += STEP) {
				await renew();
				await this.step(async (tx) => {
					const found = await tx.profiles.byCanonicalId(ids.slice(start, start + STEP));
					return [...new Map([...found.values()].map((profile) => [profile.no, profile])).values()].filter(({ entity }) => entity === this.destination.definition.entity);
				});
			}
		}
		return this.summary;
	}

	/** First what an earlier run left open, then what changed since, in order of the change feed. */
	private async pending(renew: () => Promise<void>): Promise<void> {
		let afterTarget = '';
		for (;;) {
			await renew();
			const open = await this.store.read((tx) => tx.ledger.byStatus(this.name, ['pending', 'retry'], afterTarget, STEP));
			const last = open.at(-1);
			if (!last) break;
			afterTarget = last.target;
			await this.step(async (tx) => {
				const found = await tx.profiles.byCanonicalId([...new Set(open.map(({ canonicalId }) => canonicalId))]);
				return [...new Map([...found.values()].map((profile) => [profile.no, profile])).values()];
			});
		}
		const scope = `sync:${this.name}:${this.fieldsSignature()}`;
		for (let cursor = await this.cursor(scope); ; ) {
			await renew();
			const next = cursor;
			const profiles = await this.step((tx) => tx.profiles.changedSince(this.destination.definition.entity, next, STEP));
			const last = profiles.at(-1);
			if (!last) return;
			cursor = last.revision;
			if (this.options.dryRun) continue;
			await this.store.write((tx) => tx.cursors.set(scope, cursor, new Date(this.options.now()).toISOString()));
		}
	}

	private async cursor(scope: string): Promise<number> {
		const value = await this.store.read((tx) => tx.cursors.get(scope));
		return typeof value === 'number' ? value : 0;
	}

	/** A new choice of fields makes everything due again; the ledger keeps what is right already from being sent. */
	private fieldsSignature(): string {
		const { fields, createMissing, segmentTags } = this.destination;
		const names = fields.map(({ source, target, type }) => `${source}>${target}:${type}`).sort().join(',');
		return `${names}|${createMissing ? 'create' : 'update'}|${segmentTags ? 'tags' : 'fields'}`;
	}

	private async step<T extends { no: number; revision: number }>(select: (tx: StoreReader) => Promise<T[]>): Promise<T[]> {
		const at = new Date(this.options.now()).toISOString();
		const work = async (tx: StoreReader): Promise<{ selected: T[]; plan: Plan }> => {
			const selected = await select(tx);
			const built = (await tx.profiles.byNo(selected.map(({ no }) => no))).filter(({ golden, empty }) => golden !== null && !empty);
			const profiles: Profile[] = await toProfiles(tx, built);
			return { selected, plan: await planWrites(tx, profiles, this.destination, at) };
		};
		if (this.options.dryRun) {
			const { selected, plan } = await this.store.read(work);
			await this.reportPlan(plan);
			return selected;
		}
		const { selected, plan } = await this.store.write(async (tx) => {
			const planned = await work(tx);
			await tx.ledger.put(planned.plan.writes.map(({ entry }) => entry));
			return planned;
		});
		this.summary.unchanged += plan.unchanged;
		this.summary.absent += plan.absent;
		await this.report(plan.skips.map(({ canonicalId, reason }) => ({ canonicalId, targetId: null, status: 'skipped', reason, fields: [] })));
		const size = this.destination.definition.maxBatch;
		for (let start = 0; start < plan.writes.length; start += size) await this.send(plan.writes.slice(start, start + size));
		return selected;
	}

	private async send(batch: readonly PlannedWrite[]): Promise<void> {
		const { definition, fields } = this.destination;
		let results: WriteResult[];
		try {
			if (this.broken && this.brokenBatches >= MOST_BROKEN_BATCHES) throw this.broken;
			if (!this.fieldsEnsured) {
				const { created } = await definition.ensureFields(this.client, fields, this.options.settings);
				this.summary.fieldsCreated.push(...created);
				this.fieldsEnsured = true;
			}
			results = await definition.write(this.client, batch.map(({ item }) => item), this.options.settings);
			this.brokenBatches = 0;
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			await this.record(batch, batch.map(() => ({ status: 'retry', reason })));
			if (!(error instanceof TransientError)) throw error;
			this.broken = error;
			this.brokenBatches += 1;
			if (this.brokenBatches >= MOST_BROKEN_BATCHES) throw error;
			return;
		}
		if (results.length !== batch.length) {
			throw new TerminalError(`${results.length} results for ${batch.length} records`, { system: this.destination.system, operation: 'write', remedy: 'This is a fault of this package; please report it' });
		}
		await this.record(batch, results);
	}

	private async record(batch: readonly PlannedWrite[], results: readonly WriteResult[]): Promise<void> {
		const at = new Date(this.options.now()).toISOString();
		const entries = batch.flatMap((write, index) => ledgerEntries(write, results[index] as WriteResult, at));
		await this.store.write((tx) => tx.ledger.put(entries));
		await this.report(batch.map((write, index) => toSyncResult(write, results[index] as WriteResult)));
	}

	private async reportPlan(plan: Plan): Promise<void> {
		this.summary.unchanged += plan.unchanged;
		this.summary.absent += plan.absent;
		await this.report([
			...plan.skips.map(({ canonicalId, reason }): SyncResult => ({ canonicalId, targetId: null, status: 'skipped', reason, fields: [] })),
			...plan.writes.map(({ item }): SyncResult => ({
				canonicalId: item.canonicalId,
				targetId: item.targetId,
				status: 'planned',
				fields: sentFields(item),
				values: { ...item.fields, ...(item.tags && { tags: item.tags }) },
			})),
		]);
	}

	private async report(results: readonly SyncResult[]): Promise<void> {
		if (results.length === 0) return;
		for (const { status } of results) this.summary[status] += 1;
		await this.options.onResults?.(results);
	}
}

function ledgerEntries(write: PlannedWrite, result: WriteResult, at: string): LedgerEntry[] {
	const attempts = write.entry.attempts + 1;
	if (result.status !== 'acknowledged') return [{ ...write.entry, status: result.status, reason: result.reason, attempts, at }];
	const entry: LedgerEntry = { ...write.entry, target: result.targetId, acknowledged: write.acknowledges, status: 'acknowledged', attempts: 0, at };
	return write.item.targetId === null ? [entry, createdEntry(write, result.targetId, at)] : [entry];
}

function toSyncResult({ item }: PlannedWrite, result: WriteResult): SyncResult {
	const base = { canonicalId: item.canonicalId, fields: sentFields(item) };
	if (result.status === 'acknowledged') return { ...base, targetId: result.targetId, status: 'synced' };
	return { ...base, targetId: item.targetId, status: result.status, reason: result.reason };
}

function sentFields(item: PlannedWrite['item']): string[] {
	return [...Object.keys(item.fields), ...(item.tags ? ['tags'] : [])];
}
