import type { MissingPart } from '../interface';
import { COUNTERS } from './counters';
import type { Connection } from './connection';
import { migrations } from './migrations';
import type { Schema } from './schema';

/** A table, an index or a key of the store; `again` is the statement that makes one again, where that loses nothing. */
interface Part {
	name: string;
	kind: 'table' | 'index' | 'primary key';
	again?: string;
}

const TABLE = /^CREATE TABLE @(\w+)/;
const INDEX = /^CREATE (?:UNIQUE )?INDEX (\w+)\s/;
const KEY = /PRIMARY KEY \(([^)]+)\)|(\w+) [A-Z]+(?: COLLATE "C")? PRIMARY KEY/;

/** What the migrations make. */
function partsOf(sql: string): Part[] {
	return sql.split(';').flatMap((text) => {
		const statement = text.trim().replace(/\s+/g, ' ');
		const index = INDEX.exec(statement)?.[1];
		if (index !== undefined) return [{ name: index, kind: 'index', again: statement }];
		const table = TABLE.exec(statement)?.[1];
		if (table === undefined) return [];
		const [key, several, one] = KEY.exec(statement) ?? [];
		const parts: Part[] = [{ name: table, kind: 'table' }];
		if (key !== undefined) parts.push({ name: `${table}_pkey`, kind: 'primary key', again: `ALTER TABLE @${table} ADD PRIMARY KEY (${several ?? one})` });
		return parts;
	});
}

const PARTS: readonly Part[] = partsOf(migrations.map(({ sql }) => sql).join('\n'));

/** Indexes that building was interrupted of, or that a fault has struck, are there and of no use. */
const FOUND = `SELECT c.relname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid WHERE n.nspname = $1 AND coalesce(i.indisvalid, true)`;

/** What somebody has taken away of the store's own tables, in words; each is a thing that one looks for in vain, or that keeps doubles out. */
export async function missingParts(db: Connection, schema: Schema): Promise<MissingPart[]> {
	const found = new Set((await db.all<{ name: string }>(FOUND, schema.name)).map(({ name }) => name));
	const missing = PARTS.filter(({ name }) => !found.has(name)).map(({ name, kind, again }) => ({
		part: `the ${kind} ${name}`,
		isTable: kind === 'table',
		remedy: again === undefined ? 'Put a backup in its place.' : `Have it made again, as the role of the store: ${schema.qualify(again)};`,
	}));
	if (!found.has('counters')) return missing;
	const counters = new Set((await db.all<{ name: string }>('SELECT name FROM @counters')).map(({ name }) => name));
	const lost = COUNTERS.filter((name) => !counters.has(name));
	return [...missing, ...lost.map((name) => ({ part: `the counter of ${name}`, isTable: false, remedy: 'Put a backup in its place.' }))];
}
