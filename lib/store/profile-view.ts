import type { Profile } from '../domain';
import { householdsOf } from './households';
import type { StoreReader, StoredProfile } from './interface';

/** Makes profiles of rows: adds the retired IDs and the household. A profile that Merge has not built yet comes without values. */
export async function toProfiles(tx: StoreReader, stored: readonly StoredProfile[]): Promise<Profile[]> {
	const aliases = await tx.profiles.aliases(stored.map(({ no }) => no));
	const households = await householdsOf(tx, stored);
	return stored.map(({ no, golden, canonicalId, entity, createdAt, updatedAt, revision, companies }) => ({
		canonicalId,
		entity,
		createdAt,
		updatedAt,
		revision,
		companies,
		household: households.get(no) ?? [],
		aliases: aliases.get(no) ?? [],
		...(golden ?? { attributes: {}, identifiers: [], consent: {}, metrics: {}, segments: [], records: [] }),
	}));
}
