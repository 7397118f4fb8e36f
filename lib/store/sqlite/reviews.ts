import type { RecordNo, ReviewTask } from '../../domain';
import type { ReviewWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

interface ReviewRow {
	id: number;
	a: number;
	b: number;
	rule: string;
	weight: number;
	status: ReviewTask['status'];
	created_at: string;
	closed_at: string | null;
}

export class SqliteReviews implements Immediate<ReviewWriter> {
	constructor(private readonly db: Connection) {}

	openTouching(nos: readonly RecordNo[]): ReviewTask[] {
		if (nos.length === 0) return [];
		const sql = `SELECT r.* FROM json_each(?1) n CROSS JOIN reviews r ON r.a = n.value WHERE r.status = 'open'
			UNION SELECT r.* FROM json_each(?1) n CROSS JOIN reviews r ON r.b = n.value WHERE r.status = 'open' ORDER BY id`;
		return this.db.all<ReviewRow>(sql, JSON.stringify([...new Set(nos)])).map(toTask);
	}

	open(limit: number, offset: number): ReviewTask[] {
		const sql = "SELECT * FROM reviews WHERE status = 'open' ORDER BY weight DESC, id LIMIT ? + 0 OFFSET ?";
		return this.db.all<ReviewRow>(sql, rowLimit(limit), rowLimit(offset)).map(toTask);
	}

	byId(id: number): ReviewTask | undefined {
		const row = this.db.get<ReviewRow>('SELECT * FROM reviews WHERE id = ?', id);
		return row && toTask(row);
	}

	countOpen(): number {
		return this.db.get<{ tasks: number }>("SELECT count(*) AS tasks FROM reviews WHERE status = 'open'")?.tasks ?? 0;
	}

	add(tasks: readonly { a: RecordNo; b: RecordNo; rule: string; weight: number; at: string }[]): number[] {
		return tasks.map(({ a, b, rule, weight, at }) => {
			const open = this.db.get<{ id: number }>("SELECT id FROM reviews WHERE a = ? AND b = ? AND status = 'open'", a, b);
			if (open) return open.id;
			const sql = "INSERT INTO reviews (a, b, rule, weight, status, created_at) VALUES (?, ?, ?, ?, 'open', ?)";
			return this.db.run(sql, a, b, rule, weight, at).lastNo;
		});
	}

	reweigh(tasks: readonly { id: number; rule: string; weight: number }[]): void {
		for (const { id, rule, weight } of tasks) this.db.run('UPDATE reviews SET rule = ?, weight = ? WHERE id = ?', rule, weight, id);
	}

	/** A task that is closed already stays as it is. */
	close(ids: readonly number[], status: 'answered' | 'moot', at: string): void {
		for (const id of ids) this.db.run("UPDATE reviews SET status = ?, closed_at = ? WHERE id = ? AND status = 'open'", status, at, id);
	}

	prune(before: string, limit: number): number {
		const sql = "DELETE FROM reviews WHERE id IN (SELECT id FROM reviews WHERE status <> 'open' AND closed_at < ? ORDER BY id LIMIT ? + 0)";
		return this.db.run(sql, before, rowLimit(limit)).changes;
	}
}

function toTask(row: ReviewRow): ReviewTask {
	return {
		id: row.id,
		a: row.a,
		b: row.b,
		rule: row.rule,
		weight: row.weight,
		status: row.status,
		createdAt: row.created_at,
		...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
	};
}
