import { refKey, type RecordNo, type RecordRef, type SourceRecord } from '../../domain';
import { StoreError } from '../errors';
import type { PutResult, RecordHead, RecordWriter, StoredRecord } from '../interface';
import { compareRecordVersions, FORGOTTEN, NO_CONTENT, recordContent } from '../record-version';
import { writtenRecord } from '../written-record';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

interface HeadRow {
	no: number;
	system: string;
	object: string;
	source_id: string;
	kind: SourceRecord['kind'];
	version: string;
	updated_at: string;
	deleted: number;
	hash: string;
	profile_no: number | null;
	first_seen_at: string;
}
type RecordRow = HeadRow & { content: string };

const SELECT_RECORD = 'SELECT r.*, c.content FROM records r JOIN record_contents c ON c.no = r.no';

/** Numbers are handed over as one JSON list: a statement a record would cost more than what it finds. */
const BY_NO = (columns: string, join: string) => `SELECT ${columns} FROM json_each(?) n CROSS JOIN records r ON r.no = n.value ${join} ORDER BY n.key`;

export class SqliteRecords implements Immediate<RecordWriter> {
	constructor(private readonly db: Connection) {}

	byNo(nos: readonly RecordNo[]): StoredRecord[] {
		return this.db.all<RecordRow>(BY_NO('r.*, c.content', 'CROSS JOIN record_contents c ON c.no = r.no'), JSON.stringify(nos)).map(toRecord);
	}

	hashes(nos: readonly RecordNo[]): Map<RecordNo, string> {
		const rows = this.db.all<{ no: number; hash: string }>('SELECT r.no, r.hash FROM json_each(?) n CROSS JOIN records r ON r.no = n.value', JSON.stringify(nos));
		return new Map(rows.map(({ no, hash }) => [no, hash]));
	}

	heads(nos: readonly RecordNo[]): RecordHead[] {
		return this.db.all<HeadRow>(BY_NO('r.*', ''), JSON.stringify(nos)).map(toHead);
	}

	byRef(refs: readonly RecordRef[]): Map<string, StoredRecord> {
		const found = new Map<string, StoredRecord>();
		for (const ref of refs) {
			const head = this.#head(ref);
			const record = head && this.#read(head.no);
			if (record) found.set(refKey(ref), record);
		}
		return found;
	}

	ofProfiles(profileNos: readonly number[]): StoredRecord[] {
		const records = [...new Set(profileNos)].flatMap((profileNo) =>
			this.db.all<RecordRow>(`${SELECT_RECORD} WHERE r.profile_no = ? AND r.deleted = 0 AND r.kind <> 'activity'`, profileNo),
		);
		return records.map(toRecord).sort((x, y) => x.no - y.no);
	}

	headsOfProfiles(profileNos: readonly number[]): RecordHead[] {
		const sql = `SELECT r.* FROM json_each(?) p CROSS JOIN records r ON r.profile_no = p.value WHERE r.deleted = 0 AND r.kind <> 'activity' ORDER BY r.no`;
		return this.db.all<HeadRow>(sql, JSON.stringify([...new Set(profileNos)])).map(toHead);
	}

	linkingTo(type: 'member_of' | 'owned_by', targets: readonly RecordRef[]): Map<string, StoredRecord[]> {
		const found = new Map<string, StoredRecord[]>();
		for (const target of targets) {
			const rows = this.db.all<RecordRow>(
				`SELECT r.*, c.content FROM links l JOIN records r ON r.no = l.no JOIN record_contents c ON c.no = l.no
				WHERE l.source_id = ? AND l.object = ? AND l.system = ? AND l.type = ? AND r.deleted = 0 ORDER BY l.no`,
				toStoredText(target.sourceId),
				target.object,
				target.system,
				type,
			);
			if (rows.length > 0) found.set(refKey(target), rows.map(toRecord));
		}
		return found;
	}

	scan(afterNo: RecordNo, limit: number): StoredRecord[] {
		return this.db.all<RecordRow>(`${SELECT_RECORD} WHERE r.no > ? ORDER BY r.no LIMIT ?`, afterNo, rowLimit(limit)).map(toRecord);
	}

	settledActivities(before: string, afterNo: RecordNo, limit: number): StoredRecord[] {
		const sql = `${SELECT_RECORD} WHERE r.no > ? AND r.kind = 'activity' AND r.deleted = 0 AND r.updated_at < ? ORDER BY r.no LIMIT ?`;
		return this.db.all<RecordRow>(sql, afterNo, before, rowLimit(limit)).map(toRecord);
	}

	counts(): { system: string; object: string; records: number }[] {
		return this.db.all<{ system: string; object: string; records: number }>(
			'SELECT system, object, count(*) AS records FROM records WHERE deleted = 0 GROUP BY system, object ORDER BY system, object',
		).map((row) => ({ ...row }));
	}

