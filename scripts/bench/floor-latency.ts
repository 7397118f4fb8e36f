import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { keyDigest } from '../../lib/store/key-digest';

const SETTINGS = 'PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000; PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY';

/** What changes in the store when a record comes in another version: `$no` is the record's number, `$profile` that of its profile. */
const EVERY_EVENT = [
	"UPDATE records SET version = version || ' ' WHERE no = $no",
	"UPDATE record_contents SET content = content || ' ' WHERE no = $no",
	"UPDATE record_keys SET forms = forms || ' ' WHERE no = $no",
	'UPDATE profiles SET revision = (SELECT max(seq) + 1 FROM events) WHERE no = $profile',
	"UPDATE goldens SET golden = golden || ' ' WHERE no = $profile",
	"INSERT INTO events (type, canonical_id, entity, at, data) SELECT 'profile.changed', canonical_id, entity, updated_at, '{}' FROM profiles WHERE no = $profile",
];
/** And when it has another telephone number: by that it is found, and so is its profile, and what is known of it and others is written anew. */
const ANOTHER_PHONE = [
	"INSERT INTO recent_keys (key, no, who) VALUES (hex(randomblob(8)), $no, '')",
	'UPDATE evidence SET at = at || \' \' WHERE a = $no OR b = $no',
	"INSERT INTO household_keys (profile_no, key, entity) VALUES ($profile, 'phone:' || hex(randomblob(5)), 'person')",
	"INSERT INTO recent_homes (profile_no, key, entity) VALUES ($profile, 'phone:' || hex(randomblob(5)), 'person')",
	'DELETE FROM profile_search WHERE rowid = $profile',
	'INSERT INTO profile_search (rowid, text) SELECT no, search_text FROM goldens WHERE no = $profile',
];

/** Writes the rows that events change into the same file, an event a transaction, by bare prepared statements; milliseconds for each. */
export function floorOfEvents(file: string, nos: readonly number[]): number[] {
	const db = new DatabaseSync(file);
	db.exec(SETTINGS);
	const profileOf = db.prepare('SELECT profile_no AS no FROM records WHERE no = ?');
	const [always, withPhone] = [EVERY_EVENT, ANOTHER_PHONE].map((list) => list.map((sql) => prepared(db, sql))) as [StatementSync[], StatementSync[]];
	const times = nos.map((no, index) => {
		const profile = (profileOf.get(no) as { no: number }).no;
		const begun = performance.now();
		db.exec('BEGIN IMMEDIATE');
		for (const statement of index % 2 === 0 ? always : [...always, ...withPhone]) statement.run({ no, profile });
		db.exec('COMMIT');
		return performance.now() - begun;
	});
	db.close();
	return times;
}

/** Not every one asks for both numbers. */
function prepared(db: DatabaseSync, sql: string): StatementSync {
	const statement = db.prepare(sql);
	statement.setAllowUnknownNamedParameters(true);
	return statement;
}

const GOLDEN_BY_KEY = `SELECT p.canonical_id, g.golden FROM (SELECT no FROM keys WHERE key = ?1 UNION ALL SELECT no FROM recent_keys WHERE key = ?1) k
	CROSS JOIN records r ON r.no = k.no CROSS JOIN profiles p ON p.no = r.profile_no CROSS JOIN goldens g ON g.no = p.no`;

/** Looks the golden records of those up who hold a key, by one bare prepared statement each; milliseconds for each. */
export function floorOfLookUps(file: string, keys: readonly string[]): number[] {
	const db = new DatabaseSync(file, { readOnly: true });
	const find = db.prepare(GOLDEN_BY_KEY);
	const times = keys.map(keyDigest).map((digest) => {
		const begun = performance.now();
		find.all(digest);
		return performance.now() - begun;
	});
	db.close();
	return times;
}
