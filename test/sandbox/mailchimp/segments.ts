import type { VendorReply, VendorRequest } from '../vendor-server';
import { memberJson, NOT_FOUND, pageOf, problem, project, SCHEMA_DETAIL, segmentJson } from './replies';
import { findMember, hashOf, type ListState, type SegmentState } from './state';

export function listSegments(list: ListState, request: VendorRequest): VendorReply {
	const type = request.query.get('type');
	const found = list.segments.filter((segment) => type === null || segment.type === type);
	const page = pageOf(found, request.query);
	if (!('items' in page)) return page;
	const segments = page.items.map((segment) => segmentJson(list, segment));
	return { body: project({ segments, list_id: list.id, total_items: found.length }, request.query.get('fields')) };
}

export function createSegment(list: ListState, request: VendorRequest, id: number): VendorReply {
	const { name, static_segment: members } = (request.json ?? {}) as { name?: string; static_segment?: string[] };
	if (!name) return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: 'name', message: 'Required fields were not provided: name' }]);
	if (list.segments.some((segment) => segment.name === name)) return problem(400, 'Bad Request', 'Sorry, that tag already exists.');
	const segment: SegmentState = { id, name, type: members ? 'static' : 'saved' };
	list.segments.push(segment);
	for (const email of members ?? []) findMember(list, hashOf(email))?.tags.add(id);
	return { body: segmentJson(list, segment) };
}

/** Adds to and takes from a static segment, 500 addresses each; addresses that are not in the list are ignored. */
export function changeSegment(list: ListState, request: VendorRequest, now: number): VendorReply {
	const segment = list.segments.find((candidate) => String(candidate.id) === request.params[1]);
	if (!segment || segment.type !== 'static') return NOT_FOUND;
	const { members_to_add: add = [], members_to_remove: remove = [] } = (request.json ?? {}) as {
		members_to_add?: string[];
		members_to_remove?: string[];
	};
	for (const [field, emails] of Object.entries({ members_to_add: add, members_to_remove: remove })) {
		if (emails.length > 500) {
			return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field, message: 'This collection should contain 500 elements or less.' }]);
		}
	}
	const refused = [...add, ...remove].filter((email) => list.segmentRefuses.has(hashOf(email)));
	const change = (emails: string[], present: boolean) =>
		emails.flatMap((email) => {
			const member = list.segmentRefuses.has(hashOf(email)) ? undefined : findMember(list, hashOf(email));
			if (!member || member.tags.has(segment.id) === present) return [];
			setTag(member.tags, segment.id, present);
			member.lastChanged = now;
			const { contact_id: _contact, full_name: _name, web_id: _web, source: _source, ...rest } = memberJson(list, member);
			return [rest];
		});
	const added = change(add, true);
	const removed = change(remove, false);
	const errors = refused.length > 0 ? [{ email_addresses: refused, error: 'Email addresses could not be added to the segment.' }] : [];
	return {
		body: {
			members_added: added,
			members_removed: removed,
			errors,
			total_added: added.length,
			total_removed: removed.length,
			error_count: errors.length,
		},
	};
}

/** Tags of one member, by MD5 of the address; an active tag that does not exist is created. */
export function changeTags(list: ListState, request: VendorRequest, now: number, newId: () => number): VendorReply {
	const hash = request.params[1] ?? '';
	const member = [...list.members.values()].find((candidate) => hashOf(candidate.email) === hash);
	if (!member) return NOT_FOUND;
	const { tags = [] } = (request.json ?? {}) as { tags?: { name: string; status: string }[] };
	for (const tag of tags) {
		let segment = list.segments.find((candidate) => candidate.name === tag.name);
		if (!segment && tag.status === 'active') list.segments.push((segment = { id: newId(), name: tag.name, type: 'static' }));
		if (segment) setTag(member.tags, segment.id, tag.status === 'active');
	}
	member.lastChanged = now;
	return { status: 204 };
}

function setTag(tags: Set<number>, id: number, present: boolean): void {
	if (present) tags.add(id);
	else tags.delete(id);
}
