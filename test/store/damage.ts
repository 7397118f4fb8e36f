import { DatabaseSync } from 'node:sqlite';
import { Schema } from '../../lib/store/postgres/schema';
import type { StoreTarget } from '../../lib/store';
import { runSql } from '../postgres/server';

/** Runs statements on a store behind its back; `@name` is its table of this name. */
export async function runOn(target: StoreTarget, ...statements: string[]): Promise<void> {
	if ('url' in target) {
		const schema = new Schema(target.schema ?? 'customer360');
		await runSql(target.url, ...statements.map((sql) => schema.qualify(sql)));
		return;
	}
	const database = new DatabaseSync(target.file);
	for (const sql of statements) database.exec(sql.replaceAll('@', ''));
	database.close();
}
