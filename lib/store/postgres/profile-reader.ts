import type { Entity } from '../../domain';
import type { CompanyPeople, HouseholdHolder, ProfileHead, ProfileLinks, ProfileReader, StoredProfile } from '../interface';
import { keyDigest } from '../key-digest';
import { rowLimit } from '../row-limit';
import { wholeNumber, type Connection } from './connection';
import { PROFILE, SELECT_PROFILE, toHead, toHolder, toProfile, type HeadRow, type ProfileRow } from './profile-row';
import { searchQuery } from './search';

/** Companies stand before people: `c` comes before `p`. */
const HOLDERS = `SELECT n.place, h.* FROM unnest($1::text[]) WITH ORDINALITY n (key, place) CROSS JOIN LATERAL (
		SELECT p.no, p.canonical_id, p.entity, g.companies, g.name, g.home
		FROM @household_keys k JOIN @profiles p ON p.no = k.profile_no JOIN @goldens g ON g.no = p.no
		WHERE k.key = n.key AND NOT p.empty AND EXISTS (SELECT FROM @household_keys o WHERE o.key = n.key OFFSET $3 - 1)
		ORDER BY k.entity, k.profile_no LIMIT $2
	) h ORDER BY n.place, h.entity, h.no`;
/** A person's profile that Merge has not built again since its company was merged names the company by an ID that is retired now. */
const PEOPLE = `SELECT n.place, m.* FROM unnest($1::bigint[]) WITH ORDINALITY n (no, place) CROSS JOIN LATERAL (
		SELECT p.no, p.canonical_id, g.name, count(*) OVER () AS total
		FROM (
			SELECT c.profile_no FROM @profiles firm JOIN @company_people c ON c.company_id = firm.canonical_id WHERE firm.no = n.no
			UNION SELECT c.profile_no FROM @canonical_ids i JOIN @company_people c ON c.company_id = i.canonical_id
				WHERE i.profile_no = n.no AND i.retired
		) named JOIN @profiles p ON p.no = named.profile_no JOIN @goldens g ON g.no = p.no
		WHERE NOT p.empty ORDER BY p.no LIMIT $2
	) m ORDER BY n.place, m.no`;
/** So many hits are ranked at most; a query of one letter finds half the store. */
const RANKED = 10_000;

export class PostgresProfileReader implements ProfileReader {
	constructor(protected readonly db: Connection) {}

	async byNo(nos: readonly number[]): Promise<StoredProfile[]> {
		if (nos.length === 0) return [];
		const sql = `SELECT ${PROFILE} FROM unnest($1::bigint[]) WITH ORDINALITY n (no, place)
			JOIN @profiles p ON p.no = n.no LEFT JOIN @goldens g ON g.no = p.no ORDER BY n.place`;
		return (await this.db.all<ProfileRow>(sql, nos)).map(toProfile);
	}

	async byKeys(keys: readonly string[]): Promise<StoredProfile[]> {
		if (keys.length === 0) return [];
		const sql = `${SELECT_PROFILE} WHERE p.no IN (SELECT r.profile_no FROM @keys k JOIN @records r ON r.no = k.no WHERE k.key = ANY ($1::text[])) ORDER BY p.no`;
		return (await this.db.all<ProfileRow>(sql, keys.map(keyDigest))).map(toProfile);
	}

	async heads(nos: readonly number[]): Promise<ProfileHead[]> {
		if (nos.length === 0) return [];
		const sql = 'SELECT p.* FROM unnest($1::bigint[]) WITH ORDINALITY n (no, place) JOIN @profiles p ON p.no = n.no ORDER BY n.place';
		return (await this.db.all<HeadRow>(sql, nos)).map(toHead);
	}

	async byCanonicalId(ids: readonly string[]): Promise<Map<string, StoredProfile>> {
		if (ids.length === 0) return new Map();
		const rows = await this.db.all<ProfileRow & { place: number }>(
			`SELECT n.place, ${PROFILE} FROM unnest($1::text[]) WITH ORDINALITY n (id, place) JOIN @canonical_ids i ON i.canonical_id = n.id
			JOIN @profiles p ON p.no = i.profile_no LEFT JOIN @goldens g ON g.no = p.no ORDER BY n.place`,
			ids,
		);
		return new Map(rows.map((row) => [ids[row.place - 1] as string, toProfile(row)]));
	}

