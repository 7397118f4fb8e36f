import type { Entity, EntityMatching, MatchColumn } from '../domain';
import { identifierLookupKey, matchColumnSchema } from '../domain';
import { blockingRule } from './blocking';
import type { Comparable, ComparableIdentifier } from './comparable';
import { isOtherIdentifier, textsOf } from './pair-view';
import { soundKey } from './sound-key';
import { SEPARATOR } from './splink-sql-parts';

/** Columns of Splink's input table with their type in DuckDB. */
export type SplinkColumns = Record<string, 'VARCHAR' | 'VARCHAR[]'>;
/** One record of Splink's input table. Several values of a text stand in it with `|` between them; missing is null. */
export type SplinkRow = Record<string, string | string[] | null>;
/** How frequent the values of a column are, as Splink's `register_term_frequency_lookup` takes it: the column itself and the same with `tf_` before it. */
export interface SplinkTermFrequencies {
	column: string;
	rows: Record<string, string | number>[];
}

const UNIQUE_ID = 'unique_id';
/** The column of the keys that propose pairs by a shared identifier. */
const IDENTIFIERS = 'blocking_identifier';

const blockingColumn = (rule: string) => (rule === '' ? IDENTIFIERS : `blocking_${rule}`);

/** The columns that settings of ours need in the input table. */
export function splinkColumns({ comparisons, blocking_rules_to_generate_predictions: rules = [] }: {
	comparisons: readonly { comparison_levels: readonly { sql_condition: string }[] }[];
	blocking_rules_to_generate_predictions?: readonly unknown[] | undefined;
}): SplinkColumns {
	const columns: SplinkColumns = { [UNIQUE_ID]: 'VARCHAR' };
	for (const { comparison_levels: levels } of comparisons) {
		for (const { sql_condition: sql } of levels) for (const [, name] of sql.matchAll(/"(\w+)_[lr]"/g)) columns[name as string] = 'VARCHAR';
	}
	for (const [, name] of JSON.stringify(rules).matchAll(/\bl\.\\"(blocking_\w+)\\"/g)) columns[name as string] = 'VARCHAR[]';
	return columns;
}

/**
 * A record as one row of Splink's input table, in the forms that are compared here.
 * @param columns as `splinkColumns` gives them
 * @param generic match keys that are too common to be evidence; Splink does not count that, so such values are left out of the row
 */
export function toSplinkRow(record: Comparable, columns: SplinkColumns, generic: ReadonlySet<string> = new Set()): SplinkRow {
	const own = withoutCommon(record, generic);
	return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, type === 'VARCHAR' ? textIn(name, own) : keysIn(name, own, generic)]));
}

function withoutCommon(record: Comparable, generic: ReadonlySet<string>): Comparable {
	if (generic.size === 0) return record;
	const identifiers = record.identifiers.filter(({ kind, value }) => !generic.has(identifierLookupKey(record.entity, kind, value)));
	const valuesOf = (wanted: string) => identifiers.filter(({ kind }) => kind === wanted).map(({ value }) => value);
	return { ...record, identifiers, emails: valuesOf('email'), phones: valuesOf('phone') };
}

function textIn(name: string, record: Comparable): string | null {
	if (name === UNIQUE_ID) return record.ref;
	const values = valuesIn(name, record).map((value) => value.replaceAll(SEPARATOR, '\u00a6'));
	return values.length === 0 ? null : values.join(SEPARATOR);
}

function valuesIn(name: string, record: Comparable): string[] {
	if (name === 'nicknames') return record.nicknames;
	if (name === 'given_name_script') return [record.givenScript];
	if (name === 'family_name_script') return [record.familyScript];
	const roles = (wanted: boolean) => record.identifiers.filter(({ kind, role }: ComparableIdentifier) => kind === 'email' && role === wanted).map(({ value }) => value);
	if (name === 'email') return roles(false);
	if (name === 'role_mailbox') return roles(true);
	if (name === 'email_typed') return record.mailTexts.filter((text) => !roles(true).includes(text));
	if (name === 'phone') return record.phones;
	if (name === 'phone_tail') return record.phoneTails;
	if (name === 'identifier') return record.identifiers.filter(({ kind }) => isOtherIdentifier(kind)).map(({ kind, value }) => `${kind}:${value}`);
	if (name === 'given_name_second_sound') return record.given.map((given) => soundKey(given.split(' ')[1] ?? ''));
	if (name.endsWith('_sound')) return valuesIn(name.slice(0, -'_sound'.length), record).map(soundKey);
	const column = matchColumnSchema.safeParse(name).data;
	return column === undefined ? [] : [...textsOf(column, record)];
}

function keysIn(name: string, record: Comparable, generic: ReadonlySet<string>): string[] | null {
	const rule = name.slice('blocking_'.length);
	const keys = name === IDENTIFIERS
		? record.identifiers.map(({ kind, value }) => `${kind}:${value}`)
		: [...(blockingRule(record.entity, rule)?.values(record) ?? [])].filter((value) => !generic.has(`${record.entity}|~${rule}:${value}`));
	return keys.length === 0 ? null : [...new Set(keys)];
}

/**
 * The frequencies of a model for the values in these rows. A value that the model doesn't list has the floor; a row with several values the most
 * frequent of them. A column in which the model counted nothing gets an empty table, with which Splink adjusts nothing, as is done here.
 */
export function toSplinkTermFrequencies(matching: EntityMatching, rows: readonly SplinkRow[]): SplinkTermFrequencies[] {
	const columns = new Set(matching.comparisons.flatMap(({ column, levels }) => (levels.some(({ termFrequency }) => termFrequency) ? [column] : [])));
	return [...columns].map((column) => {
		const name = termFrequencyColumn(column);
		const counted = matching.termFrequencies.find((one) => one.column === column);
		if (!counted) return { column: name, rows: [] };
		const frequencies = new Map(counted.values);
		const texts = new Set(rows.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : [])));
		const frequencyOf = (text: string) => Math.max(...text.split(SEPARATOR).map((value) => frequencies.get(value) ?? counted.floor));
		return { column: name, rows: [...texts].sort().map((text) => ({ [name]: text, [`tf_${name}`]: frequencyOf(text) })) };
	});
}

/** Of an address the frequency of its town counts. */
export function termFrequencyColumn(column: MatchColumn): string {
	return column === 'address' ? 'city' : column;
}

/** The blocking rules of a model in Splink's form; one key of several is enough, so the arrays of keys are exploded. */
export function splinkBlocking(matching: EntityMatching, entity: Entity) {
	return ['', ...matching.blocking.filter((name) => blockingRule(entity, name))].map((name) => {
		const column = blockingColumn(name);
		return { blocking_rule: `l."${column}" = r."${column}"`, sql_dialect: 'duckdb', arrays_to_explode: [column] };
	});
}
