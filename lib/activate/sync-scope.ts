import { isLongerThan, MAX_SOUGHT } from '../domain';
import { keyDigest } from '../store';
import type { Settings } from '../systems/definition';
import { type Destination, destinationName } from './destination';

/** Where a sync keeps how far it has looked. Another choice of fields or settings concerns every profile anew. */
export function syncScope(destination: Destination, settings: Settings = {}): string {
	const { fields, createMissing, segmentTags } = destination;
	const names = fields.map(({ source, target, type }) => `${source}>${target}:${type}`).sort().join(',');
	const chosen = Object.entries(settings).map(([name, value]) => `${name}=${value}`).sort().join(',');
	const choices = `${names}|${createMissing ? 'create' : 'update'}|${segmentTags ? 'tags' : 'fields'}|${chosen}`;
	// A store finds its cursors by their whole name, and the names of a hundred fields can be too long for that.
	return `sync:${destinationName(destination)}:${isLongerThan(choices, MAX_SOUGHT) ? keyDigest(choices) : choices}`;
}
