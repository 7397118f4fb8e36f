import type { RecordRef, RejectedRecord } from '../../domain';
import type { RejectionWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

interface RejectionRow {
	system: string;
	object: string;
	source_id: string;
	reason: string;
	field: string | null;
	remedy: string;
	at: string;
}

export class SqliteRejections implements Immediate<RejectionWriter> {
	constructor(private readonly db: Connection) {}

	list(limit: number): (Omit<RejectedRecord, 'raw'> & { at: string })[] {
		return this.db.all<RejectionRow>('SELECT * FROM rejections ORDER BY at DESC, id DESC LIMIT ?', rowLimit(limit)).map((row) => ({
			system: row.system,
			object: row.object,
			sourceId: fromStoredText(row.source_id),
			reason: row.reason,
			...(row.field === null ? {} : { field: row.field }),
			remedy: row.remedy,
			at: row.at,
		}));
	}

	count(): number {
		return this.db.get<{ rejections: number }>('SELECT count(*) AS rejections FROM rejections')?.rejections ?? 0;
	}

	put(rejected: readonly RejectedRecord[], at: string): void {
		this.remove(rejected);
		for (const { system, object, sourceId, reason, field, remedy } of rejected) {
			const sql = 'INSERT OR REPLACE INTO rejections (system, object, source_id, reason, field, remedy, at) VALUES (?, ?, ?, ?, ?, ?, ?)';
			this.db.run(sql, system, object, toStoredText(sourceId), reason, field ?? null, remedy, at);
		}
	}

	remove(refs: readonly RecordRef[]): void {
		// Most stores have none.
		if (refs.length === 0 || this.db.get('SELECT 1 FROM rejections LIMIT 1') === undefined) return;
		const sql = `DELETE FROM rejections WHERE id IN (SELECT r.id FROM json_each(?) n
			CROSS JOIN rejections r ON r.source_id = n.value ->> 0 AND r.object = n.value ->> 1 AND r.system = n.value ->> 2)`;
		this.db.run(sql, JSON.stringify(refs.map(({ system, object, sourceId }) => [toStoredText(sourceId), object, system])));
	}

	prune(before: string, limit: number): number {
		const sql = 'DELETE FROM rejections WHERE id IN (SELECT id FROM rejections WHERE at < ? ORDER BY at, id LIMIT ?)';
		return this.db.run(sql, before, rowLimit(limit)).changes;
	}
}
