import type { RecordNo, ReviewTask } from '../../domain';
import type { ReviewWriter } from '../interface';
import { rowLimit } from '../row-limit';
import { wholeNumber, type Connection } from './connection';
import { taken } from './counters';

interface ReviewRow extends Omit<ReviewTask, 'createdAt' | 'closedAt'> {
	created_at: string;
	closed_at: string | null;
}

export class PostgresReviews implements ReviewWriter {
	constructor(private readonly db: Connection) {}

	async openTouching(nos: readonly RecordNo[]): Promise<ReviewTask[]> {
		if (nos.length === 0) return [];
		const rows = await this.db.all<ReviewRow>(
			`SELECT * FROM @reviews WHERE a = ANY ($1::bigint[]) AND status = 'open'
			UNION SELECT * FROM @reviews WHERE b = ANY ($1::bigint[]) AND status = 'open' ORDER BY id`,
			[...new Set(nos)],
		);
		return rows.map(toTask);
	}

	async open(limit: number, offset: number): Promise<ReviewTask[]> {
		const sql = "SELECT * FROM @reviews WHERE status = 'open' ORDER BY weight DESC, id LIMIT $1 OFFSET $2";
		return (await this.db.all<ReviewRow>(sql, rowLimit(limit), rowLimit(offset))).map(toTask);
	}

	async byId(id: number): Promise<ReviewTask | undefined> {
		const row = await this.db.get<ReviewRow>('SELECT * FROM @reviews WHERE id = $1', wholeNumber(id));
		return row && toTask(row);
	}

	async countOpen(): Promise<number> {
		return (await this.db.get<{ tasks: number }>("SELECT count(*) AS tasks FROM @reviews WHERE status = 'open'"))?.tasks ?? 0;
	}

	async add(tasks: readonly { a: RecordNo; b: RecordNo; rule: string; weight: number; at: string }[]): Promise<number[]> {
		if (tasks.length === 0) return [];
		const firsts = [...new Map([...tasks].reverse().map((task) => [pairOf(task), task])).values()].reverse();
		const open = await this.db.all<{ id: number; a: number; b: number }>(
			`SELECT r.id, r.a, r.b FROM unnest($1::bigint[], $2::bigint[]) n (a, b) JOIN @reviews r ON r.a = n.a AND r.b = n.b AND r.status = 'open'`,
			firsts.map(({ a }) => a),
			firsts.map(({ b }) => b),
		);
		const ids = new Map(open.map((row) => [pairOf(row), row.id]));
		const fresh = firsts.filter((task) => !ids.has(pairOf(task)));
		const base = fresh.length > 0 ? await this.#insert(fresh) : 0;
		fresh.forEach((task, index) => ids.set(pairOf(task), base + index + 1));
		return tasks.map((task) => ids.get(pairOf(task)) as number);
	}

	async reweigh(tasks: readonly { id: number; rule: string; weight: number }[]): Promise<void> {
		if (tasks.length === 0) return;
		const sql = 'UPDATE @reviews r SET rule = n.rule, weight = n.weight FROM unnest($1::bigint[], $2::text[], $3::float8[]) n (id, rule, weight) WHERE r.id = n.id';
		await this.db.run(sql, tasks.map(({ id }) => id), tasks.map(({ rule }) => rule), tasks.map(({ weight }) => weight));
	}

	/** A task that is closed already stays as it is. */
	async close(ids: readonly number[], status: 'answered' | 'moot', at: string): Promise<void> {
		if (ids.length === 0) return;
		await this.db.run("UPDATE @reviews SET status = $2, closed_at = $3 WHERE id = ANY ($1::bigint[]) AND status = 'open'", ids, status, at);
	}

	async prune(before: string, limit: number): Promise<number> {
		const sql = "DELETE FROM @reviews WHERE id IN (SELECT id FROM @reviews WHERE status <> 'open' AND closed_at < $1 ORDER BY id LIMIT $2)";
		return await this.db.run(sql, before, rowLimit(limit));
	}

	async #insert(tasks: Parameters<ReviewWriter['add']>[0]): Promise<number> {
		const row = await this.db.get<{ base: number }>(
			`WITH ${taken('reviews', '$1')},
			added AS (
				INSERT INTO @reviews (id, a, b, rule, weight, status, created_at)
				SELECT taken.base + n.place, n.a, n.b, n.rule, n.weight, 'open', n.at
				FROM taken, unnest($2::bigint[], $3::bigint[], $4::text[], $5::float8[], $6::text[]) WITH ORDINALITY n (a, b, rule, weight, at, place)
			)
			SELECT base FROM taken`,
			tasks.length,
			tasks.map(({ a }) => a),
			tasks.map(({ b }) => b),
			tasks.map(({ rule }) => rule),
			tasks.map(({ weight }) => weight),
			tasks.map(({ at }) => at),
		);
		return row?.base ?? 0;
	}
}

function pairOf({ a, b }: { a: RecordNo; b: RecordNo }): string {
	return `${a} ${b}`;
}

function toTask({ created_at: createdAt, closed_at: closedAt, id, a, b, rule, weight, status }: ReviewRow): ReviewTask {
	return { id, a, b, rule, weight, status, createdAt, ...(closedAt === null ? {} : { closedAt }) };
}