	async currentIds(ids: readonly string[]): Promise<Map<string, string>> {
		if (ids.length === 0) return new Map();
		const rows = await this.db.all<{ place: number; canonical_id: string }>(
			`SELECT n.place, p.canonical_id FROM unnest($1::text[]) WITH ORDINALITY n (id, place) JOIN @canonical_ids i ON i.canonical_id = n.id JOIN @profiles p ON p.no = i.profile_no`,
			ids,
		);
		return new Map(rows.map(({ place, canonical_id: current }) => [ids[place - 1] as string, current]));
	}

	/** Every profile asked for has an entry, an empty one where no retired ID leads to it. */
	async aliases(nos: readonly number[]): Promise<Map<number, string[]>> {
		const found = new Map<number, string[]>(nos.map((no) => [no, []]));
		if (nos.length === 0) return found;
		const rows = await this.db.all<{ profile_no: number; canonical_id: string }>(
			'SELECT profile_no, canonical_id FROM @canonical_ids WHERE profile_no = ANY ($1::bigint[]) AND retired ORDER BY canonical_id',
			nos,
		);
		for (const row of rows) found.get(row.profile_no)?.push(row.canonical_id);
		return found;
	}

	/** Touched profiles in the order in which they were touched, then those that time has overtaken. */
	async waiting(now: string, limit: number): Promise<StoredProfile[]> {
		const wanted = rowLimit(limit);
		const touched = await this.db.all<ProfileRow>(`${SELECT_PROFILE} WHERE p.dirty_mark IS NOT NULL ORDER BY p.dirty_mark LIMIT $1`, wanted);
		if (touched.length === wanted) return touched.map(toProfile);
		const stale = await this.db.all<ProfileRow>(
			`${SELECT_PROFILE} WHERE p.stale_at IS NOT NULL AND p.dirty_mark IS NULL AND p.stale_at <= $1 ORDER BY p.stale_at, p.no LIMIT $2`,
			now,
			wanted - touched.length,
		);
		return [...touched, ...stale].map(toProfile);
	}

	async changedSince(entity: Entity, after: number, limit: number): Promise<StoredProfile[]> {
		const sql = `${SELECT_PROFILE} WHERE p.entity = $1 AND p.revision > $2 AND p.built AND NOT p.empty ORDER BY p.revision LIMIT $3`;
		return (await this.db.all<ProfileRow>(sql, entity, wholeNumber(after), rowLimit(limit))).map(toProfile);
	}

	/** Empty profiles are not found: what their text was made of is gone. */
	async search(query: string, entity: Entity | undefined, limit: number): Promise<StoredProfile[]> {
		const expression = searchQuery(query);
		if (expression === '') return [];
		const rows = await this.db.all<ProfileRow>(
			`WITH found AS MATERIALIZED (
				SELECT s.no, s.words FROM @profile_search s JOIN @profiles p ON p.no = s.no
				WHERE s.words @@ $1::tsquery AND NOT p.empty AND ($2::text IS NULL OR p.entity = $2) LIMIT ${RANKED}
			),
			best AS MATERIALIZED (SELECT no, ts_rank(words, $1::tsquery) AS rank FROM found ORDER BY rank DESC, no LIMIT $3)
			SELECT ${PROFILE} FROM best JOIN @profiles p ON p.no = best.no LEFT JOIN @goldens g ON g.no = p.no ORDER BY best.rank DESC, best.no`,
			expression,
			entity ?? null,
			rowLimit(limit),
		);
		return rows.map(toProfile);
	}

	/** What is known already comes again with the rest: leaving it out would save nothing on the way to the server. */
	async ofHouseholds(keys: readonly string[], limit: number, least = 1): Promise<Map<string, HouseholdHolder[]>> {
		const found = new Map<string, HouseholdHolder[]>();
		if (keys.length === 0) return found;
		const unique = [...new Set(keys)];
		for (const row of await this.db.all<ProfileRow & { place: number }>(HOLDERS, unique, rowLimit(limit), wholeNumber(least))) {
			const key = unique[row.place - 1] as string;
			found.set(key, [...(found.get(key) ?? []), toHolder(row)]);
		}
		for (const [key, holders] of found) if (holders.length < least) found.delete(key);
		return found;
	}

