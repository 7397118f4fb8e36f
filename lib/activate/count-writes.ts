import { refKey, type Profile } from '../domain';
import type { DestinationObject } from '../systems/definition';
import { desiredFields } from './desired-fields';

/** A destination by the system and object that it writes to. */
export interface CountedDestination {
	system: string;
	object: string;
	definition: Pick<DestinationObject, 'defaultFields' | 'entity' | 'tags'>;
}

/**
 * How many records of each destination would be written when profiles change from `before` to `after`, by `system:object`; those with none are
 * left out. Counted are existing records whose default fields or segments would hold something else. Whether a workflow writes to that
 * destination at all, with other fields, or adds records, is the matter of its sync node.
 */
export function countWrites(destinations: readonly CountedDestination[], before: readonly Profile[], after: readonly Profile[]): Record<string, number> {
	const counts = destinations.map((destination): [string, number] => {
		const [old, next] = [fieldsByRecord(destination, before), fieldsByRecord(destination, after)];
		return [`${destination.system}:${destination.object}`, [...next].filter(([key, fields]) => old.get(key) !== fields).length];
	});
	return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** What each record of the destination should hold, as text to compare. */
function fieldsByRecord({ system, object, definition }: CountedDestination, profiles: readonly Profile[]): Map<string, string> {
	const found = new Map<string, string>();
	for (const profile of profiles.filter(({ entity }) => entity === definition.entity)) {
		const there = profile.records.filter((record) => record.system === system && record.object === object);
		for (const record of there) {
			const fields = desiredFields(profile, definition.defaultFields, there.filter((other) => other !== record));
			const segments = definition.tags ? profile.segments.map(({ name }) => name).sort() : [];
			found.set(refKey(record), JSON.stringify([fields, segments]));
		}
	}
	return found;
}
