import type { Entity } from '../../domain';
import type { CompanyPeople, HouseholdHolder, ProfileHead, ProfileLinks, ProfileReader, StoredProfile } from '../interface';
import { keyDigest } from '../key-digest';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { SqliteHomes } from './homes';
import { fromStoredText, toStoredText } from '../text';
import { HEAD, PROFILE, toHead, toProfile, type HeadRow, type ProfileRow } from './profile-row';
import { searchExpression } from './text-search';
import type { Immediate } from './transaction';

const SELECT_PROFILE = `SELECT ${PROFILE} FROM profiles p LEFT JOIN goldens g ON g.no = p.no`;
/** Of two keys at once, as a value is asked for: that of a person and that of a company. */
const PROFILES_OF_KEYS = `SELECT r.profile_no FROM (
		SELECT no FROM keys WHERE key = ?1 UNION ALL SELECT no FROM recent_keys WHERE key = ?1
		UNION ALL SELECT no FROM keys WHERE key = ?2 UNION ALL SELECT no FROM recent_keys WHERE key = ?2
	) k CROSS JOIN records r ON r.no = k.no`;
/** A person's profile that Merge has not built again since its company was merged names the company by an ID that is retired now. */
const PEOPLE_OF_COMPANY = `SELECT c.profile_no FROM company_people c WHERE c.company_id = (SELECT canonical_id FROM profiles WHERE no = ?1)
	UNION SELECT c.profile_no FROM canonical_ids i CROSS JOIN company_people c ON c.company_id = i.canonical_id WHERE i.profile_no = ?1 AND i.retired = 1`;

export class SqliteProfileReader implements Immediate<ProfileReader> {
	constructor(protected readonly db: Connection) {}

	byNo(nos: readonly number[]): StoredProfile[] {
		const sql = `SELECT ${PROFILE}
			FROM json_each(?) n CROSS JOIN profiles p ON p.no = n.value LEFT JOIN goldens g ON g.no = p.no ORDER BY n.key`;
		return this.db.lists<ProfileRow>(sql, JSON.stringify(nos)).map(toProfile);
	}

