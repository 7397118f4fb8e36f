import { refKey, type RecordNo, type RecordRef, type SourceRecord } from '../../domain';
import { StoreError } from '../errors';
import type { PutResult, RecordHead, RecordWriter, StoredRecord } from '../interface';
import { RecordBatch, type RecordChanges, type Written } from '../record-batch';
import { FORGOTTEN, NO_CONTENT } from '../record-version';
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

const BY_REF = `SELECT r.* FROM json_each(?) n
	CROSS JOIN records r ON r.source_id = n.value ->> 0 AND r.object = n.value ->> 1 AND r.system = n.value ->> 2 GROUP BY r.no`;
const OF_PROFILES = (columns: string, join: string) =>
	`SELECT ${columns} FROM json_each(?) p CROSS JOIN records r ON r.profile_no = p.value ${join} WHERE r.deleted = 0 AND r.kind <> 'activity' ORDER BY r.no`;
const LINKING = `SELECT n.key AS place, r.*, c.content FROM json_each(?2) n
	CROSS JOIN links l ON l.source_id = n.value ->> 0 AND l.object = n.value ->> 1 AND l.system = n.value ->> 2 AND l.type = ?1
	CROSS JOIN records r ON r.no = l.no CROSS JOIN record_contents c ON c.no = l.no WHERE r.deleted = 0 ORDER BY n.key, l.no`;

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
		return this.db.all<RecordRow>(OF_PROFILES('r.*, c.content', 'CROSS JOIN record_contents c ON c.no = r.no'), listed(profileNos)).map(toRecord);
	}

	headsOfProfiles(profileNos: readonly number[]): RecordHead[] {
		return this.db.all<HeadRow>(OF_PROFILES('r.*', ''), listed(profileNos)).map(toHead);
	}

	linkingTo(type: 'member_of' | 'owned_by', targets: readonly RecordRef[]): Map<string, StoredRecord[]> {
		const found = new Map<string, StoredRecord[]>();
		// Many stores have none.
		if (targets.length === 0 || this.db.get('SELECT 1 FROM links LIMIT 1') === undefined) return found;
		const unique = [...new Map(targets.map((target) => [refKey(target), target]))];
		const rows = this.db.all<RecordRow & { place: number }>(LINKING, type, listedRefs(unique.map(([, target]) => target)));
		for (const row of rows) {
			const key = (unique[row.place] as (typeof unique)[number])[0];
			const list = found.get(key);
			if (list) list.push(toRecord(row));
			else found.set(key, [toRecord(row)]);
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

	/** What is known of the batch's records is read at once; what is to be written is clear before the first of them is. */
	put(records: readonly SourceRecord[], at: string): PutResult[] {
		const known = this.db.all<HeadRow>(BY_REF, listedRefs(records));
		const batch = new RecordBatch(at, known.map(toHead));
		for (const record of records) batch.put(record);
		const before = new Map(this.byNo(batch.overwritten()).map((record) => [record.no, record]));
		const { added, changed } = batch.changes(before);
		for (const change of changed) this.#update(change);
		let last = 0;
		for (const written of added) last = this.#insert(written, at);
		return batch.results(last - added.length, before);
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

	#update({ no, written: { record, json, hash }, before, sameContent }: RecordChanges['changed'][number]): void {
		this.db.run(
			'UPDATE records SET kind = ?, version = ?, updated_at = ?, deleted = ?, hash = ? WHERE no = ?',
			record.kind,
			record.version,
			record.updatedAt,
			record.deleted ? 1 : 0,
			hash,
			no,
		);
		if (sameContent) return;
		this.db.run('UPDATE record_contents SET content = ? WHERE no = ?', json, no);
		if (before) this.#unlink(before);
		this.#link(no, record);
	}

	/** Numbers of one transaction follow one another: nobody else writes meanwhile. */
	#insert({ record, json, hash }: Written, at: string): RecordNo {
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

function listed(nos: readonly number[]): string {
	return JSON.stringify([...new Set(nos)]);
}

function listedRefs(refs: readonly RecordRef[]): string {
	return JSON.stringify(refs.map(({ system, object, sourceId }) => [toStoredText(sourceId), object, system]));
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
