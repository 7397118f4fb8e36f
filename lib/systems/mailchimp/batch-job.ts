import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod/v4';
import { type HttpClient, TerminalError, TransientError } from '../../transport';
import { readArchive } from './batch-archive';
import { batchTiming } from './client';
import { FEW, type Operation, type Outcome, outcomeOf, runOneByOne } from './operations';
import { batchSchema } from './schemas';

/**
 * Runs operations, many of them as one job of POST /batches: one call to send, one to fetch the answers, and a few to ask whether it is done.
 * When the job does not end in time it is cancelled, and when its answers cannot be fetched they are lost;
 * in both cases the operations are sent one by one, which is harmless: each sets a state.
 * Returns an outcome for each operation, in order.
 * https://mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint/
 * @throws TransientError, TerminalError when the job as a whole is refused.
 */
export async function runOperations(client: HttpClient, operations: readonly Operation[]): Promise<Outcome[]> {
	if (operations.length <= FEW) return runOneByOne(client, operations);
	const { body: job } = await client.request({
		method: 'POST',
		path: '/batches',
		json: { operations: operations.map(toJobLine) },
		operation: `start job: ${operations[0]?.operation ?? 'nothing'}`,
		reply: batchSchema,
	});
	const archiveUrl = await waitForEnd(client, job.id);
	if (archiveUrl === undefined) return (await cancel(client, job.id)) ? runOneByOne(client, operations) : operations.map(() => STILL_RUNNING);
	const answers = await readArchive(client, archiveUrl);
	if (!answers) return runOneByOne(client, operations);
	const missing: number[] = [];
	const outcomes = operations.map((operation, index): Outcome => {
		const answer = answers.get(String(index));
		if (!answer) missing.push(index);
		return answer ? outcomeOf(client, operation, answer.status, answer.body) : STILL_RUNNING;
	});
	const second = await runOneByOne(client, missing.map((index) => operations[index] as Operation));
	missing.forEach((index, position) => (outcomes[index] = second[position] as Outcome));
	return outcomes;
}

const STILL_RUNNING: Outcome = { kind: 'retry', reason: 'the job at Mailchimp has not ended yet' };

/** A job's body is text that holds JSON; `params` is the query. */
function toJobLine(operation: Operation, index: number): Record<string, unknown> {
	return {
		method: operation.method,
		path: operation.path,
		operation_id: String(index),
		...(operation.query && { params: operation.query }),
		...(operation.json !== undefined && { body: JSON.stringify(operation.json) }),
	};
}

/** Address of the answers, or undefined when the deadline passed first. */
async function waitForEnd(client: HttpClient, jobId: string): Promise<string | undefined> {
	const { pollMs, deadlineMs } = batchTiming(client);
	const deadline = Date.now() + deadlineMs;
	for (let pause = pollMs; ; pause = Math.min(pause * 1.5, pollMs * 10)) {
		await wait(pause);
		const { body } = await client.request({
			method: 'GET',
			path: `/batches/${encodeURIComponent(jobId)}`,
			query: { fields: 'id,status,response_body_url' },
			operation: 'follow job',
			reply: batchSchema,
		});
		if (body.status === 'finished') return body.response_body_url;
		if (Date.now() >= deadline) return undefined;
	}
}

/** Only a job that surely won't run later may be replaced by single calls: it would overwrite newer values with its old ones. */
async function cancel(client: HttpClient, jobId: string): Promise<boolean> {
	try {
		await client.request({ method: 'DELETE', path: `/batches/${encodeURIComponent(jobId)}`, operation: 'cancel job', reply: z.unknown() });
		return true;
	} catch (error) {
		if (error instanceof TransientError || error instanceof TerminalError) return false;
		throw error;
	}
}
