import { createHash } from 'node:crypto';
import { type HttpClient, redact } from '../../transport';
import { runOperations } from './batch-job';
import { isProtected } from './errors';
import { listPath, memberPath, memberSourceId } from './lists';
import type { Outcome } from './operations';
import { ARCHIVED, resultOf, type Settle, type Task, type Written } from './results';
import { addedMembersSchema, listSchema, memberSchema } from './schemas';

/** The vendor's ID of an address: MD5 of its lower-case form. */
export function subscriberHash(email: string): string {
	return createHash('md5').update(email.trim().toLowerCase()).digest('hex');
}

/**
 * Adds members who are not in the audience yet, by POST /lists/{id} without `update_existing`: a member who exists is refused and not touched.
 * That call would take an archived member back as subscribed, whatever it was before, so each address is looked up first;
 * who is found in any status is left alone. Consent is the caller's affair (`createNeedsConsent`).
 * An audience with double opt-in gets them as pending: the vendor then asks them.
 * https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/
 */
export async function addMembers(client: HttpClient, listId: string, tasks: Task[], settle: Settle): Promise<Written[]> {
	const absent = await notInAudience(client, listId, withoutRepeats(tasks, settle), settle);
	if (absent.length === 0) return [];
	const { body: list } = await client.request({
		method: 'GET',
		path: listPath(listId),
		query: { fields: 'id,double_optin' },
		operation: 'read audience',
		reply: listSchema,
	});
	const status = list.double_optin ? 'pending' : 'subscribed';
	const { body: answer } = await client.request({
		method: 'POST',
		path: listPath(listId),
		query: { skip_merge_validation: true },
		json: {
			members: absent.map((task) => ({ email_address: emailOf(task), status, merge_fields: task.values })),
			update_existing: false,
		},
		operation: 'add members',
		reply: addedMembersSchema,
	});
	const added: { task: Task; contactId?: string }[] = [];
	for (const task of absent) {
		const mine = (entry: { email_address: string }) => subscriberHash(entry.email_address) === subscriberHash(emailOf(task));
		const member = answer.new_members.find(mine);
		const refusal = answer.errors.find(mine);
		if (member) added.push({ task, contactId: member.contact_id });
		else if (refusal) settle(task, refusalOf(refusal));
		else settle(task, { status: 'retry', reason: 'Mailchimp neither added nor refused this member' });
	}
	return withContactIds(client, listId, added, settle);
}

function emailOf(task: Task): string {
	return task.item.email?.trim() ?? '';
}

function withoutRepeats(tasks: Task[], settle: Settle): Task[] {
	const taken = new Set<string>();
	return tasks.filter((task) => {
		const hash = subscriberHash(emailOf(task));
		const repeated = taken.has(hash);
		if (repeated) settle(task, { status: 'skipped', reason: 'another profile of this batch is added with the same email' });
		taken.add(hash);
		return !repeated;
	});
}

async function notInAudience(client: HttpClient, listId: string, tasks: Task[], settle: Settle): Promise<Task[]> {
	const outcomes = await lookUp(client, listId, tasks);
	return tasks.filter((task, position) => {
		const outcome = outcomes[position] as Outcome;
		if (outcome.kind === 'refused' && outcome.status === 404) return true;
		if (outcome.kind !== 'done') settle(task, resultOf(outcome));
		else settle(task, { status: 'skipped', reason: foundReason(outcome.body) });
		return false;
	});
}

function foundReason(body: unknown): string {
	const member = memberSchema.safeParse(body);
	if (!member.success) return 'the email is in the audience already';
	if (member.data.status === 'archived') return ARCHIVED;
	return `the email is in the audience already (${member.data.status}). Its record is joined to the profile once the members have been read`;
}

function lookUp(client: HttpClient, listId: string, tasks: readonly Task[]): Promise<Outcome[]> {
	return runOperations(
		client,
		tasks.map((task) => ({
			method: 'GET' as const,
			path: memberPath(listId, subscriberHash(emailOf(task))),
			query: { fields: 'id,contact_id,email_address,status' },
			operation: 'look up members',
		})),
	);
}

/** Older answers to POST /lists/{id} lack `contact_id`; those members are looked up. */
async function withContactIds(
	client: HttpClient,
	listId: string,
	added: { task: Task; contactId?: string }[],
	settle: Settle,
): Promise<Written[]> {
	const written = (task: Task, contactId: string): Written => ({
		task,
		targetId: memberSourceId(listId, contactId),
		email: emailOf(task),
		hash: subscriberHash(emailOf(task)),
	});
	const unknown = added.filter((member) => !member.contactId);
	const outcomes = await lookUp(client, listId, unknown.map((member) => member.task));
	unknown.forEach((member, position) => {
		const outcome = outcomes[position] as Outcome;
		const found = memberSchema.safeParse(outcome.kind === 'done' ? outcome.body : undefined);
		if (found.success) member.contactId = found.data.contact_id;
		else settle(member.task, { status: 'retry', reason: 'the member was added but its ID could not be read; the next run of the source brings it' });
	});
	return added.flatMap(({ task, contactId }) => (contactId ? [written(task, contactId)] : []));
}

function refusalOf(refusal: { error: string; error_code?: string; field?: string; field_message?: string }) {
	const reason = redact([refusal.error, refusal.field_message].filter(Boolean).join(': ')) || 'Mailchimp refused this member without a reason';
	if (refusal.error_code === 'ERROR_CONTACT_EXISTS' || isProtected(refusal.error)) return { status: 'skipped' as const, reason };
	return { status: 'failed' as const, reason, field: refusal.field };
}
