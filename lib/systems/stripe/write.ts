import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { type HttpClient, TerminalError, TransientError } from '../../transport';
import type { WriteItem, WriteResult } from '../definition';
import { keyProblem, metadataForm } from './metadata';

const updatedSchema = z.looseObject({ id: z.string().min(1) });

/** Refusals that would meet every other item too. */
const WHOLE_CALL_STATUS = new Set([401, 403]);

/**
 * Writes metadata of customers, one call each: Stripe has no batch for it, so `maxBatch` is 1 and several items run side by side
 * within the rate limit. Only the keys given are touched. https://docs.stripe.com/api/customers/update
 *
 * Each item has an idempotency key of its own, made anew for every write: a repeat after a broken answer gets the first one's result,
 * while a later write of the same values is carried out (a key derived from the values would be answered from memory for a day,
 * also after somebody changed them in between). https://docs.stripe.com/api/idempotent_requests
 * @throws TransientError, TerminalError for what concerns the whole call: credentials, permissions, the rate limit, no answer.
 */
export function writeCustomers(client: HttpClient, items: readonly WriteItem[]): Promise<WriteResult[]> {
	return Promise.all(items.map((item) => writeCustomer(client, item)));
}

async function writeCustomer(client: HttpClient, item: WriteItem): Promise<WriteResult> {
	const { targetId } = item;
	if (targetId === null) return { status: 'failed', reason: 'Customers are not created in Stripe from here; create the customer in Stripe first' };
	for (const field of Object.keys(item.fields)) {
		const problem = keyProblem(field);
		if (problem) return { status: 'failed', reason: `Stripe field ${field}: ${problem}`, field };
	}
	if (Object.keys(item.fields).length === 0) return { status: 'acknowledged', targetId };
	try {
		const reply = await client.request({
			method: 'POST',
			path: `/v1/customers/${encodeURIComponent(targetId)}`,
			form: metadataForm(item.fields),
			headers: { 'idempotency-key': randomUUID() },
			repeatable: true,
			operation: 'update customer',
			reply: updatedSchema,
		});
		return { status: 'acknowledged', targetId: reply.body.id };
	} catch (error) {
		return resultOf(error);
	}
}

function resultOf(error: unknown): WriteResult {
	if (error instanceof TransientError) {
		const { status, code, retryAfterMs } = error.context;
		if (status === undefined || (status === 429 && code !== 'lock_timeout')) throw error;
		return { status: 'retry', reason: error.message, ...(retryAfterMs && { retryAfterMs }) };
	}
	if (error instanceof TerminalError && error.context.code !== undefined && !WHOLE_CALL_STATUS.has(error.context.status ?? 0)) {
		return { status: 'failed', reason: error.message, ...(error.context.field && { field: error.context.field }) };
	}
	throw error;
}
