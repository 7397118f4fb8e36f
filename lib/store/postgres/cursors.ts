import { readCursor } from '../stored-texts';
import type { CursorWriter } from '../interface';
import type { Connection } from './connection';

export class PostgresCursors implements CursorWriter {
	constructor(private readonly db: Connection) {}

	async get(scope: string): Promise<unknown> {
		const row = await this.db.get<{ value: string }>('SELECT value FROM @cursors WHERE scope = $1', scope);
		return row && readCursor(row.value, scope);
	}

	/** Undefined takes the cursor away. */
	async set(scope: string, value: unknown, at: string): Promise<void> {
		if (value === undefined) {
			await this.db.run('DELETE FROM @cursors WHERE scope = $1', scope);
			return;
		}
		const sql = 'INSERT INTO @cursors (scope, value, at) VALUES ($1, $2, $3) ON CONFLICT (scope) DO UPDATE SET value = excluded.value, at = excluded.at';
		await this.db.run(sql, scope, JSON.stringify(value), at);
	}
}
