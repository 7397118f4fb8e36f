import { escapeIdentifier, type ClientBase } from 'pg';
import type { Compacted } from '../interface';
import type { Schema } from './schema';

/** Bytes of all tables of the store, with their indexes and what stands beside them. */
async function sizeOf(client: ClientBase, tables: readonly string[]): Promise<number> {
	const sql = 'SELECT coalesce(sum(pg_catalog.pg_total_relation_size(name::regclass)), 0)::bigint AS bytes FROM unnest($1::text[]) n (name)';
	const { rows } = await client.query<{ bytes: number }>(sql, [tables]);
	return rows[0]?.bytes ?? 0;
}

/**
 * Vacuums and analyzes the store's tables, outside of any transaction, as PostgreSQL asks for it. Room within the tables is free for new rows then;
 * only pages at their ends go back to the disk. Tables that the role does not own are left out by the server, which says so to nobody here.
 */
export async function compactTables(client: ClientBase, schema: Schema): Promise<Compacted> {
	const { rows } = await client.query<{ name: string }>(
		`SELECT c.relname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY c.relname`,
		[schema.name],
	);
	const tables = rows.map(({ name }) => `${schema.quoted}.${escapeIdentifier(name)}`);
	const before = await sizeOf(client, tables);
	await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
	return { before, after: await sizeOf(client, tables) };
}
