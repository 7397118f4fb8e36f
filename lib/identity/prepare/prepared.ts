import type { IdentityModel, RecordNo, SourceRecord } from '../../domain';
import { refKey } from '../../domain';
import { type Comparable, type PackedComparable, rememberCopiesKey, rememberKeys, unpackComparable } from '../../match';
import type { Normalized } from '../../normalize';
import { readListedKeys, type StoredRecord } from '../../store';
import { PackedContent, PackedRecord } from '../../store/packed-record';
import { type PreparedBatch, preparingPart, type PreparingModel } from './batch';
import type { ReadyRecord } from './ready-record';

/** A normalized record, or a rejection, with what is known of it beside. */
export type Prepared = Normalized & {
	/** Attributes that have a value and none that can be used, unless all are placeholders. */
	unreadable: readonly string[];
	/** Attributes that have placeholders and no other value. */
	placeholders: readonly string[];
};

interface Ready {
	/** {@link faceOf} the model that it was made by. */
	face: string;
	record: ReadyRecord;
}

/** Found by the content, which stays the same object from the thread that read it to the store. */
const ready = new WeakMap<PackedContent, Ready>();

/** Results in the order of the batch. */
export function unpackBatch({ rows, contents, said, who, listed, digests, ends }: PreparedBatch, model: PreparingModel | undefined): Prepared[] {
	return rows.map(({ head, hash, rejected, unreadable = [], placeholders = [] }, index) => {
		if (rejected) return { rejected, unreadable, placeholders };
		if (!head || hash === undefined) throw new Error(`record ${index + 1} of a batch came back neither ready nor rejected`);
		const content = new PackedContent(contents[index] ?? '', hash);
		const own = said[index];
		if (own && model) {
			const keys = digests.subarray(ends[index - 1] ?? 0, ends[index]);
			ready.set(content, { face: faceOf(model), record: { said: own, who: who[index] ?? '', listed: listed[index] ?? '', digests: keys } });
		}
		return { record: new PackedRecord(head, content), unreadable, placeholders };
	});
}

/** What the record is compared by, where it was made ready by a model that makes the same of it. */
export function readyComparable(record: StoredRecord, no: RecordNo, model: IdentityModel): Comparable | undefined {
	const made = readyRecordOf(record, model);
	if (!made) return undefined;
	const comparable = unpackComparable(JSON.parse(made.said) as PackedComparable, no, refKey(record), model);
	const keys = readListedKeys(made.listed, refKey(record));
	rememberCopiesKey(comparable, keys.pop()?.key ?? '');
	rememberKeys(comparable, model, keys);
	return comparable;
}

/** What matching needs of the record, under the same condition. */
export function readyRecordOf(record: SourceRecord, model: PreparingModel): ReadyRecord | undefined {
	const known = record instanceof PackedRecord ? ready.get(record.content) : undefined;
	return known?.face === faceOf(model) ? known.record : undefined;
}

const faces = new WeakMap<PreparingModel, string>();

/** Equal for models by which records are made ready in the same way. */
export function faceOf(model: PreparingModel): string {
	let face = faces.get(model);
	if (face === undefined) {
		face = JSON.stringify(preparingPart(model));
		faces.set(model, face);
	}
	return face;
}
