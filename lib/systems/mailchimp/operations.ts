import { z } from 'zod/v4';
import { type HttpClient, redact, TerminalError, TransientError, type VendorError } from '../../transport';
import { CONNECTIONS } from './client';
import { readMailchimpError } from './errors';

/** One call on one member, sent alone or as part of a job. */
export interface Operation {
	method: 'GET' | 'PATCH' | 'POST';
	path: string;
	query?: Record<string, string | boolean>;
	json?: unknown;
	/** In words, for messages and counts. */
	operation: string;
}

export type Outcome =
	| { kind: 'done'; body: unknown }
	| { kind: 'refused'; status: number; problem: VendorError; reason: string }
	| { kind: 'retry'; reason: string; retryAfterMs?: number };

const KEY_REFUSED = new Set([401, 403]);

/**
 * Sends operations side by side, one call each, and returns an outcome for each, in order.
 * @throws TerminalError when the key itself is refused: that concerns all of them.
 */
export function runOneByOne(client: HttpClient, operations: readonly Operation[]): Promise<Outcome[]> {
	return Promise.all(operations.map((operation) => runOne(client, operation)));
}

async function runOne(client: HttpClient, operation: Operation): Promise<Outcome> {
	try {
		// Every operation here sets a state and adds nothing, so a repeat is harmless.
		const { body } = await client.request({ ...operation, repeatable: true, reply: z.unknown() });
		return { kind: 'done', body };
	} catch (error) {
		if (error instanceof TransientError) return { kind: 'retry', reason: error.message, retryAfterMs: error.context.retryAfterMs };
		if (!(error instanceof TerminalError)) throw error;
		const { status, code, field, remedy } = error.context;
		if (status === undefined || KEY_REFUSED.has(status)) throw error;
		return { kind: 'refused', status, problem: { code, field, remedy }, reason: error.message };
	}
}

/**
 * Reads the answer to one operation of a job, which comes as a status and a body.
 * @throws TerminalError when the key itself is refused.
 */
export function outcomeOf(client: HttpClient, operation: Operation, status: number, body: unknown): Outcome {
	if (status >= 200 && status < 300) return { kind: 'done', body };
	const problem = readMailchimpError(status, body);
	const context = { system: client.system, operation: operation.operation, status, ...problem };
	const said = `answered ${status}${problem.message ? `: ${redact(problem.message)}` : ''}`;
	if (status === 429 || status >= 500 || problem.transient) return { kind: 'retry', reason: new TransientError(said, context).message };
	const error = new TerminalError(said, context);
	if (KEY_REFUSED.has(status)) throw error;
	return { kind: 'refused', status, problem, reason: error.message };
}

/** As many as travel at once anyway gain nothing from a job, which waits in the vendor's queue. */
export const FEW = CONNECTIONS;
