import type { Profile } from '../domain';
import type { StoreReader, StoredProfile } from './interface';

/** Makes profiles of rows: adds the retired IDs. A profile that Merge has not built yet comes without values. */
export async function toProfiles(tx: StoreReader, stored: readonly StoredProfile[]): Promise<Profile[]> {
	const aliases = await tx.profiles.aliases(stored.map(({ no }) => no));
	return stored.map(({ no, golden, canonicalId, entity, createdAt, updatedAt, revision, companies }) => ({
		canonicalId,
		entity,
		createdAt,
		updatedAt,
		revision,
		companies,
		aliases: aliases.get(no) ?? [],
		...(golden ?? { attributes: {}, identifiers: [], consent: {}, metrics: {}, segments: [], records: [] }),
	}));
}
