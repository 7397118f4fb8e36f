import { isLongerThan, MAX_NAME, MAX_SOURCE_ID, tooLong } from '../domain';
import { normalizeDateTime } from './datetime';
import { isYetToCome } from './future';
import type { CompiledMapping } from './mapping';
import type { NormalizeOptions } from './record';
import { idText, systemName, type Complaint } from './rejection';
import { shortened } from './shortened';

/** What every record carries around its content, checked. */
export interface Envelope {
	system: string;
	object: string;
	sourceId: string;
	version: string;
	/** ISO 8601 in UTC. */
	updatedAt: string;
	content: Record<string, unknown>;
	deleted: boolean;
}

const SOURCE_REMEDY = 'Check the source that emitted it: an item needs system, object, sourceId, version, updatedAt and raw.';
const FUTURE_REMEDY = 'Give the time of the last change, not one that is planned, and look at the clock of this machine.';
const TIME_REMEDY = 'Give the time of the last change as ISO 8601, for example 2025-01-31T12:00:00Z.';

/** Reads the envelope of a record, or says what is wrong with it. Never throws. */
export function readEnvelope(raw: unknown, mapping: CompiledMapping, { now, judgesTimes = false }: Pick<NormalizeOptions, 'now' | 'judgesTimes'> = {}): Envelope | Complaint {
	if (typeof raw !== 'object' || raw === null) return { problem: 'is empty', remedy: SOURCE_REMEDY };
	const given = raw as Record<string, unknown>;
	const missing = (field: string): Complaint => ({ problem: `has no ${field}`, field, remedy: SOURCE_REMEDY });
	const [system, object, sourceId, version] = [given.system, given.object, given.sourceId, given.version].map(idText);
	if (sourceId === undefined) return missing('sourceId');
	if (system === undefined) return missing('system');
	if (object === undefined) return missing('object');
	if (system !== mapping.system || object !== mapping.object) {
		const remedy = `Choose the mapping for ${shortened(system, MAX_NAME)} ${shortened(object, MAX_NAME)}, or send these items to a Normalize node of their own.`;
		return { problem: `came to the field mapping of ${systemName(mapping)} ${mapping.object}`, remedy };
	}
	if (isLongerThan(sourceId, MAX_SOURCE_ID)) {
		return { problem: `has a source ID that ${tooLong(MAX_SOURCE_ID)}`, field: 'sourceId', remedy: `Give it a shorter ID in ${systemName(mapping)}, or take another field for the ID.` };
	}
	if (version === undefined) return missing('version');
	const time = normalizeDateTime(given.updatedAt);
	if (time === undefined) return missing('updatedAt');
	if (!time.valid) return { problem: 'has an updatedAt that is no date and time', field: 'updatedAt', remedy: TIME_REMEDY };
	const updatedAt = String(time.value);
	// Whatever the system says of the record later would count as an older version, until that time has come.
	if (judgesTimes && isYetToCome(updatedAt, now)) return { problem: `has an updatedAt that lies in the future (${updatedAt})`, field: 'updatedAt', remedy: FUTURE_REMEDY };
	if (typeof given.raw !== 'object' || given.raw === null || Array.isArray(given.raw)) return missing('raw');
	const content = given.raw as Record<string, unknown>;
	return { system, object, sourceId, version, updatedAt, content, deleted: given.deleted === true };
}
