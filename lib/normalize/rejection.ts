import type { RejectedRecord } from '../domain';

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

/** Names a record for people; an ID that is an email address is not repeated. */
function recordName(system: string, object: string, sourceId: string): string {
	if (sourceId === '') return `A record of ${system} ${object}`;
	return sourceId.includes('@') || sourceId.length > 100 ? `One record of ${system} ${object}` : `The record ${system} ${object} ${sourceId}`;
}

/** Makes the rejection of whatever came in; takes anything, also what is no record. */
export function reject(raw: unknown, mapping: { system: string; object: string }, complaint: Complaint): { rejected: RejectedRecord } {
	const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
	const system = idText(given.system) ?? mapping.system;
	const object = idText(given.object) ?? mapping.object;
	const sourceId = idText(given.sourceId) ?? '';
	const content = given.raw;
	return {
		rejected: {
			system,
			object,
			sourceId,
			reason: `${recordName(system, object, sourceId)} ${complaint.problem}.`,
			...(complaint.field === undefined ? {} : { field: complaint.field }),
			remedy: complaint.remedy,
			raw: typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Record<string, unknown>) : {},
		},
	};
}
