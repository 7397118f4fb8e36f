import type { LedgerEntry } from '../domain';
import type { IdentityStore } from '../store';
import type { WriteResult } from '../systems/definition';
import { type HttpClient, TerminalError, TransientError } from '../transport';
import { type Destination, destinationName } from './destination';
import { askedFor, createdState, isUncertain, type KnownState, stateOnceAcknowledged, stateOnceCreated } from './known-state';
import { asSent } from './lost-creation';
import type { PlannedWrite } from './plan';
import type { SyncOptions, SyncResult, SyncSummary } from './sync';
import { closed } from './watched';

/** A destination that fails so often in a row is down: the rest waits for the next run. */
const MOST_BROKEN_BATCHES = 3;
/** Who asks to wait longer than this is not called again in this run. Milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** Sends batches to one destination and writes down what became of each record. */
export class Sender {
	private fieldsEnsured = false;
	private brokenBatches = 0;
	private down: TransientError | undefined;

	constructor(
		private readonly store: IdentityStore,
		private readonly client: HttpClient,
		private readonly destination: Destination,
		private readonly options: SyncOptions,
		private readonly summary: SyncSummary,
	) {}

	/**
	 * Sends batches side by side. When one of them is refused as a whole, the others are still recorded.
	 * @throws TerminalError, TransientError for what concerns more than one batch
	 */
	async send(batches: readonly (readonly PlannedWrite[])[]): Promise<void> {
		if (batches.length === 0) return;
		await this.ensureFields(batches.flat());
		const outcomes = await Promise.allSettled(batches.map((batch) => this.sendBatch(batch)));
		const refused = outcomes.find((outcome) => outcome.status === 'rejected');
		if (refused) throw refused.reason;
		if (this.down) throw this.down;
	}

	private async ensureFields(writes: readonly PlannedWrite[]): Promise<void> {
		if (this.fieldsEnsured) return;
		const { definition, fields } = this.destination;
		try {
			const { created } = await definition.ensureFields(this.client, fields, this.options.settings);
			this.summary.fieldsCreated.push(...created);
			this.fieldsEnsured = true;
		} catch (error) {
			await this.record(writes, toRetry(writes, error));
			throw error;
		}
	}

	private async sendBatch(batch: readonly PlannedWrite[]): Promise<void> {
		let results: WriteResult[];
		try {
			results = await this.destination.definition.write(this.client, batch.map(({ item }) => item), this.options.settings);
		} catch (error) {
			const isUnanswered = error instanceof TransientError;
			await this.record(isUnanswered ? batch.map(asSent) : batch, toRetry(batch, error));
			if (!isUnanswered) throw error;
			this.noteBroken(error);
			return;
		}
		if (results.length !== batch.length) {
			const context = { system: this.client.system, operation: 'write', remedy: 'This is a fault of this package; please report it' };
			throw new TerminalError(`${results.length} results for ${batch.length} records`, context);
		}
		await this.record(batch.map((write, index) => (results[index]?.status === 'retry' ? asSent(write) : write)), results);
		this.judge(results);
	}

	/** A batch of which nothing got through is broken too, whether the vendor said so for the call or for each record. */
	private judge(results: readonly WriteResult[]): void {
		const open = results.flatMap((result) => (result.status === 'retry' ? [result] : []));
		const [first] = open;
		if (!first || open.length < results.length) {
			this.brokenBatches = 0;
			return;
		}
		const retryAfterMs = Math.max(...open.map((result) => result.retryAfterMs ?? 0));
		const context = { system: this.client.system, operation: 'write', ...(retryAfterMs > 0 && { retryAfterMs }) };
		this.noteBroken(new TransientError(`no record of the batch could be written: ${first.reason}`, context));
	}

	private noteBroken(error: TransientError): void {
		this.brokenBatches += 1;
		if (this.brokenBatches >= MOST_BROKEN_BATCHES || (error.context.retryAfterMs ?? 0) > LONGEST_WAIT_MS) this.down = error;
	}

	private async record(batch: readonly PlannedWrite[], results: readonly WriteResult[]): Promise<void> {
		const at = new Date(this.options.now()).toISOString();
		const added = batch.flatMap(({ item }, index) => (item.targetId === null ? idOf(results[index] as WriteResult) : []));
		await this.store.write(async (tx) => {
			const before = await tx.ledger.get(destinationName(this.destination), added);
			await tx.ledger.put(batch.flatMap((write, index) => ledgerEntries(write, results[index] as WriteResult, before, at)));
		});
		await this.report(batch.map((write, index) => toSyncResult(write, results[index] as WriteResult)));
	}

	async report(results: readonly SyncResult[]): Promise<void> {
		if (results.length === 0) return;
		for (const { status } of results) this.summary[status] += 1;
		await this.options.onResults?.(results);
	}
}

function toRetry(batch: readonly PlannedWrite[], error: unknown): WriteResult[] {
	const reason = error instanceof Error ? error.message : String(error);
	return batch.map(() => ({ status: 'retry', reason }));
}

function idOf(result: WriteResult): string[] {
	return result.status === 'acknowledged' ? [result.targetId] : [];
}

/** @param before what the ledger has of records that were asked for as new ones and were there */
function ledgerEntries({ item, entry, desired, tags }: PlannedWrite, result: WriteResult, before: ReadonlyMap<string, LedgerEntry>, at: string): LedgerEntry[] {
	if (result.status !== 'acknowledged') {
		const refused = { ...entry, status: result.status, reason: result.reason, attempts: entry.attempts + 1, at };
		if (item.targetId !== null || result.status === 'retry') return [refused];
		// What was refused as a new record is not there, unless an earlier call without an answer has made it.
		return [askedFor(entry.acknowledged) ? closed(refused, result.reason, at) : { ...refused, acknowledged: {} }];
	}
	const done = { ...entry, status: 'acknowledged' as const, attempts: 0, at };
	const unlessUncertain = (acknowledged: KnownState, reason: string): LedgerEntry => ({ ...done, acknowledged, ...(isUncertain(acknowledged) && { status: 'retry', reason }) });
	if (item.targetId === null) {
		const acknowledged = stateOnceCreated(before.get(result.targetId)?.acknowledged ?? {}, desired, tags);
		const own = unlessUncertain(acknowledged, 'the record was there, and what it holds of another profile is still to be taken away');
		return [{ ...own, target: result.targetId }, { ...done, acknowledged: createdState(result.targetId) }];
	}
	return [unlessUncertain(stateOnceAcknowledged(entry.acknowledged, desired, tags), 'fields that another sync keeps there are still to be written')];
}

function toSyncResult({ item }: PlannedWrite, result: WriteResult): SyncResult {
	const base = { canonicalId: item.canonicalId, fields: sentFields(item) };
	if (result.status === 'acknowledged') return { ...base, targetId: result.targetId, status: 'synced' };
	return { ...base, targetId: item.targetId, status: result.status, reason: result.reason };
}

export function sentFields(item: PlannedWrite['item']): string[] {
	return [...Object.keys(item.fields), ...(item.tags ? ['tags'] : [])];
}
