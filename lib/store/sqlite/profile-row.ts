import type { Entity } from '../../domain';
import type { HouseholdHolder, ProfileHead, StoredProfile } from '../interface';
import { unpackGolden } from '../packed-golden';
import { linksOf } from '../profile-links';
import { fromStoredText } from '../text';

/** Columns of {@link HeadRow}. */
export const HEAD = 'p.no, p.canonical_id, p.entity, p.created_at, p.updated_at, p.revision, p.dirty_mark, p.stale_at, p.empty';
export type HeadRow = [
	no: number,
	canonicalId: string,
	entity: Entity,
	createdAt: string,
	updatedAt: string,
	revision: number,
	dirtyMark: number | null,
	staleAt: string | null,
	empty: number,
];

/** Columns of {@link ProfileRow}. */
export const PROFILE = `${HEAD}, g.companies, g.name, g.home, g.golden`;
export type ProfileRow = [...head: HeadRow, companies: string | null, name: string | null, home: string | null, golden: string | null];

/** Columns of {@link HolderRow}. */
export const HOLDER = 'p.no, p.canonical_id, p.entity, g.companies, g.name, g.home';
export type HolderRow = [no: number, canonicalId: string, entity: Entity, companies: string, name: string, home: string];

export function toHead(row: HeadRow | ProfileRow): ProfileHead {
	return {
		no: row[0],
		canonicalId: fromStoredText(row[1]),
		entity: row[2],
		createdAt: row[3],
		updatedAt: row[4],
		revision: row[5],
		dirty: row[6] !== null,
		staleAt: row[7],
		empty: row[8] === 1,
	};
}

export function toProfile(row: ProfileRow): StoredProfile {
	const { no, canonicalId, entity, createdAt, updatedAt, revision, dirty, staleAt, empty } = toHead(row);
	const { companies, name, home } = linksOf({ companies: row[9], name: row[10], home: row[11] }, canonicalId);
	const golden = row[12] === null ? null : unpackGolden(row[12], canonicalId);
	// Spelled out, because spreading costs as much as a look into the database.
	return { no, canonicalId, entity, createdAt, updatedAt, revision, golden, companies, name, home, dirty, staleAt, empty };
}

export function toHolder([no, canonicalId, entity, companies, name, home]: HolderRow): HouseholdHolder {
	const id = fromStoredText(canonicalId);
	return { no, canonicalId: id, entity, ...linksOf({ companies, name, home }, id) };
}
