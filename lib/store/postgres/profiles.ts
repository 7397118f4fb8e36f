import type { Entity } from '../../domain';
import { StoreError } from '../errors';
import type { ProfileWriter } from '../interface';
import { taken } from './counters';
import { PostgresProfileReader } from './profile-reader';
import { saveGoldens, type Built } from './save-goldens';

const ROWS_OF_A_PROFILE = {
	words: '@profile_search x USING gone WHERE x.no',
	segments: '@profile_segments x USING gone WHERE x.profile_no',
	homes: '@household_keys x USING gone WHERE x.profile_no',
	companies: '@company_people x USING gone WHERE x.profile_no',
	goldens: '@goldens x USING gone WHERE x.no',
};

export class PostgresProfiles extends PostgresProfileReader implements ProfileWriter {
	async create(profiles: readonly { canonicalId: string; entity: Entity; at: string }[]): Promise<number[]> {
		if (profiles.length === 0) return [];
		const rows = await this.db.all<{ base: number; canonical_id: string | null }>(
			`WITH ${taken('profiles', '$1')}, ${taken('marks', '$1', 'marks')},
			fresh AS MATERIALIZED (
				SELECT taken.base + n.place AS no, marks.base + n.place AS mark, n.id, n.entity, n.at
				FROM taken, marks, unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY n (id, entity, at, place)
			),
			ids AS (
				INSERT INTO @canonical_ids AS i (canonical_id, profile_no, retired) SELECT DISTINCT ON (id) id, no, false FROM fresh ORDER BY id, no
				ON CONFLICT (canonical_id) DO UPDATE SET profile_no = excluded.profile_no, retired = false
				WHERE i.retired AND EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = excluded.canonical_id) RETURNING i.canonical_id
			),
			added AS (
				INSERT INTO @profiles (no, canonical_id, entity, created_at, updated_at, revision, built, dirty_mark, empty)
				SELECT no, id, entity, at, at, 0, false, mark, false FROM fresh ORDER BY no
			)
			SELECT taken.base, ids.canonical_id FROM taken LEFT JOIN ids ON true`,
			profiles.length,
			profiles.map(({ canonicalId }) => canonicalId),
			profiles.map(({ entity }) => entity),
			profiles.map(({ at }) => at),
		);
		const issued = new Set(rows.map(({ canonical_id: id }) => id));
		for (const { canonicalId } of profiles) {
			if (issued.delete(canonicalId)) continue;
			throw new StoreError('conflict', `The canonical ID ${canonicalId} was issued before and never is again; create the profile with a new one`);
		}
		const base = rows[0]?.base ?? 0;
		return profiles.map((_, index) => base + index + 1);
	}

	/** Pairs of one call may form a chain, in any order: with 3 into 2 and 2 into 1, everything leads to 1. */
	async retire(pairs: readonly { from: number; into: number }[]): Promise<void> {
		if (pairs.length === 0) return;
		const asked = [...new Set(pairs.flatMap(({ from, into }) => [from, into]))];
		const rows = await this.db.all<{ no: number }>('SELECT no FROM @profiles WHERE no = ANY ($1::bigint[])', asked);
		const alive = new Set(rows.map(({ no }) => no));
		const successors = new Map<number, number>();
		const heirOf = (no: number): number => {
			let heir = no;
			for (let next = successors.get(heir); next !== undefined; next = successors.get(heir)) heir = next;
			return heir;
		};
		for (const { from, into } of pairs) {
			const heir = heirOf(into);
			if (heir === from) throw new StoreError('conflict', `Profile number ${from} can't be retired into itself; name the profile that stays`);
			for (const no of [from, heir]) if (!alive.has(no)) throw missing(no, 'merged');
			alive.delete(from);
			successors.set(from, heir);
		}
		const retired = [...successors.keys()];
		await this.db.run(
			`WITH pairs AS MATERIALIZED (SELECT * FROM unnest($1::bigint[], $2::bigint[]) n (no, heir)),
			gone AS MATERIALIZED (SELECT pairs.no, pairs.heir, p.canonical_id FROM pairs JOIN @profiles p ON p.no = pairs.no),
			older AS (UPDATE @canonical_ids i SET profile_no = gone.heir FROM gone WHERE i.profile_no = gone.no AND i.retired),
			last AS (
				UPDATE @canonical_ids i SET profile_no = gone.heir, retired = true FROM gone WHERE i.canonical_id = gone.canonical_id AND NOT i.retired
			),
			${Object.entries(ROWS_OF_A_PROFILE).map(([name, rowsOf]) => `${name} AS (DELETE FROM ${rowsOf} = gone.no)`).join(',\n')}
			DELETE FROM @profiles p USING gone WHERE p.no = gone.no`,
			retired,
			retired.map(heirOf),
		);
	}

	/** A profile that waits already keeps its place; one that was retired meanwhile is passed over. */
	async touch(nos: readonly number[]): Promise<void> {
		if (nos.length === 0) return;
		const unique = [...new Set(nos)];
		await this.db.run(
			`WITH ${taken('marks', '$1')}
			UPDATE @profiles p SET dirty_mark = taken.base + n.place FROM taken, unnest($2::bigint[]) WITH ORDINALITY n (no, place)
			WHERE p.no = n.no AND p.dirty_mark IS NULL`,
			unique.length,
			unique,
		);
	}

	/** A profile that was retired meanwhile is passed over. */
	async unmark(nos: readonly number[]): Promise<void> {
		if (nos.length === 0) return;
		await this.db.run('UPDATE @profiles SET dirty_mark = NULL WHERE no = ANY ($1::bigint[])', nos);
	}

	/** A profile that was retired meanwhile is passed over. */
	async setEmpty(nos: readonly number[], empty: boolean): Promise<void> {
		if (nos.length === 0) return;
		await this.db.run('UPDATE @profiles SET empty = $2 WHERE no = ANY ($1::bigint[]) AND empty <> $2', nos, empty);
	}

	async saveGolden(built: readonly Built[]): Promise<void> {
		for (const once of rounds(built)) {
			const unknown = await saveGoldens(this.db, once);
			if (unknown !== undefined) throw missing(unknown, 'built');
		}
	}

	async setRevision(revisions: readonly { no: number; revision: number }[]): Promise<void> {
		if (revisions.length === 0) return;
		const last = new Map(revisions.map(({ no, revision }) => [no, revision]));
		const rows = await this.db.all<{ no: number }>(
			`UPDATE @profiles p SET revision = n.revision FROM unnest($1::bigint[], $2::bigint[]) n (no, revision) WHERE p.no = n.no RETURNING p.no`,
			[...last.keys()],
			[...last.values()],
		);
		for (const { no } of rows) last.delete(no);
		const [unknown] = last.keys();
		if (unknown !== undefined) throw missing(unknown, 'given a revision');
	}
}

/** A profile that is listed several times is saved as often, in order. */
function rounds(built: readonly Built[]): Built[][] {
	const result: Map<number, Built>[] = [];
	for (const one of built) {
		const round = result.find((each) => !each.has(one.no));
		if (round) round.set(one.no, one);
		else result.push(new Map([[one.no, one]]));
	}
	return result.map((round) => [...round.values()]);
}

function missing(no: number, what: string): StoreError {
	return new StoreError(
		'conflict',
		`Profile number ${no} can't be ${what}: the store has no such profile (it may have been merged into another one meanwhile). Run the step again.`,
	);
}
