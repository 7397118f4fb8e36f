import { refKey } from '../../lib';
import type { LookAlikes } from '../../scripts/demo/systems';

/** One record as its vendor holds it, ours and theirs apart. */
export interface VendorRecord {
	ref: string;
	/** Fields that this package keeps there, by name without its prefix, e.g. `id`, `segments`; those that are empty are left out. */
	ours: Record<string, unknown>;
	/** All the rest that a write-back must leave as it is. */
	theirs: Record<string, unknown>;
	/** Grows with every change, also one that changes nothing. */
	changed: string;
}

/** Every person and company of the four look-alikes, by reference. */
export function vendorRecords({ hubspot, stripe, zendesk, mailchimp }: LookAlikes): Map<string, VendorRecord> {
	const records: VendorRecord[] = [];
	type Fields = Record<string, unknown>;
	const add = (system: string, object: string, sourceId: string, fields: Fields, rest: Fields, changed: string) => {
		const { ours, theirs } = apart(fields);
		records.push({ ref: refKey({ system, object, sourceId }), ours, theirs: { ...theirs, ...rest }, changed });
	};

	for (const [object, path] of [['contact', 'contacts'], ['company', 'companies']] as const) {
		for (const { id, properties } of hubspot.state.records[path].values()) {
			const { lastmodifieddate, hs_lastmodifieddate, ...fields } = properties;
			add('hubspot', object, id, fields, {}, lastmodifieddate ?? hs_lastmodifieddate ?? '');
		}
	}
	for (const { id, metadata, ...theirs } of stripe.state.customers.newestFirst()) {
		add('stripe', 'customer', id, metadata as Record<string, unknown>, theirs, String(stripe.state.savesOf(id)));
	}
	for (const { id, user_fields, updated_at, ...theirs } of zendesk.state.users.values()) {
		add('zendesk', 'user', String(id), user_fields, theirs, updated_at);
	}
	for (const { id, organization_fields, updated_at, ...theirs } of zendesk.state.organizations.values()) {
		add('zendesk', 'organization', String(id), organization_fields, theirs, updated_at);
	}
	for (const list of mailchimp.state.lists.values()) {
		for (const { contactId, mergeFields, tags, lastChanged, ...theirs } of list.members.values()) {
			const names = list.segments.filter(({ id }) => tags.has(id)).map(({ name }) => name).sort();
			const fields = { ...mergeFields, ...(names.length > 0 && { c360_tags: names }) };
			add('mailchimp', 'member', `${list.id}/${contactId}`, fields, theirs, String(lastChanged));
		}
	}
	return new Map(records.map((record) => [record.ref, record]));
}

function apart(fields: Record<string, unknown>): Pick<VendorRecord, 'ours' | 'theirs'> {
	const ours: Record<string, unknown> = {};
	const theirs: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(fields)) {
		const own = /^c360_(.+)$/i.exec(name)?.[1]?.toLowerCase();
		if (own === undefined) theirs[name] = value;
		else if (value !== '' && value !== null && value !== undefined) ours[own] = value;
	}
	return { ours, theirs };
}

/** References of the records that were written between two looks, whether or not it changed anything. */
export function writtenBetween(before: ReadonlyMap<string, VendorRecord>, after: ReadonlyMap<string, VendorRecord>): string[] {
	return [...after.values()].filter(({ ref, changed }) => before.get(ref)?.changed !== changed).map(({ ref }) => ref).sort();
}

/** How well the canonical IDs that stand in the vendors' records tell who is who. Truth IDs, each list empty when all is right. */
export function wrongIds(truth: ReadonlyMap<string, string>, records: ReadonlyMap<string, VendorRecord>): { without: string[]; apart: string[]; together: string[][] } {
	const idsByTruth = new Map<string, Set<unknown>>();
	const truthsById = new Map<unknown, Set<string>>();
	const without: string[] = [];
	for (const [ref, truthId] of truth) {
		const id = records.get(ref)?.ours.id;
		if (id === undefined) without.push(truthId);
		else {
			idsByTruth.set(truthId, (idsByTruth.get(truthId) ?? new Set()).add(id));
			truthsById.set(id, (truthsById.get(id) ?? new Set()).add(truthId));
		}
	}
	const apart = [...idsByTruth].filter(([, ids]) => ids.size > 1).map(([truthId]) => truthId);
	return { without, apart, together: [...truthsById.values()].filter((truths) => truths.size > 1).map((truths) => [...truths]) };
}