	async ofCompanies(companyNos: readonly number[], limit: number): Promise<Map<number, CompanyPeople>> {
		const found = new Map<number, CompanyPeople>(companyNos.map((no) => [no, { people: [], total: 0 }]));
		if (companyNos.length === 0) return found;
		const unique = [...found.keys()];
		const wanted = rowLimit(limit);
		interface Row {
			place: number;
			canonical_id: string;
			name: string;
			total: number;
		}
		// One row is needed to carry the total.
		for (const row of await this.db.all<Row>(PEOPLE, unique, Math.max(1, wanted))) {
			const company = found.get(unique[row.place - 1] as number) as CompanyPeople;
			company.total = row.total;
			if (company.people.length < wanted) company.people.push({ canonicalId: row.canonical_id, name: row.name });
		}
		return found;
	}

	async linksOf(nos: readonly number[]): Promise<Map<number, ProfileLinks>> {
		const found = new Map<number, ProfileLinks>(nos.map((no) => [no, { householdKeys: [], companies: [] }]));
		if (nos.length === 0) return found;
		const rows = await this.db.all<{ profile_no: number; key: string | null; company_id: string | null }>(
			`SELECT profile_no, key, NULL AS company_id FROM @household_keys WHERE profile_no = ANY ($1::bigint[])
			UNION ALL SELECT profile_no, NULL, company_id FROM @company_people WHERE profile_no = ANY ($1::bigint[]) ORDER BY key, company_id`,
			nos,
		);
		for (const row of rows) {
			const links = found.get(row.profile_no);
			if (row.key !== null) links?.householdKeys.push(row.key);
			if (row.company_id !== null) links?.companies.push(row.company_id);
		}
		return found;
	}

	/** A profile is found by what it has. */
	async countHomes(): Promise<{ listed: number; found: number }> {
		const listed = (await this.db.get<{ homes: number }>('SELECT count(*) AS homes FROM @household_keys'))?.homes ?? 0;
		return { listed, found: listed };
	}

	async scan(afterNo: number, limit: number): Promise<StoredProfile[]> {
		const sql = `${SELECT_PROFILE} WHERE p.no > $1 ORDER BY p.no LIMIT $2`;
		return (await this.db.all<ProfileRow>(sql, wholeNumber(afterNo), rowLimit(limit))).map(toProfile);
	}

	async scanHeads(afterNo: number, limit: number): Promise<ProfileHead[]> {
		const sql = 'SELECT p.* FROM @profiles p WHERE p.no > $1 ORDER BY p.no LIMIT $2';
		return (await this.db.all<HeadRow>(sql, wholeNumber(afterNo), rowLimit(limit))).map(toHead);
	}

	async scanAliases(afterId: string, limit: number): Promise<{ canonicalId: string; profileNo: number }[]> {
		return await this.db.all(
			`SELECT canonical_id AS "canonicalId", profile_no AS "profileNo" FROM @canonical_ids
			WHERE retired AND canonical_id > $1 ORDER BY canonical_id LIMIT $2`,
			afterId,
			rowLimit(limit),
		);
	}

	/** `waiting` counts touched profiles, also empty ones; whether time has overtaken others depends on a clock, which the store has not. */
	async counts(): Promise<{ profiles: Record<Entity, number>; segments: Record<string, number>; waiting: number }> {
		const profiles: Record<Entity, number> = { person: 0, company: 0 };
		const byEntity = await this.db.all<{ entity: Entity; profiles: number }>(
			'SELECT entity, count(*) AS profiles FROM @profiles WHERE NOT empty GROUP BY entity',
		);
		for (const row of byEntity) profiles[row.entity] = row.profiles;
		const bySegment = await this.db.all<{ segment: string; profiles: number }>(
			`SELECT s.segment, count(*) AS profiles FROM @profile_segments s JOIN @profiles p ON p.no = s.profile_no
			WHERE NOT p.empty GROUP BY s.segment ORDER BY s.segment`,
		);
		const waiting = await this.db.get<{ profiles: number }>('SELECT count(*) AS profiles FROM @profiles WHERE dirty_mark IS NOT NULL');
		return { profiles, segments: Object.fromEntries(bySegment.map((row) => [row.segment, row.profiles])), waiting: waiting?.profiles ?? 0 };
	}
}
