import { refKey, type RecordNo, type RecordRef, type SourceRecord } from '../../domain';
import { StoreError } from '../errors';
import type { PutResult, RecordHead, RecordText, RecordWriter, StoredRecord, WrittenRecord } from '../interface';
import { RecordBatch } from '../record-batch';
import { FORGOTTEN, NO_CONTENT } from '../record-version';
import { rowLimit } from '../row-limit';
import { toStoredText } from '../text';
import type { Connection } from './connection';
import { HEAD, type HeadRow, RECORD, type RecordRow, toHead, toRecord, toWritten } from './record-row';
import { insertRecord, unlink, updateRecord } from './save-records';
import type { Immediate } from './transaction';

const SELECT_RECORD = `SELECT ${RECORD} FROM records r JOIN record_contents c ON c.no = r.no`;
const CONTENTS = 'CROSS JOIN record_contents c ON c.no = r.no';

/** Numbers are handed over as one JSON list: a statement a record would cost more than what it finds. */
const BY_NO = (columns: string, join: string) => `SELECT ${columns} FROM json_each(?) n CROSS JOIN records r ON r.no = n.value ${join} ORDER BY n.key`;

const BY_REF = (columns: string, join: string) => `SELECT ${columns} FROM json_each(?) n
	CROSS JOIN records r ON r.source_id = n.value ->> 0 AND r.object = n.value ->> 1 AND r.system = n.value ->> 2 ${join} ORDER BY n.key`;
const OF_PROFILES = (columns: string, join: string) =>
	`SELECT ${columns} FROM json_each(?) p CROSS JOIN records r ON r.profile_no = p.value ${join} WHERE r.deleted = 0 AND r.kind <> 'activity' ORDER BY r.no`;
const LINKING = `SELECT ${RECORD}, n.key FROM json_each(?2) n
	CROSS JOIN links l ON l.source_id = n.value ->> 0 AND l.object = n.value ->> 1 AND l.system = n.value ->> 2 AND l.type = ?1
	CROSS JOIN records r ON r.no = l.no CROSS JOIN record_contents c ON c.no = l.no WHERE r.deleted = 0 ORDER BY n.key, l.no`;

export class SqliteRecords implements Immediate<RecordWriter> {
	constructor(private readonly db: Connection) {}

	byNo(nos: readonly RecordNo[]): StoredRecord[] {
		if (nos.length === 0) return [];
		return this.db.lists<RecordRow>(BY_NO(RECORD, CONTENTS), JSON.stringify(nos)).map(toRecord);
	}

	written(nos: readonly RecordNo[]): WrittenRecord[] {
		if (nos.length === 0) return [];
		return this.db.lists<RecordRow>(BY_NO(RECORD, CONTENTS), JSON.stringify(nos)).map(toWritten);
	}

	hashes(nos: readonly RecordNo[]): Map<RecordNo, string> {
		if (nos.length === 0) return new Map();
		return new Map(this.db.lists<[RecordNo, string]>(BY_NO('r.no, r.hash', ''), JSON.stringify(nos)));
	}

	heads(nos: readonly RecordNo[]): RecordHead[] {
		if (nos.length === 0) return [];
		return this.db.lists<HeadRow>(BY_NO(HEAD, ''), JSON.stringify(nos)).map(toHead);
	}

	byRef(refs: readonly RecordRef[]): Map<string, StoredRecord> {
		if (refs.length === 0) return new Map();
		const records = this.db.lists<RecordRow>(BY_REF(RECORD, CONTENTS), listedRefs(refs)).map(toRecord);
		return new Map(records.map((record) => [refKey(record), record]));
	}

	headsByRef(refs: readonly RecordRef[]): Map<string, RecordHead> {
		if (refs.length === 0) return new Map();
		const heads = this.db.lists<HeadRow>(BY_REF(HEAD, ''), listedRefs(refs)).map(toHead);
		return new Map(heads.map((head) => [refKey(head), head]));
	}

	ofProfiles(profileNos: readonly number[]): StoredRecord[] {
		if (profileNos.length === 0) return [];
		return this.db.lists<RecordRow>(OF_PROFILES(RECORD, CONTENTS), listed(profileNos)).map(toRecord);
	}

