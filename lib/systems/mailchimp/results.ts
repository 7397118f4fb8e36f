import type { WriteItem, WriteResult } from '../definition';
import { isProtected } from './errors';
import type { Outcome } from './operations';

/** One item on its way: where it stands in the batch, and its values in the vendor's form. */
export interface Task {
	index: number;
	item: WriteItem;
	/** Null for a member that is to be added. */
	contactId: string | null;
	values: Record<string, string | number>;
}

/** A member as the vendor answered after the write; its address is what the tags' endpoint asks for. */
export interface Written {
	task: Task;
	targetId: string;
	email: string;
	hash: string;
}

/** Puts down what became of an item. */
export type Settle = (task: Task, result: WriteResult) => void;

export const ARCHIVED = 'the member is archived in this audience. Unarchive it in Mailchimp to keep it up to date again';

export const GONE = 'Mailchimp has no such member any more; it was deleted for good';

/** What a refusal or a failure of one operation means for its item. */
export function resultOf(outcome: Exclude<Outcome, { kind: 'done' }>): WriteResult {
	if (outcome.kind === 'retry') return { status: 'retry', reason: outcome.reason, retryAfterMs: outcome.retryAfterMs };
	const said = `${outcome.problem.code ?? ''} ${outcome.reason}`;
	if (isProtected(said)) return { status: 'skipped', reason: outcome.reason };
	return { status: 'failed', reason: outcome.reason, field: outcome.problem.field };
}
