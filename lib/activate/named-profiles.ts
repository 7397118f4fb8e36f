import type { StoredProfile, StoreReader } from '../store';
import type { DestinationObject } from '../systems/definition';

/** Profiles that were asked for by their ID, current or retired. */
export interface NamedProfiles {
	/** Those that can be written, each once. */
	profiles: StoredProfile[];
	/** All that there are, by the ID that they were asked for by. */
	found: Map<string, StoredProfile>;
	/** Why the others can't, by the ID that they were asked for by. */
	refusals: Map<string, string>;
}

export async function namedProfiles(tx: StoreReader, ids: readonly string[], definition: DestinationObject): Promise<NamedProfiles> {
	const found = await tx.profiles.byCanonicalId(ids);
	const awaited = await tx.promises.awaited(ids, 0);
	const reasons = ids.map((id): [string, string | undefined] => [id, awaited.has(id) ? AWAITED : refusalOf(found.get(id), definition)]);
	const refusals = new Map(reasons.flatMap(([id, reason]): [string, string][] => (reason === undefined ? [] : [[id, reason]])));
	const profiles = [...found].flatMap(([id, profile]) => (refusals.has(id) ? [] : [profile]));
	return { profiles: [...new Map(profiles.map((profile) => [profile.no, profile])).values()], found, refusals };
}

const AWAITED = 'the store went back to a backup, and the records of this ID were not read again yet';

function refusalOf(profile: StoredProfile | undefined, { entity, label }: DestinationObject): string | undefined {
	if (!profile) return 'there is no profile with this ID; check it';
	if (profile.empty) return 'the profile has no record any more';
	if (profile.golden === null) return 'the profile is not built yet; let Merge run first';
	return profile.entity === entity ? undefined : `the profile is a ${profile.entity}, and ${label} takes a ${entity}`;
}
