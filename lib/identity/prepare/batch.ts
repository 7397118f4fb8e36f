import type { FieldMapping, RawRecord, RejectedRecord, SourceRecord } from '../../domain';
import { type ComparingModel, type KeyingModel, toComparable } from '../../match';
import { normalizeRecord } from '../../normalize';
// From their own files: the program of the threads would carry both databases otherwise.
import { headOf, type PackedHead } from '../../store/packed-record';
import { recordContent } from '../../store/record-version';
import { type ReadyRecord, readyRecord } from './ready-record';

/** Records to make ready together. Nothing but JSON, so that it can go to another thread as text. */
export interface PrepareBatch {
	records: readonly RawRecord[];
	/** Not of kind `activity`: those need a reader, which is code. */
	mappings: readonly FieldMapping[];
	/** For each record, which of the mappings is its own. */
	mappingOf: readonly number[];
	/** ISO 3166 alpha-2, as in NormalizeOptions. */
	defaultCountry?: string;
	/** Where records are made ready for comparison, too. */
	model?: PreparingModel;
}

/** As much of an identity model as decides on what a record is compared by and found under. */
export type PreparingModel = ComparingModel & KeyingModel;

/** One record made ready, as JSON carries it; what is long goes beside it as texts of their own. */
export interface PreparedRow {
	rejected?: RejectedRecord;
	head?: PackedHead;
	hash?: string;
	/** Attributes that have a value and none that can be used, unless all are placeholders. */
	unreadable?: string[];
	/** Attributes that have placeholders and no other value. */
	placeholders?: string[];
}

export interface PreparedBatch {
	/** One a record, in order. */
	rows: PreparedRow[];
	/** Content of each record, as the store keeps it; empty where it was rejected. */
	contents: string[];
	/** What matching needs of each record, where that was asked for and the record is not deleted; empty texts and no bytes elsewhere. */
	said: string[];
	who: string[];
	listed: string[];
	/** One record's behind the other's: a message carries one long list at a fraction of what many short ones would take. */
	digests: Uint8Array<ArrayBuffer>;
	/** Behind the last byte of each record. */
	ends: number[];
}

/**
 * Normalizes each record by its mapping, in order, and makes it ready for the store. Pure.
 * @throws Error for a mapping that is not valid, as normalizeRecord does
 */
export function prepareBatch({ records, mappings, mappingOf, defaultCountry, model }: PrepareBatch): PreparedBatch {
	const contents: string[] = [];
	const ready: (ReadyRecord | undefined)[] = [];
	const rows = records.map((raw, index): PreparedRow => {
		const mapping = mappings[mappingOf[index] ?? -1];
		if (!mapping) throw new Error(`no mapping was given for a record of ${raw.system} ${raw.object}`);
		const { record, rejected } = normalizeRecord(raw, mapping, { defaultCountry });
		if (!record) {
			contents.push('');
			ready.push(undefined);
			return { rejected };
		}
		const { json, hash } = recordContent(record);
		contents.push(json);
		ready.push(model && record.deleted !== true ? readyRecord(toComparable(record, 0, model), record, model) : undefined);
		return { head: headOf(record), hash, ...unusableOf(record) };
	});
	return { rows, contents, ...joined(ready) };
}

/** What was made ready of each record, column by column. */
export function joined(ready: readonly (ReadyRecord | undefined)[]): Pick<PreparedBatch, 'said' | 'who' | 'listed' | 'digests' | 'ends'> {
	const ends: number[] = [];
	for (const one of ready) ends.push((ends.at(-1) ?? 0) + (one?.digests.length ?? 0));
	const digests = new Uint8Array(ends.at(-1) ?? 0);
	for (const [index, one] of ready.entries()) if (one) digests.set(one.digests, (ends[index] as number) - one.digests.length);
	return { said: ready.map((one) => one?.said ?? ''), who: ready.map((one) => one?.who ?? ''), listed: ready.map((one) => one?.listed ?? ''), digests, ends };
}

function unusableOf({ attributes }: SourceRecord): Pick<PreparedRow, 'unreadable' | 'placeholders'> {
	const unusable = Object.entries(attributes).filter(([, values]) => values.length > 0 && values.every(({ valid }) => !valid));
	if (unusable.length === 0) return {};
	const names = (filledIn: boolean) => unusable.flatMap(([name, values]) => (values.every(({ flags }) => flags?.includes('placeholder')) === filledIn ? [name] : []));
	return { unreadable: names(false), placeholders: names(true) };
}

/** The part of a model that records are made ready by. */
export function preparingPart({ identifiers, blockedValues, matching: { person, company } }: PreparingModel): PreparingModel {
	return { identifiers, blockedValues, matching: { person: { blocking: person.blocking }, company: { blocking: company.blocking } } };
}
