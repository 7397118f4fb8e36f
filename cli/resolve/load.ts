import { setImmediate } from 'node:timers/promises';
import {
	emptySummary, type FieldMapping, type FirstLoad, type IdentityStore, ingestPage, type IngestSummary, type IdentityModel, type MatchRun, type Prepared,
	type Preparer, preparingPart, type RawRecord, type RecordHead, type RejectedRecord,
} from '../../lib';
import { rawOf } from '../columns/fields';
import { FoundRows } from '../csv/found-rows';
import type { Row } from '../csv/rows';
import { inReadiness, rowBatches } from './batches';
import type { Input } from './input';
import { type NewRows, newRows, noteKnown, sortOut } from './known-rows';
import { OtherKinds } from './other-kinds';
import type { Progress } from './progress';
import type { LedgerRow, RowLedger } from './row-ledger';
import { rowVersion } from './row-version';
import { TimesOfChange } from './times-of-change';

/** Rows a transaction. Keys come in random order, so that each transaction writes most pages of a small store again: few large ones cost less. */
const BATCH = 2500;

export interface LoadOptions {
	store: IdentityStore;
	ledger: RowLedger;
	/** From the most to the least trusted. */
	systems: readonly string[];
	defaultCountry: string;
	progress: Progress;
	run: MatchRun;
	/** In force; another one that takes its place meanwhile is matched by all the same. */
	model: IdentityModel;
	preparer: Preparer;
	/** Where the store has no other records: takes the rows for as long as that is so. */
	first?: FirstLoad | undefined;
	/** Told after each batch how many rows of the files are in the store; throws to end it there. */
	onBatch?: (rows: number) => void;
}

export interface Loaded extends IngestSummary {
	/** When the rows were changed. */
	times: TimesOfChange;
	/** Rows that the store has as a record of the other kind, too. */
	otherKinds: OtherKinds;
	/** Rejected rows that are in the store as they were before: that version stays. */
	outdated: number;
	/** Attribute to rows that were read and have a value for it and none that can be used; rejected rows are not among them. */
	unreadable: Map<string, FoundRows>;
	/** The same for rows in which each of these values is a placeholder; they are not counted as unreadable. */
	placeholders: Map<string, FoundRows>;
}

/**
 * Reads all files again, now into the store: one transaction a batch, of rows that the store does not have as they are. What the first load takes is not
 * matched yet.
 */
export async function load(inputs: readonly Input[], { store, ledger, systems, defaultCountry, model, progress, run, preparer, first, onBatch }: LoadOptions): Promise<Loaded> {
	const summary: Loaded = { ...emptySummary(), times: new TimesOfChange(defaultCountry), otherKinds: new OtherKinds(ledger), unreadable: new Map(), placeholders: new Map(), outdated: 0 };
	const toRaw = (row: Row, entry: LedgerRow, input: Input, mapping: FieldMapping) => rawRecord(row, entry, input, mapping, summary.times);
	const { isEmpty, someRejected } = await store.read(async (tx) => ({ isEmpty: (await tx.records.scanHeads(0, 1)).length === 0, someRejected: (await tx.rejections.count()) > 0 }));
	const batches = rowBatches(inputs, { ledger, defaultCountry, model: preparingPart(model), size: BATCH, toRaw });
	let atOnce = first;
	for await (const { batch, results } of inReadiness(newRows(batches, isEmpty ? undefined : store, summary.otherKinds), preparer, run.steps)) {
		run.steps.enter('write');
		note(results, batch, ledger, summary);
		const { changed, same } = sortOut(results, batch);
		await noteKnown(store, same, someRejected ? batch.known : [], new Date().toISOString());
		summary.read += batch.known.length + same.length;
		summary.outcomes.unchanged += batch.known.length + same.length;
		summary.outdated += results.filter(({ rejected }, index) => rejected && isLiving(batch.stored[index])).length;
		if (changed.length > 0) {
			if (atOnce && !(await atOnce.put(changed, Date.now(), summary))) atOnce = undefined;
			if (!atOnce) await ingestPage(store, changed, { systems, now: Date.now(), summary, run });
		}
		progress.at(batch.until);
		// Lets a signal through.
		await setImmediate();
		onBatch?.(batch.until);
	}
	return summary;
}

function rawRecord(row: Row, { source, id, kind }: LedgerRow, input: Input, mapping: FieldMapping, times: TimesOfChange): RawRecord {
	const raw = rawOf(input.fields, row.cells);
	const changedAt = times.of(row, input, raw);
	return { system: source, object: kind, sourceId: id, version: rowVersion(mapping, changedAt, raw), updatedAt: changedAt ?? input.modifiedAt, raw };
}

function isLiving(head: RecordHead | undefined): boolean {
	return head !== undefined && !head.deleted;
}

function note(results: readonly Prepared[], { nos, input }: NewRows, ledger: RowLedger, loaded: Loaded): void {
	for (const [index, { rejected, unreadable, placeholders }] of results.entries()) {
		const no = nos[index];
		if (no === undefined) continue;
		if (rejected) ledger.reject(no, reasonOf(rejected));
		const where = () => `${input.csv.path}, line ${ledger.row(no).line}`;
		for (const name of unreadable) add(loaded.unreadable, name, where);
		for (const name of placeholders) add(loaded.placeholders, name, where);
	}
}

function add(found: Map<string, FoundRows>, name: string, where: () => string): void {
	const rows = found.get(name) ?? new FoundRows();
	rows.add(where);
	found.set(name, rows);
}

/** The reason without the record that it was said of, so that equal faults are counted together. */
function reasonOf({ reason, system, object, sourceId }: RejectedRecord): string {
	const starts = [`The record ${system} ${object} ${sourceId} `, `One record of ${system} ${object} `];
	const start = starts.find((text) => reason.startsWith(text));
	return `the ${object} ${start === undefined ? 'cannot be used' : reason.slice(start.length)}`;
}
