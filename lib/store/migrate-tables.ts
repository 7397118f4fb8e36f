/**
 * What a value of a column is; each kind of store has its own way to keep it. `json` is text that was written by JSON.stringify.
 * A question mark says that there may be none.
 */
export type ColumnKind = 'number' | 'number?' | 'real' | 'flag' | 'text' | 'text?' | 'json';

export type MigratedValue = number | string | boolean | null;

/** One table that every kind of store has, with the columns that all of them have. */
export interface MigratedTable {
	name: MigratedName;
	columns: Readonly<Record<string, ColumnKind>>;
}

/** Rows of one table, in the order of its key there. Texts are what they were before they were stored. */
export interface MigratedRows {
	count: number;
	/** One list for each column of the table, in the table's order. */
	columns: MigratedValue[][];
	/** Key of the last row, as the source reads it. */
	last: MigratedKey;
}

/** Where a table is to be read on; null is its beginning. */
export type MigratedKey = readonly (number | string)[] | null;

/** Where a migration stands: all tables before this one are moved, and this one up to the key. */
export interface MigrationPlace {
	table: MigratedName;
	key: MigratedKey;
}

/** The last number that was ever given to a row; it is never given again. */
export type LastNumbers = Record<(typeof NUMBERED)[number], number>;

/** Tables whose rows get numbers in order. */
export const NUMBERED = ['records', 'profiles', 'events', 'decisions', 'reviews', 'rejections'] as const;

export type MigratedName =
	| 'models' | 'cursors' | 'generic_keys' | 'profiles' | 'canonical_ids' | 'records' | 'record_contents' | 'links' | 'record_keys' | 'evidence'
	| 'promised_ids' | 'promised_records' | 'departures' | 'decisions' | 'goldens' | 'household_keys' | 'company_people' | 'profile_segments' | 'events' | 'reviews' | 'ledger' | 'rejections';

const reference = { system: 'text', object: 'text', source_id: 'text' } as const;

/** All that a store knows, in the order in which it is moved: a record names its profile, which has to be there. */
export const MIGRATED_TABLES: readonly MigratedTable[] = [
	{ name: 'models', columns: { version: 'number', created_at: 'text', actor: 'text', model: 'json' } },
	{ name: 'cursors', columns: { scope: 'text', value: 'json', at: 'text' } },
	{ name: 'generic_keys', columns: { key: 'text' } },
	{
		name: 'profiles',
		columns: {
			...{ no: 'number', canonical_id: 'text', entity: 'text', created_at: 'text', updated_at: 'text', revision: 'number' },
			...{ built: 'flag', dirty_mark: 'number?', stale_at: 'text?', empty: 'flag' },
		},
	},
	{ name: 'canonical_ids', columns: { canonical_id: 'text', profile_no: 'number', retired: 'flag' } },
	{ name: 'promised_ids', columns: { canonical_id: 'text', heir: 'text', entity: 'text', age: 'number', at: 'text' } },
	{ name: 'promised_records', columns: { ...reference, canonical_id: 'text', at: 'text' } },
	{ name: 'departures', columns: { ...reference, entity: 'text', canonical_id: 'text', at: 'text' } },
	{
		name: 'records',
		columns: {
			...{ no: 'number', ...reference, kind: 'text', version: 'text', updated_at: 'text', deleted: 'flag' },
			...{ hash: 'text', profile_no: 'number?', first_seen_at: 'text' },
		},
	},
	{ name: 'record_contents', columns: { no: 'number', content: 'json' } },
	{ name: 'links', columns: { ...reference, type: 'text', no: 'number' } },
	{ name: 'record_keys', columns: { no: 'number', keys: 'json', forms_of: 'text', forms: 'text' } },
	{
		name: 'evidence',
		columns: { a: 'number', b: 'number', rule: 'text', weight: 'real', outcome: 'text', model_version: 'number', at: 'text', comparisons: 'json' },
	},
	{
		name: 'decisions',
		columns: {
			...{ id: 'number', low_system: 'text', low_object: 'text', low_source_id: 'text', high_system: 'text', high_object: 'text', high_source_id: 'text' },
			...{ swapped: 'flag', verdict: 'text', actor: 'text', reason: 'text', at: 'text', in_force: 'flag' },
		},
	},
	{ name: 'goldens', columns: { no: 'number', name: 'text', companies: 'json', home: 'json', search_text: 'text', golden: 'json' } },
	{ name: 'household_keys', columns: { profile_no: 'number', key: 'text', entity: 'text' } },
	{ name: 'company_people', columns: { profile_no: 'number', company_id: 'text' } },
	{ name: 'profile_segments', columns: { profile_no: 'number', segment: 'text' } },
	{ name: 'events', columns: { seq: 'number', type: 'text', canonical_id: 'text', entity: 'text', at: 'text', data: 'json' } },
	{
		name: 'reviews',
		columns: { id: 'number', a: 'number', b: 'number', rule: 'text', weight: 'real', status: 'text', created_at: 'text', closed_at: 'text?' },
	},
	{
		name: 'ledger',
		columns: {
			...{ destination: 'text', target: 'text', canonical_id: 'text', acknowledged: 'json', status: 'text', reason: 'text?', attempts: 'number', at: 'text' },
		},
	},
	{ name: 'rejections', columns: { id: 'number', ...reference, reason: 'text', field: 'text?', remedy: 'text', at: 'text' } },
];
