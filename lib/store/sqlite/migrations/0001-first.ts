import type { Migration } from './migration';

/**
 * Wide JSON stands in tables of its own, so that what changes often (which profile, which revision, what is waiting) touches narrow rows only;
 * the widest column is the last of its table, so that the others are read without it.
 */
export const first: Migration = {
	version: 1,
	sql: `
		CREATE TABLE records (
			no INTEGER PRIMARY KEY AUTOINCREMENT,
			system TEXT NOT NULL,
			object TEXT NOT NULL,
			source_id TEXT NOT NULL,
			kind TEXT NOT NULL,
			version TEXT NOT NULL,
			updated_at TEXT NOT NULL,
			deleted INTEGER NOT NULL,
			hash TEXT NOT NULL,
			profile_no INTEGER REFERENCES profiles (no) DEFERRABLE INITIALLY DEFERRED,
			first_seen_at TEXT NOT NULL
		) STRICT;
		CREATE UNIQUE INDEX records_by_ref ON records (source_id, object, system);
		CREATE INDEX records_by_profile ON records (profile_no) WHERE profile_no IS NOT NULL;
		CREATE TABLE record_contents (no INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;

		CREATE TABLE links (
			source_id TEXT NOT NULL,
			object TEXT NOT NULL,
			system TEXT NOT NULL,
			type TEXT NOT NULL,
			no INTEGER NOT NULL,
			PRIMARY KEY (source_id, object, system, type, no)
		) STRICT, WITHOUT ROWID;

		CREATE TABLE keys (key TEXT NOT NULL, no INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY (key, no)) STRICT, WITHOUT ROWID;
		CREATE TABLE recent_keys (key TEXT NOT NULL, no INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY (key, no)) STRICT, WITHOUT ROWID;
		CREATE TABLE record_keys (no INTEGER PRIMARY KEY, forms_of TEXT NOT NULL DEFAULT '', forms TEXT NOT NULL DEFAULT '', keys TEXT NOT NULL) STRICT;
		CREATE TABLE generic_keys (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

		CREATE TABLE evidence (
			id INTEGER PRIMARY KEY,
			a INTEGER NOT NULL,
			b INTEGER NOT NULL,
			rule TEXT NOT NULL,
			weight REAL NOT NULL,
			outcome TEXT NOT NULL,
			model_version INTEGER NOT NULL,
			at TEXT NOT NULL,
			comparisons TEXT NOT NULL,
			CHECK (a < b)
		) STRICT;
		CREATE UNIQUE INDEX evidence_by_pair ON evidence (a, b, rule);
		CREATE INDEX evidence_by_b ON evidence (b);

		CREATE TABLE decisions (
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			low_system TEXT NOT NULL,
			low_object TEXT NOT NULL,
			low_source_id TEXT NOT NULL,
			high_system TEXT NOT NULL,
			high_object TEXT NOT NULL,
			high_source_id TEXT NOT NULL,
			swapped INTEGER NOT NULL,
			verdict TEXT NOT NULL,
			actor TEXT NOT NULL,
			reason TEXT NOT NULL,
			at TEXT NOT NULL,
			in_force INTEGER NOT NULL
		) STRICT;
		CREATE UNIQUE INDEX decisions_by_low
			ON decisions (low_source_id, low_object, low_system, high_source_id, high_object, high_system) WHERE in_force = 1;
		CREATE INDEX decisions_same ON decisions (id) WHERE in_force = 1 AND verdict = 'same';
		CREATE INDEX decisions_by_high ON decisions (high_source_id, high_object, high_system) WHERE in_force = 1;

		CREATE TABLE profiles (
			no INTEGER PRIMARY KEY AUTOINCREMENT,
			canonical_id TEXT NOT NULL,
			entity TEXT NOT NULL,
			created_at TEXT NOT NULL,
			updated_at TEXT NOT NULL,
			revision INTEGER NOT NULL,
			built INTEGER NOT NULL,
			dirty_mark INTEGER,
			stale_at TEXT,
			empty INTEGER NOT NULL
		) STRICT;
		CREATE INDEX profiles_dirty ON profiles (dirty_mark) WHERE dirty_mark IS NOT NULL;
		CREATE INDEX profiles_stale ON profiles (stale_at) WHERE stale_at IS NOT NULL AND dirty_mark IS NULL;
		CREATE INDEX profiles_changed ON profiles (entity, revision) WHERE built = 1 AND empty = 0;
		CREATE TABLE goldens (
			no INTEGER PRIMARY KEY,
			name TEXT NOT NULL,
			companies TEXT NOT NULL,
			home TEXT NOT NULL,
			search_text TEXT NOT NULL,
			golden TEXT NOT NULL
		) STRICT;
		CREATE TABLE household_keys (
			profile_no INTEGER NOT NULL,
			key TEXT NOT NULL,
			entity TEXT NOT NULL,
			PRIMARY KEY (profile_no, key)
		) STRICT, WITHOUT ROWID;
		CREATE TABLE homes (key TEXT NOT NULL, entity TEXT NOT NULL, profile_no INTEGER NOT NULL, PRIMARY KEY (key, entity, profile_no)) STRICT, WITHOUT ROWID;
		CREATE TABLE recent_homes (key TEXT NOT NULL, entity TEXT NOT NULL, profile_no INTEGER NOT NULL, PRIMARY KEY (key, entity, profile_no)) STRICT, WITHOUT ROWID;
		CREATE TABLE company_people (profile_no INTEGER NOT NULL, company_id TEXT NOT NULL, PRIMARY KEY (profile_no, company_id)) STRICT, WITHOUT ROWID;
		CREATE INDEX company_people_by_company ON company_people (company_id, profile_no);
		CREATE TABLE profile_segments (profile_no INTEGER NOT NULL, segment TEXT NOT NULL, PRIMARY KEY (profile_no, segment)) STRICT, WITHOUT ROWID;
		CREATE VIRTUAL TABLE profile_search USING fts5 (
			text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
		);
		-- Twice the default: single events would otherwise wait for a merge of the index every fifty times, and search is no slower.
		INSERT INTO profile_search (profile_search, rank) VALUES ('automerge', 8);
		CREATE TABLE canonical_ids (
			canonical_id TEXT PRIMARY KEY,
			profile_no INTEGER NOT NULL,
			retired INTEGER NOT NULL
		) STRICT, WITHOUT ROWID;
		CREATE INDEX canonical_ids_retired ON canonical_ids (canonical_id, profile_no) WHERE retired = 1;
		CREATE INDEX canonical_ids_by_profile ON canonical_ids (profile_no, canonical_id) WHERE retired = 1;
		-- What was issued before the store went back to a backup: each ID with the one that it was retired to, or itself, and the records that carry it.
		CREATE TABLE promised_ids (
			canonical_id TEXT PRIMARY KEY,
			heir TEXT NOT NULL,
			entity TEXT NOT NULL,
			age INTEGER NOT NULL,
			at TEXT NOT NULL
		) STRICT, WITHOUT ROWID;
		CREATE INDEX promised_ids_by_heir ON promised_ids (heir);
		CREATE INDEX promised_ids_by_time ON promised_ids (at, age);
		CREATE TABLE promised_records (
			source_id TEXT NOT NULL,
			object TEXT NOT NULL,
			system TEXT NOT NULL,
			canonical_id TEXT NOT NULL,
			at TEXT NOT NULL,
			PRIMARY KEY (source_id, object, system)
		) STRICT, WITHOUT ROWID;
		CREATE INDEX promised_records_by_id ON promised_records (canonical_id);
		CREATE INDEX promised_records_by_time ON promised_records (at);
		-- Records that left the profile they were in, deleted or of another kind since, with the ID that it had: they may come back.
		CREATE TABLE departures (
			source_id TEXT NOT NULL,
			object TEXT NOT NULL,
			system TEXT NOT NULL,
			entity TEXT NOT NULL,
			canonical_id TEXT NOT NULL,
			at TEXT NOT NULL,
			PRIMARY KEY (source_id, object, system, entity)
		) STRICT, WITHOUT ROWID;

		CREATE TABLE events (
			seq INTEGER PRIMARY KEY AUTOINCREMENT,
			type TEXT NOT NULL,
			canonical_id TEXT NOT NULL,
			entity TEXT NOT NULL,
			at TEXT NOT NULL,
			data TEXT NOT NULL
		) STRICT;
		CREATE INDEX events_by_type ON events (type, seq);
		CREATE INDEX events_by_profile ON events (canonical_id, seq);

		CREATE TABLE reviews (
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			a INTEGER NOT NULL,
			b INTEGER NOT NULL,
			rule TEXT NOT NULL,
			weight REAL NOT NULL,
			status TEXT NOT NULL,
			created_at TEXT NOT NULL,
			closed_at TEXT,
			CHECK (a < b)
		) STRICT;
		CREATE UNIQUE INDEX reviews_open_by_pair ON reviews (a, b) WHERE status = 'open';
		CREATE INDEX reviews_open_by_b ON reviews (b) WHERE status = 'open';
		CREATE INDEX reviews_open_by_weight ON reviews (weight DESC, id) WHERE status = 'open';

		CREATE TABLE cursors (scope TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

		CREATE TABLE ledger (
			id INTEGER PRIMARY KEY,
			destination TEXT NOT NULL,
			target TEXT NOT NULL,
			canonical_id TEXT NOT NULL,
			acknowledged TEXT NOT NULL,
			status TEXT NOT NULL,
			reason TEXT,
			attempts INTEGER NOT NULL,
			at TEXT NOT NULL
		) STRICT;
		CREATE UNIQUE INDEX ledger_by_target ON ledger (destination, target);
		CREATE INDEX ledger_by_status ON ledger (destination, status, target);

		CREATE TABLE rejections (
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			system TEXT NOT NULL,
			object TEXT NOT NULL,
			source_id TEXT NOT NULL,
			reason TEXT NOT NULL,
			field TEXT,
			remedy TEXT NOT NULL,
			at TEXT NOT NULL
		) STRICT;
		CREATE UNIQUE INDEX rejections_by_ref ON rejections (source_id, object, system);
		CREATE INDEX rejections_by_time ON rejections (at, id);

		CREATE TABLE models (version INTEGER PRIMARY KEY, created_at TEXT NOT NULL, actor TEXT NOT NULL, model TEXT NOT NULL) STRICT;
	`,
};