	byKeys(keys: readonly string[]): StoredProfile[] {
		// A profile is listed once, however many of its records hold one of the keys.
		const nos = new Set<number>();
		for (let place = 0; place < keys.length; place += 2) {
			const [first, second] = [keys[place] as string, keys[place + 1]];
			for (const [no] of this.db.lists<[number | null]>(PROFILES_OF_KEYS, keyDigest(first), second === undefined ? null : keyDigest(second))) if (no !== null) nos.add(no);
		}
		return [...nos].sort((x, y) => x - y).flatMap((no) => this.#read(no) ?? []);
	}

	heads(nos: readonly number[]): ProfileHead[] {
		const sql = `SELECT ${HEAD} FROM json_each(?) n CROSS JOIN profiles p ON p.no = n.value ORDER BY n.key`;
		return this.db.lists<HeadRow>(sql, JSON.stringify(nos)).map(toHead);
	}

	byCanonicalId(ids: readonly string[]): Map<string, StoredProfile> {
		const found = new Map<string, StoredProfile>();
		for (const id of ids) {
			const row = this.db.get<{ profile_no: number }>('SELECT profile_no FROM canonical_ids WHERE canonical_id = ?', toStoredText(id));
			const profile = row && this.#read(row.profile_no);
			if (profile) found.set(id, profile);
		}
		return found;
	}

	currentIds(ids: readonly string[]): Map<string, string> {
		const sql = 'SELECT p.canonical_id FROM canonical_ids i JOIN profiles p ON p.no = i.profile_no WHERE i.canonical_id = ?';
		return new Map(ids.flatMap((id) => this.db.lists<[string]>(sql, toStoredText(id)).map(([current]) => [id, current] as const)));
	}

	/** Every profile asked for has an entry, an empty one where no retired ID leads to it. */
	aliases(nos: readonly number[]): Map<number, string[]> {
		const sql = 'SELECT canonical_id FROM canonical_ids WHERE profile_no = ? AND retired = 1 ORDER BY canonical_id';
		return new Map(nos.map((no) => [no, this.db.lists<[string]>(sql, no).map(([id]) => fromStoredText(id))]));
	}

	/** Touched profiles in the order in which they were touched, then those that time has overtaken. */
	waiting(now: string, limit: number): StoredProfile[] {
		const wanted = rowLimit(limit);
		const touched = this.db.lists<ProfileRow>(`${SELECT_PROFILE} WHERE p.dirty_mark IS NOT NULL ORDER BY p.dirty_mark LIMIT ? + 0`, wanted);
		const stale = this.db.lists<ProfileRow>(
			`${SELECT_PROFILE} WHERE p.stale_at IS NOT NULL AND p.dirty_mark IS NULL AND p.stale_at <= ? ORDER BY p.stale_at, p.no LIMIT ? + 0`,
			now,
			wanted - touched.length,
		);
		return [...touched, ...stale].map(toProfile);
	}

	changedSince(entity: Entity, after: number, limit: number): StoredProfile[] {
		const sql = `${SELECT_PROFILE} WHERE p.entity = ? AND p.revision > ? AND p.built = 1 AND p.empty = 0 ORDER BY p.revision LIMIT ? + 0`;
		return this.db.lists<ProfileRow>(sql, entity, after, rowLimit(limit)).map(toProfile);
	}

	/** Empty profiles are not found: what their text was made of is gone. */
	search(query: string, entity: Entity | undefined, limit: number): StoredProfile[] {
		const expression = searchExpression(query);
		if (expression === '') return [];
		const best = this.db.all<{ no: number }>(
			`SELECT p.no FROM profile_search s CROSS JOIN profiles p ON p.no = s.rowid
			WHERE s.profile_search MATCH ? AND p.empty = 0 AND (? IS NULL OR p.entity = ?) ORDER BY s.rank, p.no LIMIT ? + 0`,
			expression,
			entity ?? null,
			entity ?? null,
			rowLimit(limit),
		);
		return this.byNo(best.map(({ no }) => no));
	}

	ofHouseholds(keys: readonly string[], limit: number, least = 1, known: ReadonlyMap<number, HouseholdHolder> = new Map()): Map<string, HouseholdHolder[]> {
		return new SqliteHomes(this.db).holders(keys, limit, least, known);
	}

	ofCompanies(companyNos: readonly number[], limit: number): Map<number, CompanyPeople> {
		const people = `SELECT p.canonical_id, g.name FROM profiles p CROSS JOIN goldens g ON g.no = p.no
			WHERE p.no IN (${PEOPLE_OF_COMPANY}) AND p.empty = 0 ORDER BY p.no LIMIT ?2 + 0`;
		const total = `SELECT count(*) AS total FROM profiles WHERE no IN (${PEOPLE_OF_COMPANY}) AND empty = 0`;
		return new Map(
			companyNos.map((no) => {
				const rows = this.db.all<{ canonical_id: string; name: string }>(people, no, rowLimit(limit));
				const named = rows.map((row) => ({ canonicalId: fromStoredText(row.canonical_id), name: row.name }));
				return [no, { people: named, total: this.db.get<{ total: number }>(total, no)?.total ?? 0 }];
			}),
		);
	}

	linksOf(nos: readonly number[]): Map<number, ProfileLinks> {
		const homes = new SqliteHomes(this.db);
		return new Map(nos.map((no) => [no, { householdKeys: homes.keysOf(no), companies: this.companiesOf(no) }]));
	}

	countHomes(): { listed: number; found: number } {
		return new SqliteHomes(this.db).counts();
	}

	scan(afterNo: number, limit: number): StoredProfile[] {
		return this.db.lists<ProfileRow>(`${SELECT_PROFILE} WHERE p.no > ? ORDER BY p.no LIMIT ? + 0`, afterNo, rowLimit(limit)).map(toProfile);
	}

	scanHeads(afterNo: number, limit: number): ProfileHead[] {
		return this.db.lists<HeadRow>(`SELECT ${HEAD} FROM profiles p WHERE p.no > ? ORDER BY p.no LIMIT ? + 0`, afterNo, rowLimit(limit)).map(toHead);
	}

	scanAliases(afterId: string, limit: number): { canonicalId: string; profileNo: number }[] {
		const sql = 'SELECT canonical_id, profile_no FROM canonical_ids WHERE retired = 1 AND canonical_id > ? ORDER BY canonical_id LIMIT ? + 0';
		return this.db
			.all<{ canonical_id: string; profile_no: number }>(sql, toStoredText(afterId), rowLimit(limit))
			.map((row) => ({ canonicalId: fromStoredText(row.canonical_id), profileNo: row.profile_no }));
	}

	/** `waiting` counts touched profiles, also empty ones; whether time has overtaken others depends on a clock, which the store has not. */
	counts(): { profiles: Record<Entity, number>; segments: Record<string, number>; waiting: number } {
		const profiles: Record<Entity, number> = { person: 0, company: 0 };
		const byEntity = this.db.all<{ entity: Entity; profiles: number }>(
			'SELECT entity, count(*) AS profiles FROM profiles WHERE empty = 0 GROUP BY entity',
		);
		for (const row of byEntity) profiles[row.entity] = row.profiles;
		const bySegment = this.db.all<{ segment: string; profiles: number }>(
			`SELECT s.segment, count(*) AS profiles FROM profile_segments s CROSS JOIN profiles p ON p.no = s.profile_no
			WHERE p.empty = 0 GROUP BY s.segment ORDER BY s.segment`,
		);
		const waiting = this.db.get<{ profiles: number }>('SELECT count(*) AS profiles FROM profiles WHERE dirty_mark IS NOT NULL')?.profiles ?? 0;
		return { profiles, segments: Object.fromEntries(bySegment.map((row) => [row.segment, row.profiles])), waiting };
	}

	protected companiesOf(no: number): string[] {
		const sql = 'SELECT company_id FROM company_people WHERE profile_no = ? ORDER BY company_id';
		return this.db.lists<[string]>(sql, no).map(([id]) => fromStoredText(id));
	}

	#read(no: number): StoredProfile | undefined {
		const [row] = this.db.lists<ProfileRow>(`${SELECT_PROFILE} WHERE p.no = ?`, no);
		return row && toProfile(row);
	}
}
