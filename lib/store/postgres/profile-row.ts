import type { Entity } from '../../domain';
import type { HouseholdHolder, ProfileHead, StoredProfile } from '../interface';
import { unpackGolden } from '../packed-golden';
import { linksOf, type LinksRow } from '../profile-links';

export interface HeadRow {
	no: number;
	canonical_id: string;
	entity: Entity;
	created_at: string;
	updated_at: string;
	revision: number;
	dirty_mark: number | null;
	stale_at: string | null;
	empty: boolean;
}

export interface ProfileRow extends HeadRow, LinksRow {
	golden: string | null;
}

export const PROFILE = 'p.*, g.golden, g.companies, g.name, g.home';
export const SELECT_PROFILE = `SELECT ${PROFILE} FROM @profiles p LEFT JOIN @goldens g ON g.no = p.no`;

export function toProfile(row: ProfileRow): StoredProfile {
	return { ...toHead(row), golden: row.golden === null ? null : unpackGolden(row.golden, row.canonical_id), ...linksOf(row, row.canonical_id) };
}

export function toHead(row: HeadRow): ProfileHead {
	return {
		no: row.no,
		canonicalId: row.canonical_id,
		entity: row.entity,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		revision: row.revision,
		dirty: row.dirty_mark !== null,
		staleAt: row.stale_at,
		empty: row.empty,
	};
}

export function toHolder(row: Pick<ProfileRow, 'no' | 'canonical_id' | 'entity' | 'companies' | 'name' | 'home'>): HouseholdHolder {
	return { no: row.no, canonicalId: row.canonical_id, entity: row.entity, ...linksOf(row, row.canonical_id) };
}
