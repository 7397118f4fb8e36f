import { type HttpClient, TerminalError, TransientError } from '../../transport';
import type { Settings, WriteItem, WriteResult } from '../definition';
import { runOperations } from './batch-job';
import { addMembers } from './create';
import { readMergeFields } from './fields';
import { memberPath, memberSourceId, parseMemberId } from './lists';
import type { Outcome } from './operations';
import { ARCHIVED, GONE, resultOf, type Settle, type Task, type Written } from './results';
import { memberSchema } from './schemas';
import { applyTags } from './tags';
import { toMergeValues } from './values';

/** What POST /lists/{id} and the tags' endpoint take at once; a job of POST /batches has no stated limit. */
export const LARGEST_WRITE = 500;

/**
 * Writes merge fields and tags, up to {@link LARGEST_WRITE} members.
 *
 * A member that exists is written with PATCH and a body of merge fields only. The larger call, POST /lists/{id} with `update_existing`,
 * is described as changing "existing members' subscription status" and takes a status for each member:
 * one that we had read a moment before could undo an unsubscription that came in between. So many members go as PATCH lines of one job
 * (POST /batches), where no status is ever sent. POST /lists/{id} is used without `update_existing`, to add members only.
 * Of an archived member the vendor keeps what we send but nobody works with it, so its item is skipped and not acknowledged.
 * `skip_merge_validation` keeps a member writable whose audience requires a field that somebody else left empty.
 * @throws TerminalError when the key is refused.
 */
export async function writeMembers(client: HttpClient, items: readonly WriteItem[], settings?: Settings): Promise<WriteResult[]> {
	const results: (WriteResult | undefined)[] = items.map(() => undefined);
	const byList = new Map<string, Task[]>();
	items.forEach((item, index) => {
		const place = placeOf(item, settings);
		if ('status' in place) results[index] = place;
		else byList.set(place.listId, [...(byList.get(place.listId) ?? []), { index, item, contactId: place.contactId, values: {} }]);
	});
	for (const [listId, tasks] of byList) {
		try {
			await writeList(client, listId, tasks, results);
		} catch (error) {
			const failure = failureOf(error, listId);
			for (const task of tasks) results[task.index] ??= failure;
		}
	}
	return results.map((result) => result ?? { status: 'retry', reason: 'Mailchimp said nothing of this member' });
}

function placeOf(item: WriteItem, settings: Settings | undefined): { listId: string; contactId: string | null } | WriteResult {
	const listId = settings?.audience?.trim();
	if (item.targetId !== null) {
		const place = parseMemberId(item.targetId);
		if (!place) return { status: 'failed', reason: `"${item.targetId}" is no member ID; it is written as audience/contact` };
		// Our merge fields exist in the chosen audience only.
		if (listId && place.listId !== listId) return { status: 'skipped', reason: 'the member is in another audience than the one that is chosen' };
		return place;
	}
	if (!listId) return { status: 'failed', reason: 'no audience is chosen to add the member to. Choose one on the node' };
	if (!item.email) return { status: 'failed', reason: 'a member cannot be added without an email', field: 'email' };
	return { listId, contactId: null };
}

/** An audience that is gone or a refusal stays with its members; a refused key concerns all. */
function failureOf(error: unknown, listId: string): WriteResult {
	if (error instanceof TransientError) return { status: 'retry', reason: error.message, retryAfterMs: error.context.retryAfterMs };
	if (error instanceof TerminalError && error.context.status === 404) return { status: 'failed', reason: `Mailchimp has no audience ${listId} any more, so its members can't be written` };
	if (error instanceof TerminalError && error.context.status !== 401 && error.context.status !== 403) {
		return { status: 'failed', reason: error.message, field: error.context.field };
	}
	throw error;
}

async function writeList(client: HttpClient, listId: string, tasks: Task[], results: (WriteResult | undefined)[]): Promise<void> {
	const needsFields = tasks.some((task) => Object.keys(task.item.fields).length > 0);
	const fields = needsFields ? await readMergeFields(client, listId) : [];
	const ready = tasks.filter((task) => {
		const merge = toMergeValues(task.item, fields);
		if ('problem' in merge) results[task.index] = { status: 'failed', reason: merge.problem, field: merge.field };
		else task.values = merge.values;
		return 'values' in merge;
	});
	const settle = (task: Task, result: WriteResult) => (results[task.index] = result);
	const updated = await updateMembers(client, listId, ready.filter((task) => task.contactId !== null), settle);
	const added = await addMembers(client, listId, ready.filter((task) => task.contactId === null), settle);
	const written = [...updated, ...added];
	const tagProblems = await applyTags(client, listId, written);
	for (const member of written) settle(member.task, tagProblems.get(member) ?? { status: 'acknowledged', targetId: member.targetId });
}

async function updateMembers(client: HttpClient, listId: string, tasks: Task[], settle: Settle): Promise<Written[]> {
	const outcomes = await runOperations(
		client,
		tasks.map((task) => {
			const path = memberPath(listId, task.contactId ?? '');
			// Tags alone need the member's present address, and nothing else of it.
			if (Object.keys(task.values).length === 0) return { method: 'GET' as const, path, operation: 'read members' };
			return {
				method: 'PATCH' as const,
				path,
				query: { skip_merge_validation: true },
				json: { merge_fields: task.values },
				operation: 'update members',
			};
		}),
	);
	const written: Written[] = [];
	tasks.forEach((task, position) => {
		const outcome = outcomes[position] as Outcome;
		if (outcome.kind === 'refused' && outcome.status === 404) return settle(task, { status: 'failed', reason: GONE });
		if (outcome.kind !== 'done') return settle(task, resultOf(outcome));
		const member = memberSchema.safeParse(outcome.body);
		if (!member.success) return settle(task, { status: 'retry', reason: 'the answer for this member does not have the expected form' });
		if (member.data.status === 'archived') return settle(task, { status: 'skipped', reason: ARCHIVED });
		const { contact_id, email_address, id } = member.data;
		written.push({ task, targetId: memberSourceId(listId, contact_id), email: email_address ?? '', hash: id });
	});
	return written;
}