	put(records: readonly SourceRecord[], at: string): PutResult[] {
		return records.map((record) => this.#put(record, at));
	}

	assign(assignments: readonly { no: RecordNo; profileNo: number | null }[]): void {
		for (const { no, profileNo } of assignments) {
			const { changes } = this.db.run('UPDATE records SET profile_no = ? WHERE no = ?', profileNo, no);
			if (changes === 0) throw new StoreError('conflict', `Record number ${no} can't be given a profile: the store has no such record`);
		}
	}

	forget(nos: readonly RecordNo[]): void {
		for (const no of nos) {
			const before = this.#read(no);
			const { changes } = this.db.run(`UPDATE records SET deleted = 1, hash = ? || hash WHERE no = ? AND kind = 'activity' AND deleted = 0`, FORGOTTEN, no);
			if (!before || changes === 0) continue;
			this.#unlink(before);
			this.db.run('UPDATE record_contents SET content = ? WHERE no = ?', NO_CONTENT, no);
		}
	}

	#put(record: SourceRecord, at: string): PutResult {
		const { json, hash } = recordContent(record);
		const head = this.#head(record);
		if (!head) {
			const no = this.#insert(record, json, hash, at);
			return { no, outcome: 'new', record: writtenRecord(record, { no, profileNo: null, firstSeenAt: at, hash }) };
		}
		const { no } = head;
		if (head.hash === hash && head.version === record.version && head.updated_at === record.updatedAt) return { no, outcome: 'unchanged' };
		const stored = { updatedAt: head.updated_at, version: head.version, hash: head.hash };
		if (compareRecordVersions({ updatedAt: record.updatedAt, version: record.version, hash }, stored) < 0) return { no, outcome: 'stale' };
		const before = this.#read(no);
		this.db.run(
			'UPDATE records SET kind = ?, version = ?, updated_at = ?, deleted = ?, hash = ? WHERE no = ?',
			record.kind,
			record.version,
			record.updatedAt,
			record.deleted ? 1 : 0,
			hash,
			no,
		);
		if (head.hash !== hash) {
			this.db.run('UPDATE record_contents SET content = ? WHERE no = ?', json, no);
			if (before) this.#unlink(before);
			this.#link(no, record);
		}
		const now = writtenRecord(record, { no, profileNo: head.profile_no, firstSeenAt: head.first_seen_at, hash });
		return { no, outcome: 'changed', record: now, ...(before && { before }) };
	}

	#insert(record: SourceRecord, json: string, hash: string, at: string): RecordNo {
		const { lastNo } = this.db.run(
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
		this.db.run('INSERT INTO record_contents (no, content) VALUES (?, ?)', lastNo, json);
		this.#link(lastNo, record);
		return lastNo;
	}

	#link(no: RecordNo, record: SourceRecord): void {
		for (const { type, system, object, sourceId } of record.links) {
			const sql = 'INSERT OR IGNORE INTO links (source_id, object, system, type, no) VALUES (?, ?, ?, ?, ?)';
			this.db.run(sql, toStoredText(sourceId), object, system, type, no);
		}
	}

	#unlink(record: StoredRecord): void {
		for (const { type, system, object, sourceId } of record.links) {
			const sql = 'DELETE FROM links WHERE source_id = ? AND object = ? AND system = ? AND type = ? AND no = ?';
			this.db.run(sql, toStoredText(sourceId), object, system, type, record.no);
		}
	}

	#head(ref: RecordRef): HeadRow | undefined {
		const sql = 'SELECT * FROM records WHERE source_id = ? AND object = ? AND system = ?';
		return this.db.get<HeadRow>(sql, toStoredText(ref.sourceId), ref.object, ref.system);
	}

	#read(no: RecordNo): StoredRecord | undefined {
		const row = this.db.get<RecordRow>(`${SELECT_RECORD} WHERE r.no = ?`, no);
		return row && toRecord(row);
	}
}

type Content = Pick<SourceRecord, 'attributes' | 'identifiers' | 'consent' | 'links' | 'activity'>;

function toRecord(row: RecordRow): StoredRecord {
	const { hash: _hash, ...head } = toHead(row);
	return { ...head, ...(JSON.parse(row.content) as Content) };
}

function toHead(row: HeadRow): RecordHead {
	return {
		no: row.no,
		system: row.system,
		object: row.object,
		sourceId: fromStoredText(row.source_id),
		version: row.version,
		updatedAt: row.updated_at,
		kind: row.kind,
		...(row.deleted === 1 ? { deleted: true } : {}),
		profileNo: row.profile_no,
		firstSeenAt: row.first_seen_at,
		hash: row.hash,
	};
}
