import { type HttpClient, TerminalError } from '../../transport';
import type { WriteResult } from '../definition';
import { runOperations } from './batch-job';
import { LARGEST_PAGE, listPath, memberPath } from './lists';
import type { Operation, Outcome } from './operations';
import { resultOf, type Written } from './results';
import { segmentChangeSchema, segmentSchema, segmentsSchema } from './schemas';

/** Marks the tags that are ours; no other tag is ever read, created or changed. */
export const TAG_PREFIX = 'c360: ';

/**
 * Adds and takes away our tags. A tag is a static segment, so one call changes up to 500 members of one tag
 * (https://mailchimp.com/developer/marketing/api/list-segments/batch-add-or-remove-members/). It goes by address, hence {@link Written}.
 * Members whom that call refuses are tagged one by one, which the vendor allows in any status.
 * A tag that does not exist yet is created when somebody gets it. Returns the result of each member whose tags could not be set.
 * @throws TransientError, TerminalError
 */
export async function applyTags(client: HttpClient, listId: string, members: readonly Written[]): Promise<Map<Written, WriteResult>> {
	const problems = new Map<Written, WriteResult>();
	const changes = changesByTag(members);
	if (changes.size === 0) return problems;
	const segments = await readTags(client, listId);
	const refused: { member: Written; name: string; active: boolean }[] = [];
	for (const [name, change] of changes) {
		const segment = segments.get(name) ?? (change.add.length > 0 ? await createTag(client, listId, name) : undefined);
		if (segment === undefined) continue;
		const { body } = await client.request({
			method: 'POST',
			path: `${listPath(listId)}/segments/${segment}`,
			json: {
				members_to_add: emailsOf(change.add),
				members_to_remove: emailsOf(change.remove),
			},
			operation: 'set tags',
			repeatable: true,
			reply: segmentChangeSchema,
		});
		const emails = new Set(body.errors.flatMap((error) => error.email_addresses.map((email) => email.toLowerCase())));
		for (const active of [true, false]) {
			for (const member of active ? change.add : change.remove) {
				if (!member.email || emails.has(member.email.toLowerCase())) refused.push({ member, name, active });
			}
		}
	}
	const outcomes = await runOperations(client, refused.map((entry) => oneTag(listId, entry)));
	refused.forEach(({ member }, position) => {
		const outcome = outcomes[position] as Outcome;
		if (outcome.kind !== 'done') problems.set(member, resultOf(outcome));
	});
	return problems;
}

function emailsOf(members: readonly Written[]): string[] {
	return members.flatMap((member) => (member.email ? [member.email] : []));
}

interface TagChange {
	add: Written[];
	remove: Written[];
}

function changesByTag(members: readonly Written[]): Map<string, TagChange> {
	const changes = new Map<string, TagChange>();
	const changeOf = (segment: string) => {
		const name = `${TAG_PREFIX}${segment}`;
		const change = changes.get(name) ?? { add: [], remove: [] };
		changes.set(name, change);
		return change;
	};
	for (const member of members) {
		for (const segment of member.task.item.tags?.add ?? []) changeOf(segment).add.push(member);
		for (const segment of member.task.item.tags?.remove ?? []) changeOf(segment).remove.push(member);
	}
	return changes;
}

/** Our tags of an audience: name to segment ID. */
async function readTags(client: HttpClient, listId: string): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	for (let offset = 0; ; ) {
		const { body } = await client.request({
			method: 'GET',
			path: `${listPath(listId)}/segments`,
			query: { type: 'static', fields: 'segments.id,segments.name,total_items', count: LARGEST_PAGE, offset },
			operation: 'read tags',
			reply: segmentsSchema,
		});
		for (const segment of body.segments) if (segment.name.startsWith(TAG_PREFIX)) found.set(segment.name, segment.id);
		offset += body.segments.length;
		if (body.segments.length === 0 || offset >= body.total_items) return found;
	}
}

async function createTag(client: HttpClient, listId: string, name: string): Promise<number> {
	try {
		const { body } = await client.request({
			method: 'POST',
			path: `${listPath(listId)}/segments`,
			json: { name, static_segment: [] },
			operation: 'create tag',
			reply: segmentSchema,
		});
		return body.id;
	} catch (error) {
		// Another worker may have created it in the meantime.
		const present = error instanceof TerminalError && error.context.status === 400 ? (await readTags(client, listId)).get(name) : undefined;
		if (present === undefined) throw error;
		return present;
	}
}

function oneTag(listId: string, entry: { member: Written; name: string; active: boolean }): Operation {
	return {
		method: 'POST',
		path: `${memberPath(listId, entry.member.hash)}/tags`,
		json: { tags: [{ name: entry.name, status: entry.active ? 'active' : 'inactive' }] },
		operation: 'set tags of a member',
	};
}

