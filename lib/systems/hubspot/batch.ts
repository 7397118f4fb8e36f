import { redact, TerminalError, type HttpClient } from '../../transport';
import type { WriteResult } from '../definition';
import { propertyRemedy, readProblem, type Problem } from './errors';
import type { CrmObject } from './objects';
import { batchReplySchema, type BatchReply } from './replies';

/** One input of a batch. `objectWriteTraceId` comes back in results and errors and tells which input they belong to. */
export interface BatchInput {
	id: string;
	idProperty?: string;
	properties: Record<string, string>;
	objectWriteTraceId: string;
}

/** A batch under way. */
export interface Batch {
	client: HttpClient;
	object: CrmObject;
	/** `update` goes by record ID, `upsert` by email. */
	verb: 'update' | 'upsert';
	/** Results by trace ID. */
	results: Map<string, WriteResult>;
	/** Inputs that turned out to belong to a record that exists under another ID. */
	existing: { input: BatchInput; id: string }[];
	/** Calls that may still be made; keeps a batch full of bad inputs from becoming a call for each of them. */
	callsLeft: number;
}

/** Enough to find two bad inputs in a hundred by halving. */
export const MAX_CALLS = 30;

const PASSING = new Set(['RATE_LIMITS', 'RATE_LIMIT', 'LOCKED', 'INTERNAL_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT']);

/**
 * Sends inputs and writes down what became of each.
 *
 * With trace IDs HubSpot does the good inputs and answers 207 with an error for each bad one (docs: Error handling, "Multi-status errors").
 * Some faults make it refuse the batch as a whole nevertheless. Then the inputs that it names are set aside, or, when it names none,
 * the batch is halved, so that good inputs get through.
 * @throws TransientError, TerminalError for what concerns the call and not its inputs.
 */
export async function sendBatch(batch: Batch, inputs: readonly BatchInput[]): Promise<void> {
	if (inputs.length === 0) return;
	if (batch.callsLeft <= 0) {
		const reason = 'HubSpot refused too many batches in a row; this record was not sent yet';
		for (const input of inputs) settle(batch, input, { status: 'retry', reason });
		return;
	}
	batch.callsLeft -= 1;
	let reply: BatchReply;
	try {
		const answer = await batch.client.request({
			method: 'POST',
			path: `/crm/v3/objects/${batch.object.path}/batch/${batch.verb}`,
			json: { inputs },
			operation: `${batch.verb} ${batch.object.path}`,
			// Both say what a record shall be, not what to add to it: saying it twice changes nothing.
			repeatable: true,
			reply: batchReplySchema,
		});
		reply = answer.body;
	} catch (error) {
		if (!(error instanceof TerminalError) || ![400, 404, 409, 413].includes(error.context.status ?? 0)) throw error;
		return await splitRefused(batch, inputs, error);
	}
	await readReply(batch, inputs, reply);
}

async function splitRefused(batch: Batch, inputs: readonly BatchInput[], error: TerminalError): Promise<void> {
	const { code = 'ERROR', field, record, status } = error.context;
	// A conflict names the record that has the value already, not the input that wants it.
	const conflict = status === 409;
	const problem: Problem = { code, field, message: `HubSpot refused it (${status}, ${code})`, scopes: [], ids: [], traceIds: [] };
	const [only, ...others] = inputs;
	if (only && others.length === 0) {
		if (conflict && record !== undefined) return refuse(batch, only, { ...problem, existingId: record });
		return settle(batch, only, { status: 'failed', reason: error.message, ...(field !== undefined && { field }) });
	}
	const aboutField = field !== undefined && (code === 'PROPERTY_DOESNT_EXIST' || code === 'READ_ONLY_VALUE');
	const named = conflict ? [] : inputs.filter((input) => (aboutField ? field in input.properties : input.id === record));
	if (named.length === 0) return await halve(batch, inputs);
	for (const input of named) refuse(batch, input, problem);
	await sendBatch(batch, inputs.filter((input) => !named.includes(input)));
}

async function halve(batch: Batch, inputs: readonly BatchInput[]): Promise<void> {
	const middle = Math.ceil(inputs.length / 2);
	await sendBatch(batch, inputs.slice(0, middle));
	await sendBatch(batch, inputs.slice(middle));
}

async function readReply(batch: Batch, inputs: readonly BatchInput[], reply: BatchReply): Promise<void> {
	const byTrace = new Map(inputs.map((input) => [input.objectWriteTraceId, input]));
	const byId = new Map(inputs.map((input) => [input.id, input]));
	for (const result of reply.results) {
		const key = batch.verb === 'update' ? result.id : (result.properties?.email ?? '').toLowerCase();
		const input = byTrace.get(result.objectWriteTraceId ?? '') ?? byId.get(key);
		if (input) settle(batch, input, { status: 'acknowledged', targetId: result.id });
	}
	let unattributed: Problem | undefined;
	for (const error of reply.errors ?? []) {
		const problem = readProblem(error);
		const traced = problem.traceIds.map((traceId) => byTrace.get(traceId));
		const named = new Set([...traced, ...problem.ids.map((id) => byId.get(id.toLowerCase()) ?? byId.get(id))]);
		named.delete(undefined);
		if (named.size === 0) unattributed = problem;
		for (const input of named) if (input && isOpen(batch, input)) refuse(batch, input, problem);
	}
	const open = inputs.filter((input) => isOpen(batch, input));
	const [first] = open;
	if (!first) return;
	if (unattributed && open.length === 1) return refuse(batch, first, unattributed);
	if (unattributed) return await halve(batch, open);
	for (const input of open) settle(batch, input, leftOut(batch));
}

/** An ID that was merged into another record is left out of the answer without an error. */
function leftOut(batch: Batch): WriteResult {
	if (batch.verb === 'upsert') return { status: 'retry', reason: 'HubSpot left this record out of its answer' };
	const reason = `HubSpot did not write this ${batch.object.name}: it was probably merged into another one. The next run of the source brings that one`;
	return { status: 'failed', reason };
}

function isOpen(batch: Batch, input: BatchInput): boolean {
	return !batch.results.has(input.objectWriteTraceId) && !batch.existing.some((one) => one.input === input);
}

function settle(batch: Batch, input: BatchInput, result: WriteResult): void {
	batch.results.set(input.objectWriteTraceId, result);
}

function refuse(batch: Batch, input: BatchInput, problem: Problem): void {
	if (batch.verb === 'upsert' && problem.existingId !== undefined) {
		batch.existing.push({ input, id: problem.existingId });
		return;
	}
	settle(batch, input, toResult(batch, problem));
}

function toResult(batch: Batch, problem: Problem): WriteResult {
	if (PASSING.has(problem.code)) return { status: 'retry', reason: `HubSpot could not write this record just now (${problem.code})` };
	if (problem.code === 'OBJECT_NOT_FOUND') {
		const reason = `HubSpot has no such ${batch.object.name} any more; it was deleted or merged. The next run of the source brings what became of it`;
		return { status: 'failed', reason };
	}
	const remedy = propertyRemedy(problem);
	return {
		status: 'failed',
		reason: `${redact(problem.message)}${remedy ? `. ${remedy}` : ''}`,
		...(problem.field !== undefined && { field: problem.field }),
	};
}
