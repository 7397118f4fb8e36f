import type { RecordNo, SourceRecord } from '../../domain';
import type { StoredRecord } from '../interface';
import type { RecordChanges, Written } from '../record-batch';
import { toStoredText } from '../text';
import type { Connection } from './connection';

export function updateRecord(db: Connection, { no, written: { record, json, hash }, before, sameContent }: RecordChanges['changed'][number]): void {
	db.run(
		'UPDATE records SET kind = ?, version = ?, updated_at = ?, deleted = ?, hash = ? WHERE no = ?',
		record.kind,
		record.version,
		record.updatedAt,
		record.deleted ? 1 : 0,
		hash,
		no,
	);
	if (sameContent) return;
	db.run('UPDATE record_contents SET content = ? WHERE no = ?', json, no);
	if (before) unlink(db, before);
	link(db, no, record);
}

/** Returns its number. Numbers of one transaction follow one another: nobody else writes meanwhile. */
export function insertRecord(db: Connection, { record, json, hash }: Written, at: string): RecordNo {
	const { lastNo } = db.run(
		`INSERT INTO records (system, object, source_id, kind, version, updated_at, deleted, hash, first_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		record.system,
		record.object,
		toStoredText(record.sourceId),
		record.kind,
		record.version,
		record.updatedAt,
		record.deleted ? 1 : 0,
		hash,
		at,
	);
	db.run('INSERT INTO record_contents (no, content) VALUES (?, ?)', lastNo, json);
	link(db, lastNo, record);
	return lastNo;
}

function link(db: Connection, no: RecordNo, record: SourceRecord): void {
	for (const { type, system, object, sourceId } of record.links) {
		const sql = 'INSERT OR IGNORE INTO links (source_id, object, system, type, no) VALUES (?, ?, ?, ?, ?)';
		db.run(sql, toStoredText(sourceId), object, system, type, no);
	}
}

/** What a record links to leads to it no longer. */
export function unlink(db: Connection, record: StoredRecord): void {
	for (const { type, system, object, sourceId } of record.links) {
		const sql = 'DELETE FROM links WHERE source_id = ? AND object = ? AND system = ? AND type = ? AND no = ?';
		db.run(sql, toStoredText(sourceId), object, system, type, record.no);
	}
}
