import type { Migration } from './migration';

/**
 * The tables of the embedded store, with what PostgreSQL adds: every text in the order of its bytes (COLLATE "C"), room on the pages of what is
 * changed often, and `counters`. A number comes from `counters` and not from a sequence, so that numbers have no gaps, a rollback gives them back,
 * and a reader that has seen one never meets a smaller one later.
 */
export const first: Migration = {
	version: 1,
	sql: `
		CREATE TABLE @counters (name TEXT COLLATE "C" PRIMARY KEY, last BIGINT NOT NULL) WITH (fillfactor = 50);
		INSERT INTO @counters (name, last)
			VALUES ('records', 0), ('profiles', 0), ('marks', 0), ('events', 0), ('decisions', 0), ('reviews', 0), ('rejections', 0);

		CREATE TABLE @profiles (
			no BIGINT PRIMARY KEY,
			canonical_id TEXT COLLATE "C" NOT NULL,
			entity TEXT COLLATE "C" NOT NULL,
			created_at TEXT COLLATE "C" NOT NULL,
			updated_at TEXT COLLATE "C" NOT NULL,
			revision BIGINT NOT NULL,
			built BOOLEAN NOT NULL,
			dirty_mark BIGINT,
			stale_at TEXT COLLATE "C",
			empty BOOLEAN NOT NULL
		) WITH (fillfactor = 70);
		CREATE INDEX profiles_dirty ON @profiles (dirty_mark) WHERE dirty_mark IS NOT NULL;
		CREATE INDEX profiles_stale ON @profiles (stale_at, no) WHERE stale_at IS NOT NULL AND dirty_mark IS NULL;
		CREATE INDEX profiles_changed ON @profiles (entity, revision) WHERE built AND NOT empty;

		CREATE TABLE @records (
			no BIGINT PRIMARY KEY,
			system TEXT COLLATE "C" NOT NULL,
			object TEXT COLLATE "C" NOT NULL,
			source_id TEXT COLLATE "C" NOT NULL,
			kind TEXT COLLATE "C" NOT NULL,
			version TEXT COLLATE "C" NOT NULL,
			updated_at TEXT COLLATE "C" NOT NULL,
			deleted BOOLEAN NOT NULL,
			hash TEXT COLLATE "C" NOT NULL,
			profile_no BIGINT REFERENCES @profiles (no) DEFERRABLE INITIALLY DEFERRED,
			first_seen_at TEXT COLLATE "C" NOT NULL
		) WITH (fillfactor = 70);
		CREATE UNIQUE INDEX records_by_ref ON @records (source_id, object, system);
		CREATE INDEX records_by_profile ON @records (profile_no) WHERE profile_no IS NOT NULL;
		CREATE TABLE @record_contents (no BIGINT PRIMARY KEY, content TEXT NOT NULL) WITH (fillfactor = 90);

		CREATE TABLE @links (
			source_id TEXT COLLATE "C" NOT NULL,
			object TEXT COLLATE "C" NOT NULL,
			system TEXT COLLATE "C" NOT NULL,
			type TEXT COLLATE "C" NOT NULL,
			no BIGINT NOT NULL,
			PRIMARY KEY (source_id, object, system, type, no)
		);

		CREATE TABLE @keys (key TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, who TEXT COLLATE "C" NOT NULL, PRIMARY KEY (key, no))
			WITH (fillfactor = 95);
		CREATE TABLE @record_keys (no BIGINT PRIMARY KEY, keys TEXT NOT NULL, forms_of TEXT NOT NULL DEFAULT '', forms TEXT NOT NULL DEFAULT '') WITH (fillfactor = 90);
		CREATE TABLE @generic_keys (key TEXT COLLATE "C" PRIMARY KEY);

		CREATE TABLE @evidence (
			a BIGINT NOT NULL,
			b BIGINT NOT NULL,
			rule TEXT COLLATE "C" NOT NULL,
			weight DOUBLE PRECISION NOT NULL,
			outcome TEXT COLLATE "C" NOT NULL,
			model_version BIGINT NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			comparisons TEXT NOT NULL,
			PRIMARY KEY (a, b, rule),
			CHECK (a < b)
		) WITH (fillfactor = 95);
		CREATE INDEX evidence_by_b ON @evidence (b);

		CREATE TABLE @decisions (
			id BIGINT PRIMARY KEY,
			low_system TEXT COLLATE "C" NOT NULL,
			low_object TEXT COLLATE "C" NOT NULL,
			low_source_id TEXT COLLATE "C" NOT NULL,
			high_system TEXT COLLATE "C" NOT NULL,
			high_object TEXT COLLATE "C" NOT NULL,
			high_source_id TEXT COLLATE "C" NOT NULL,
			swapped BOOLEAN NOT NULL,
			verdict TEXT COLLATE "C" NOT NULL,
			actor TEXT COLLATE "C" NOT NULL,
			reason TEXT COLLATE "C" NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			in_force BOOLEAN NOT NULL
		);
		CREATE UNIQUE INDEX decisions_by_low
			ON @decisions (low_source_id, low_object, low_system, high_source_id, high_object, high_system) WHERE in_force;
		CREATE INDEX decisions_same ON @decisions (id) WHERE in_force AND verdict = 'same';
		CREATE INDEX decisions_by_high ON @decisions (high_source_id, high_object, high_system) WHERE in_force;

		CREATE TABLE @goldens (
			no BIGINT PRIMARY KEY,
			name TEXT COLLATE "C" NOT NULL,
			companies TEXT NOT NULL,
			home TEXT NOT NULL,
			segments TEXT NOT NULL,
			search_text TEXT NOT NULL,
			golden TEXT NOT NULL
		) WITH (fillfactor = 80);
		CREATE TABLE @household_keys (
			profile_no BIGINT NOT NULL,
			key TEXT COLLATE "C" NOT NULL,
			entity TEXT COLLATE "C" NOT NULL,
			PRIMARY KEY (profile_no, key)
		);
		CREATE INDEX household_keys_by_key ON @household_keys (key, entity, profile_no);
		CREATE TABLE @company_people (profile_no BIGINT NOT NULL, company_id TEXT COLLATE "C" NOT NULL, PRIMARY KEY (profile_no, company_id));
		CREATE INDEX company_people_by_company ON @company_people (company_id, profile_no);
		CREATE TABLE @profile_segments (profile_no BIGINT NOT NULL, segment TEXT COLLATE "C" NOT NULL, PRIMARY KEY (profile_no, segment));
		CREATE TABLE @profile_search (no BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
		CREATE INDEX profile_search_by_word ON @profile_search USING gin (words);
		CREATE TABLE @canonical_ids (
			canonical_id TEXT COLLATE "C" PRIMARY KEY,
			profile_no BIGINT NOT NULL,
			retired BOOLEAN NOT NULL
		);
		CREATE INDEX canonical_ids_retired ON @canonical_ids (canonical_id, profile_no) WHERE retired;
		CREATE INDEX canonical_ids_by_profile ON @canonical_ids (profile_no, canonical_id) WHERE retired;
		CREATE TABLE @promised_ids (
			canonical_id TEXT COLLATE "C" PRIMARY KEY,
			heir TEXT COLLATE "C" NOT NULL,
			entity TEXT COLLATE "C" NOT NULL,
			age BIGINT NOT NULL,
			at TEXT COLLATE "C" NOT NULL
		);
		CREATE INDEX promised_ids_by_heir ON @promised_ids (heir);
		CREATE INDEX promised_ids_by_time ON @promised_ids (at, age);
		CREATE TABLE @promised_records (
			source_id TEXT COLLATE "C" NOT NULL,
			object TEXT COLLATE "C" NOT NULL,
			system TEXT COLLATE "C" NOT NULL,
			canonical_id TEXT COLLATE "C" NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			PRIMARY KEY (source_id, object, system)
		);
		CREATE INDEX promised_records_by_id ON @promised_records (canonical_id);
		CREATE INDEX promised_records_by_time ON @promised_records (at);
		CREATE TABLE @departures (
			source_id TEXT COLLATE "C" NOT NULL,
			object TEXT COLLATE "C" NOT NULL,
			system TEXT COLLATE "C" NOT NULL,
			entity TEXT COLLATE "C" NOT NULL,
			canonical_id TEXT COLLATE "C" NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			PRIMARY KEY (source_id, object, system, entity)
		);

		CREATE TABLE @events (
			seq BIGINT PRIMARY KEY,
			type TEXT COLLATE "C" NOT NULL,
			canonical_id TEXT COLLATE "C" NOT NULL,
			entity TEXT COLLATE "C" NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			data TEXT NOT NULL
		);
		CREATE INDEX events_by_type ON @events (type, seq);
		CREATE INDEX events_by_profile ON @events (canonical_id, seq);

		CREATE TABLE @reviews (
			id BIGINT PRIMARY KEY,
			a BIGINT NOT NULL,
			b BIGINT NOT NULL,
			rule TEXT COLLATE "C" NOT NULL,
			weight DOUBLE PRECISION NOT NULL,
			status TEXT COLLATE "C" NOT NULL,
			created_at TEXT COLLATE "C" NOT NULL,
			closed_at TEXT COLLATE "C",
			CHECK (a < b)
		);
		CREATE UNIQUE INDEX reviews_open_by_pair ON @reviews (a, b) WHERE status = 'open';
		CREATE INDEX reviews_open_by_b ON @reviews (b) WHERE status = 'open';
		CREATE INDEX reviews_open_by_weight ON @reviews (weight DESC, id) WHERE status = 'open';

		CREATE TABLE @cursors (scope TEXT COLLATE "C" PRIMARY KEY, value TEXT NOT NULL, at TEXT COLLATE "C" NOT NULL) WITH (fillfactor = 50);

		CREATE TABLE @ledger (
			destination TEXT COLLATE "C" NOT NULL,
			target TEXT COLLATE "C" NOT NULL,
			canonical_id TEXT COLLATE "C" NOT NULL,
			acknowledged TEXT NOT NULL,
			status TEXT COLLATE "C" NOT NULL,
			reason TEXT COLLATE "C",
			attempts BIGINT NOT NULL,
			at TEXT COLLATE "C" NOT NULL,
			PRIMARY KEY (destination, target)
		) WITH (fillfactor = 80);
		CREATE INDEX ledger_by_status ON @ledger (destination, status, target);

		CREATE TABLE @rejections (
			id BIGINT PRIMARY KEY,
			system TEXT COLLATE "C" NOT NULL,
			object TEXT COLLATE "C" NOT NULL,
			source_id TEXT COLLATE "C" NOT NULL,
			reason TEXT COLLATE "C" NOT NULL,
			field TEXT COLLATE "C",
			remedy TEXT COLLATE "C" NOT NULL,
			at TEXT COLLATE "C" NOT NULL
		);
		CREATE UNIQUE INDEX rejections_by_ref ON @rejections (source_id, object, system);
		CREATE INDEX rejections_by_time ON @rejections (at, id);

		CREATE TABLE @models (
			version BIGINT PRIMARY KEY,
			created_at TEXT COLLATE "C" NOT NULL,
			actor TEXT COLLATE "C" NOT NULL,
			stamp TEXT COLLATE "C" NOT NULL,
			model TEXT NOT NULL
		);
	`,
};
