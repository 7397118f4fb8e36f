import { randomUUID } from 'node:crypto';
import { keyDigest } from '../key-digest';
import { readListedKeys } from '../listed-keys';
import type { ColumnKind, MigratedRows, MigratedTable, MigratedValue } from '../migrate-tables';
import type { Connection } from './connection';
import { unpackGolden } from '../packed-golden';
import { searchVector } from './search';

const TYPES: Readonly<Record<ColumnKind, string>> = {
	number: 'bigint',
	'number?': 'bigint',
	real: 'float8',
	flag: 'boolean',
	text: 'text',
	'text?': 'text',
	json: 'text',
};

/** Columns that only this kind of store has, made of the others of their row. */
interface Derived {
	type: string;
	of: (rows: MigratedRows, table: MigratedTable) => MigratedValue[];
}
const DERIVED: Readonly<Record<string, Readonly<Record<string, Derived>> | undefined>> = {
	goldens: { segments: { type: 'text', of: (rows, table) => segmentsIn(columnOf(rows, table, 'golden'), columnOf(rows, table, 'no')) } },
	models: { stamp: { type: 'text', of: ({ count }) => Array.from({ length: count }, () => randomUUID()) } },
};

/** Adds rows as they are, numbers included. */
export async function addRows(db: Connection, table: MigratedTable, rows: MigratedRows): Promise<void> {
	const derived = Object.entries(DERIVED[table.name] ?? {});
	const names = [...Object.keys(table.columns), ...derived.map(([name]) => name)];
	const types = [...Object.values(table.columns).map((kind) => TYPES[kind]), ...derived.map(([, { type }]) => type)];
	const lists = types.map((type, place) => `$${place + 1}::${type}[]`);
	await db.run(
		`INSERT INTO @${table.name} (${names.join(', ')}) SELECT * FROM unnest(${lists.join(', ')})`,
		...rows.columns,
		...derived.map(([, { of }]) => of(rows, table)),
	);
	if (table.name === 'record_keys') await addKeys(db, columnOf(rows, table, 'no'), columnOf(rows, table, 'keys'));
	if (table.name === 'goldens') await addWords(db, columnOf(rows, table, 'no'), columnOf(rows, table, 'search_text'));
}

/** By what records are found stands once more in each record's list. */
async function addKeys(db: Connection, nos: MigratedValue[], lists: MigratedValue[]): Promise<void> {
	const held = lists.flatMap((list, place) => readListedKeys(String(list), `number ${String(nos[place])}`).map(({ key, who }) => ({ digest: keyDigest(key), no: nos[place] ?? null, who })));
	held.sort((x, y) => (x.digest < y.digest ? -1 : x.digest > y.digest ? 1 : 0));
	const sql = 'INSERT INTO @keys (key, no, who) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])';
	await db.run(sql, held.map(({ digest }) => digest), held.map(({ no }) => no), held.map(({ who }) => who));
}

/** The index that finds profiles by their words has another form in each kind of store. */
async function addWords(db: Connection, nos: MigratedValue[], texts: MigratedValue[]): Promise<void> {
	const sql = 'INSERT INTO @profile_search (no, words) SELECT n.no, n.words::tsvector FROM unnest($1::bigint[], $2::text[]) n (no, words)';
	await db.run(sql, nos, texts.map((text) => searchVector(String(text))));
}

function columnOf({ columns }: MigratedRows, table: MigratedTable, name: string): MigratedValue[] {
	return columns[Object.keys(table.columns).indexOf(name)] ?? [];
}

function segmentsIn(goldens: MigratedValue[], nos: MigratedValue[]): string[] {
	return goldens.map((golden, place) => JSON.stringify(unpackGolden(String(golden), `number ${String(nos[place])}`).segments.map(({ name }) => name)));
}
