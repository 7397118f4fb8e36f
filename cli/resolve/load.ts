import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
	emptySummary, type FieldMapping, type IdentityStore, ingestPage, type IngestSummary, type MatchRun, normalizeDateTime, normalizeRecord, type RawRecord,
	type RejectedRecord, type SourceRecord,
} from '../../lib';
import { type Kind, mappingOf, rawOf } from '../columns/fields';
import { readRows, type Row } from '../csv/rows';
import type { Input } from './input';
import type { Progress } from './progress';
import type { LedgerRow, RowLedger } from './row-ledger';

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
}

export interface Loaded extends IngestSummary {
	/** Rows with a time of change that can't be read; the file's time counted for them. */
	unreadableTimes: number;
	/** Attribute to rows that have a value for it and none that can be used; rejected rows are not among them. */
	unreadable: Map<string, number>;
}

/** Reads all files again, now into the store: normalize, match, one transaction a batch. */
export async function load(inputs: readonly Input[], options: LoadOptions): Promise<Loaded> {
	const summary: Loaded = { ...emptySummary(), unreadableTimes: 0, unreadable: new Map() };
	let no = 0;
	let batch: RawRecord[] = [];
	let mappings: Map<string, FieldMapping> = new Map();
	const flush = async () => {
		const first = no - batch.length + 1;
		let index = 0;
		await ingestPage(options.store, batch, {
			normalize: (raw) => {
				const mapping = mappings.get(`${raw.object}:${raw.system}`);
				if (!mapping) throw new Error(`no mapping was made for ${raw.object} of ${raw.system}`);
				const result = normalizeRecord(raw, mapping, { defaultCountry: options.defaultCountry });
				if (result.rejected) options.ledger.reject(first + index, reasonOf(result.rejected));
				if (result.record) countUnreadable(result.record.attributes, summary.unreadable);
				index += 1;
				return result;
			},
			systems: options.systems,
			now: Date.now(),
			summary,
			run: options.run,
		});
		options.run.steps.enter('read');
		batch = [];
		options.progress.at(no);
		// Lets a signal through.
		await setImmediate();
	};
	options.run.steps.enter('read');
	for (const input of inputs) {
		mappings = new Map();
		for await (const row of readRows(input.csv)) {
			no += 1;
			const entry = options.ledger.row(no);
			const name = `${entry.kind}:${entry.source}`;
			if (!mappings.has(name)) mappings.set(name, mappingOf(input.fields, entry.source, entry.kind satisfies Kind, options.defaultCountry));
			batch.push(rawRecord(row, entry, input, summary));
			if (batch.length === BATCH) await flush();
		}
		if (batch.length > 0) await flush();
	}
	return summary;
}

function rawRecord({ cells }: Row, { source, id, kind }: LedgerRow, { fields, updatedColumn, modifiedAt }: Input, summary: Loaded): RawRecord {
	const changed = normalizeDateTime(updatedColumn ? cells[updatedColumn.index] : undefined);
	if (changed && !changed.valid) summary.unreadableTimes += 1;
	return {
		system: source,
		object: kind,
		sourceId: id,
		version: hash('sha256', JSON.stringify(cells), 'hex').slice(0, 32),
		updatedAt: changed?.valid ? String(changed.value) : modifiedAt,
		raw: rawOf(fields, cells),
	};
}

function countUnreadable(attributes: SourceRecord['attributes'], counts: Map<string, number>): void {
	for (const [name, values] of Object.entries(attributes)) {
		if (values.length > 0 && values.every(({ valid }) => !valid)) counts.set(name, (counts.get(name) ?? 0) + 1);
	}
}

/** The reason without the record that it was said of, so that equal faults are counted together. */
function reasonOf({ reason, system, object, sourceId }: RejectedRecord): string {
	const starts = [`The record ${system} ${object} ${sourceId} `, `One record of ${system} ${object} `];
	const start = starts.find((text) => reason.startsWith(text));
	return `the ${object} ${start === undefined ? 'cannot be used' : reason.slice(start.length)}`;
}
