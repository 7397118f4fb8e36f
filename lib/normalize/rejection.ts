import { type FieldMapping, MAX_NAME, MAX_SOURCE_ID, type RejectedRecord } from '../domain';
import { shortened } from './shortened';

/** A record that cannot be used: what is wrong, in which field, and what to do. */
export interface Complaint {
	/** Continues "<record>: ...". */
	problem: string;
	field?: string;
	remedy: string;
}

/** An ID as text; undefined when there is none. */
export function idText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** How people know the system of a record that came to a mapping. */
export function systemName(mapping: Pick<FieldMapping, 'system' | 'systemLabel'>, system: string = mapping.system): string {
	return system === mapping.system ? (mapping.systemLabel ?? system) : system;
}

/** Names a record for people; an ID that is an email address is not repeated. */
function recordName(system: string, object: string, sourceId: string): string {
	if (sourceId === '') return `A record of ${system} ${object}`;
	return sourceId.includes('@') || sourceId.length > 100 ? `One record of ${system} ${object}` : `The record ${system} ${object} ${sourceId}`;
}

/**
 * Makes the rejection of whatever came in; takes anything, also what is no record. Its reference is one under which a store can keep the rejection: of an ID that is too
 * long for that it has the beginning and a digest.
 */
export function reject(raw: unknown, mapping: Pick<FieldMapping, 'system' | 'systemLabel' | 'object'>, complaint: Complaint): { rejected: RejectedRecord } {
	const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
	const system = shortened(idText(given.system) ?? mapping.system, MAX_NAME);
	const object = shortened(idText(given.object) ?? mapping.object, MAX_NAME);
	const givenId = idText(given.sourceId) ?? '';
	const sourceId = shortened(givenId, MAX_SOURCE_ID);
	const content = given.raw;
	return {
		rejected: {
			system,
			object,
			sourceId,
			reason: `${recordName(systemName(mapping, system), object, givenId)} ${complaint.problem}.`,
			...(complaint.field === undefined ? {} : { field: complaint.field }),
			remedy: complaint.remedy,
			raw: typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Record<string, unknown>) : {},
		},
	};
}
