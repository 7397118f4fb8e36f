import type { MigratedName } from '../migrate-tables';

/** What puts the rows of a table in order, each row once: the order in which they stand in the file, where there is one. */
export const KEYS: Readonly<Record<MigratedName, readonly string[]>> = {
	models: ['version'],
	cursors: ['scope'],
	generic_keys: ['key'],
	profiles: ['no'],
	canonical_ids: ['canonical_id'],
	promised_ids: ['canonical_id'],
	promised_records: ['source_id', 'object', 'system'],
	departures: ['source_id', 'object', 'system', 'entity'],
	records: ['no'],
	record_contents: ['no'],
	links: ['source_id', 'object', 'system', 'type', 'no'],
	record_keys: ['no'],
	evidence: ['id'],
	decisions: ['id'],
	goldens: ['no'],
	household_keys: ['profile_no', 'key'],
	company_people: ['profile_no', 'company_id'],
	profile_segments: ['profile_no', 'segment'],
	events: ['seq'],
	reviews: ['id'],
	ledger: ['id'],
	rejections: ['id'],
};

/** Columns that this store writes through `toStoredText`; all others hold their text as it is. */
export const COLUMNS_IN_STORED_FORM: Readonly<Partial<Record<MigratedName, readonly string[]>>> = {
	cursors: ['scope'],
	generic_keys: ['key'],
	profiles: ['canonical_id'],
	canonical_ids: ['canonical_id'],
	promised_ids: ['canonical_id', 'heir'],
	promised_records: ['source_id', 'canonical_id'],
	departures: ['source_id', 'canonical_id'],
	records: ['source_id'],
	links: ['source_id'],
	decisions: ['low_source_id', 'high_source_id'],
	household_keys: ['key'],
	company_people: ['company_id'],
	ledger: ['target'],
	rejections: ['source_id'],
};

/**
 * What tells two states of a store apart beside the numbers of rows: every step of this program changes one of these. Contents, evidence and golden
 * records change with the hash, the mark or the times of their record or profile.
 */
export const STATE: readonly string[] = [
	'SELECT name, seq FROM sqlite_sequence ORDER BY name',
	'SELECT no, version, updated_at, hash, deleted, profile_no FROM records ORDER BY no',
	'SELECT * FROM profiles ORDER BY no',
	'SELECT max(id), max(at), sum(model_version), sum(weight) FROM evidence',
	'SELECT count(*), sum(profile_no) FROM canonical_ids WHERE retired = 1',
	'SELECT canonical_id, heir, age, at FROM promised_ids ORDER BY canonical_id',
	'SELECT source_id, object, system, canonical_id, at FROM promised_records ORDER BY source_id, object, system',
	'SELECT source_id, object, system, entity, canonical_id, at FROM departures ORDER BY source_id, object, system, entity',
	'SELECT key FROM generic_keys ORDER BY key',
	'SELECT id, in_force FROM decisions ORDER BY id',
	'SELECT id, status, closed_at FROM reviews ORDER BY id',
	'SELECT scope, value, at FROM cursors ORDER BY scope',
	'SELECT id, canonical_id, acknowledged, status, reason, attempts, at FROM ledger ORDER BY id',
	'SELECT id, at FROM rejections ORDER BY id',
	'SELECT version, created_at FROM models ORDER BY version',
];