	textsOfProfiles(profileNos: readonly number[]): RecordText[] {
		if (profileNos.length === 0) return [];
		return this.db.lists<RecordRow>(OF_PROFILES(RECORD, CONTENTS), listed(profileNos)).map((row) => ({ head: toHead(row), content: row[11] }));
	}

	headsOfProfiles(profileNos: readonly number[]): RecordHead[] {
		if (profileNos.length === 0) return [];
		return this.db.lists<HeadRow>(OF_PROFILES(HEAD, ''), listed(profileNos)).map(toHead);
	}

	haveLinks(): boolean {
		return this.db.get('SELECT 1 FROM links LIMIT 1') !== undefined;
	}

	linkingTo(type: 'member_of' | 'owned_by', targets: readonly RecordRef[]): Map<string, StoredRecord[]> {
		const found = new Map<string, StoredRecord[]>();
		// Many stores have none.
		if (targets.length === 0 || !this.haveLinks()) return found;
		const unique = [...new Map(targets.map((target) => [refKey(target), target]))];
		for (const row of this.db.lists<RecordRow>(LINKING, type, listedRefs(unique.map(([, target]) => target)))) {
			const [key] = unique[row[12] as number] as (typeof unique)[number];
			const list = found.get(key);
			if (list) list.push(toRecord(row));
			else found.set(key, [toRecord(row)]);
		}
		return found;
	}

	scan(afterNo: RecordNo, limit: number): StoredRecord[] {
		return this.db.lists<RecordRow>(`${SELECT_RECORD} WHERE r.no > ? ORDER BY r.no LIMIT ?`, afterNo, rowLimit(limit)).map(toRecord);
	}

	scanHeads(afterNo: RecordNo, limit: number): RecordHead[] {
		return this.db.lists<HeadRow>(`SELECT ${HEAD} FROM records r WHERE r.no > ? ORDER BY r.no LIMIT ? + 0`, afterNo, rowLimit(limit)).map(toHead);
	}

	settledActivities(before: string, afterNo: RecordNo, limit: number): StoredRecord[] {
		const sql = `${SELECT_RECORD} WHERE r.no > ? AND r.kind = 'activity' AND r.deleted = 0 AND r.updated_at < ? ORDER BY r.no LIMIT ?`;
		return this.db.lists<RecordRow>(sql, afterNo, before, rowLimit(limit)).map(toRecord);
	}

	counts(): { system: string; object: string; records: number }[] {
		return this.db.all<{ system: string; object: string; records: number }>(
			'SELECT system, object, count(*) AS records FROM records WHERE deleted = 0 GROUP BY system, object ORDER BY system, object',
		).map((row) => ({ ...row }));
	}

	/** What is known of the batch's records is read at once; what is to be written is clear before the first of them is. */
	put(records: readonly SourceRecord[], at: string): PutResult[] {
		const batch = new RecordBatch(at, [...this.headsByRef(records).values()]);
		for (const record of records) batch.put(record);
		const before = new Map(this.byNo(batch.overwritten()).map((record) => [record.no, record]));
		const { added, changed } = batch.changes(before);
		for (const change of changed) updateRecord(this.db, change);
		let last = 0;
		for (const written of added) last = insertRecord(this.db, written, at);
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
			const [before] = this.byNo([no]);
			const { changes } = this.db.run(`UPDATE records SET deleted = 1, hash = ? || hash WHERE no = ? AND kind = 'activity' AND deleted = 0`, FORGOTTEN, no);
			if (!before || changes === 0) continue;
			unlink(this.db, before);
			this.db.run('UPDATE record_contents SET content = ? WHERE no = ?', NO_CONTENT, no);
		}
	}
}

function listed(nos: readonly number[]): string {
	return JSON.stringify([...new Set(nos)]);
}

function listedRefs(refs: readonly RecordRef[]): string {
	return JSON.stringify(refs.map(({ system, object, sourceId }) => [toStoredText(sourceId), object, system]));
}
