import type { Entity } from '../../domain';
import type { ProfileWriter } from '../interface';
import { goldenText } from '../packed-golden';
import { readCompanies, readHome, readSegmentNames } from '../stored-texts';
import { searchableText } from '../text-search';
import type { Connection } from './connection';
import { searchVector } from './search';

export type Built = Parameters<ProfileWriter['saveGolden']>[0][number];

interface Before {
	no: number;
	entity: Entity;
	companies: string | null;
	home: string | null;
	segments: string | null;
	search_text: string | null;
}

/** Rows of two columns that lead from a profile, and what became of them. */
interface Pairs {
	gone: [number, string][];
	come: [number, string][];
}

/**
 * Saves what Merge built, each profile once, in two statements: the profiles themselves, which says what there was before, and whatever differs.
 * Returns the number of a profile that does not exist; undefined when all do.
 */
export async function saveGoldens(db: Connection, built: readonly Built[]): Promise<number | undefined> {
	const before = await markBuilt(db, built);
	const unknown = built.find(({ no }) => !before.has(no));
	if (unknown) return unknown.no;
	const [companies, homes, segments]: [Pairs, Pairs, Pairs] = [nothing(), nothing(), nothing()];
	const found: Built[] = [];
	for (const one of built) {
		const was = before.get(one.no) as Before;
		note(companies, one.no, was.companies === null ? [] : readCompanies(was.companies, `number ${one.no}`), one.companies);
		note(homes, one.no, was.home === null ? [] : readHome(was.home, `number ${one.no}`).keys, one.home.keys);
		note(segments, one.no, was.segments === null ? [] : readSegmentNames(was.segments, `number ${one.no}`), namesOf(one));
		// The index is the dearest part of a profile, so it is left alone where the text is what it was.
		if (was.search_text !== searchableText(one.searchText)) found.push(one);
	}
	await save(db, built, found, before, { companies, homes, segments });
	return undefined;
}

async function markBuilt(db: Connection, built: readonly Built[]): Promise<Map<number, Before>> {
	const rows = await db.all<Before>(
		`WITH saved AS (
			UPDATE @profiles p SET built = true, dirty_mark = NULL, stale_at = n.stale_at,
				revision = coalesce(n.revision, p.revision), updated_at = coalesce(n.at, p.updated_at)
			FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) n (no, stale_at, revision, at) WHERE p.no = n.no RETURNING p.no, p.entity
		)
		SELECT saved.no, saved.entity, g.companies, g.home, g.segments, g.search_text FROM saved LEFT JOIN @goldens g ON g.no = saved.no`,
		built.map(({ no }) => no),
		built.map(({ staleAt }) => staleAt),
		built.map(({ changed }) => changed?.revision ?? null),
		built.map(({ changed }) => changed?.at ?? null),
	);
	return new Map(rows.map((row) => [row.no, row]));
}

async function save(
	db: Connection,
	built: readonly Built[],
	found: readonly Built[],
	before: ReadonlyMap<number, Before>,
	{ companies, homes, segments }: { companies: Pairs; homes: Pairs; segments: Pairs },
): Promise<void> {
	await db.run(
		`WITH words AS (
			INSERT INTO @profile_search (no, words) SELECT n.no, n.words::tsvector FROM unnest($8::bigint[], $9::text[]) n (no, words)
			ON CONFLICT (no) DO UPDATE SET words = excluded.words
		),
		${replacing('company_people', 'company_id', 10)},
		${replacing('profile_segments', 'segment', 14)},
		homes_gone AS (DELETE FROM @household_keys x USING unnest($18::bigint[], $19::text[]) n (no, key) WHERE x.profile_no = n.no AND x.key = n.key),
		homes_come AS (
			INSERT INTO @household_keys (profile_no, key, entity) SELECT * FROM unnest($20::bigint[], $21::text[], $22::text[]) ON CONFLICT DO NOTHING
		)
		INSERT INTO @goldens (no, golden, companies, name, home, segments, search_text)
		SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
		ON CONFLICT (no) DO UPDATE SET golden = excluded.golden, companies = excluded.companies, name = excluded.name, home = excluded.home,
			segments = excluded.segments, search_text = excluded.search_text`,
		built.map(({ no }) => no),
		built.map(({ golden }) => goldenText(golden)),
		built.map((one) => JSON.stringify(one.companies)),
		built.map(({ name }) => name),
		built.map(({ home }) => JSON.stringify(home)),
		built.map((one) => JSON.stringify(namesOf(one))),
		built.map(({ searchText }) => searchableText(searchText)),
		found.map(({ no }) => no),
		found.map(({ searchText }) => searchVector(searchText)),
		...columnsOf(companies),
		...columnsOf(segments),
		...columnsOf(homes),
		homes.come.map(([no]) => before.get(no)?.entity ?? null),
	);
}

function replacing(table: string, column: string, first: number): string {
	return `${table}_gone AS (
			DELETE FROM @${table} x USING unnest($${first}::bigint[], $${first + 1}::text[]) n (no, value) WHERE x.profile_no = n.no AND x.${column} = n.value
		),
		${table}_come AS (
			INSERT INTO @${table} (profile_no, ${column}) SELECT * FROM unnest($${first + 2}::bigint[], $${first + 3}::text[]) ON CONFLICT DO NOTHING
		)`;
}

function note(pairs: Pairs, no: number, were: readonly string[], are: readonly string[]): void {
	const [old, fresh] = [new Set(were), new Set(are)];
	for (const one of old) if (!fresh.has(one)) pairs.gone.push([no, one]);
	for (const one of fresh) if (!old.has(one)) pairs.come.push([no, one]);
}

function nothing(): Pairs {
	return { gone: [], come: [] };
}

function columnsOf({ gone, come }: Pairs): [number[], string[], number[], string[]] {
	return [gone.map(([no]) => no), gone.map(([, text]) => text), come.map(([no]) => no), come.map(([, text]) => text)];
}

function namesOf({ golden }: Built): string[] {
	return golden.segments.map(({ name }) => name);
}
