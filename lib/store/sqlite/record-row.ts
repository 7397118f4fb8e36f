import type { SourceRecord } from '../../domain';
import type { RecordHead, StoredRecord, WrittenRecord } from '../interface';
import { readContent } from '../stored-texts';
import { fromStoredText } from '../text';

export type HeadRow = readonly [
	no: number, system: string, object: string, sourceId: string, kind: SourceRecord['kind'], version: string, updatedAt: string, deleted: number,
	hash: string, profileNo: number | null, firstSeenAt: string,
];
export type RecordRow = readonly [...HeadRow, content: string, place?: number];

/** The columns of both, in this order, of records as `r` and their contents as `c`. */
export const HEAD = 'r.no, r.system, r.object, r.source_id, r.kind, r.version, r.updated_at, r.deleted, r.hash, r.profile_no, r.first_seen_at';
export const RECORD = `${HEAD}, c.content`;

export function toRecord(row: RecordRow): StoredRecord {
	const { hash: _hash, ...record } = toWritten(row);
	return record;
}

export function toWritten(row: RecordRow): WrittenRecord {
	const head = toHead(row);
	return { ...head, ...readContent(row[11], head) };
}

export function toHead(row: HeadRow | RecordRow): RecordHead {
	const [no, system, object, sourceId, kind, version, updatedAt, deleted, hash, profileNo, firstSeenAt] = row;
	const head = { no, system, object, sourceId: fromStoredText(sourceId), version, updatedAt, kind, profileNo, firstSeenAt, hash };
	return deleted === 1 ? { ...head, deleted: true } : head;
}
