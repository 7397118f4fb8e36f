import { readCursor } from '../stored-texts';
import type { CursorWriter } from '../interface';
import type { Connection } from './connection';
import { toStoredText } from '../text';
import type { Immediate } from './transaction';

export class SqliteCursors implements Immediate<CursorWriter> {
	constructor(private readonly db: Connection) {}

	get(scope: string): unknown {
		const row = this.db.get<{ value: string }>('SELECT value FROM cursors WHERE scope = ?', toStoredText(scope));
		return row && readCursor(row.value, scope);
	}

	/** Undefined takes the cursor away. */
	set(scope: string, value: unknown, at: string): void {
		if (value === undefined) {
			this.db.run('DELETE FROM cursors WHERE scope = ?', toStoredText(scope));
			return;
		}
		const sql = 'INSERT INTO cursors (scope, value, at) VALUES (?, ?, ?) ON CONFLICT (scope) DO UPDATE SET value = excluded.value, at = excluded.at';
		this.db.run(sql, toStoredText(scope), JSON.stringify(value), at);
	}
}
