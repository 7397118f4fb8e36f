import type { Route, VendorReply, VendorRequest } from '../vendor-server';
import { type ArchiveHost, packAnswers } from './job-archive';
import { jobJson, NOT_FOUND, problem, project, SCHEMA_DETAIL } from './replies';
import type { JobOperation, JobState, MailchimpState } from './state';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const MOST_PENDING = 500;

/** POST /batches: the job only stands in the queue; nothing has happened yet. */
export function startJob(state: MailchimpState, request: VendorRequest, now: number, id: number): VendorReply {
	const { operations } = (request.json ?? {}) as { operations?: JobOperation[] };
	if (!Array.isArray(operations) || operations.some(isWrong)) {
		return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: 'operations', message: 'Schema describes operations, other type found' }]);
	}
	if ([...state.jobs.values()].filter((job) => job.status !== 'finished').length >= MOST_PENDING) {
		return problem(429, 'Too Many Requests', 'You have more than 500 pending batches.');
	}
	const job: JobState = { id: `job${id}`, status: 'pending', looks: 0, operations, answers: [], submittedAt: now, archive: null };
	state.jobs.set(job.id, job);
	return { body: jobJson(job, '') };
}

/** A body is text that holds JSON, never JSON itself. */
function isWrong(operation: JobOperation): boolean {
	return !METHODS.has(operation.method) || !operation.path || (operation.body !== undefined && typeof operation.body !== 'string');
}

/** GET /batches/{id}: each look brings the job forward; with the last one its operations take effect. */
export async function lookAtJob(
	state: MailchimpState,
	request: VendorRequest,
	routes: readonly Route[],
	archives: ArchiveHost,
	looksPerJob: number,
): Promise<VendorReply> {
	const job = state.jobs.get(request.params[0] ?? '');
	if (!job) return NOT_FOUND;
	job.looks += 1;
	if (job.status !== 'finished') job.status = job.looks >= looksPerJob ? 'finished' : 'started';
	if (job.status === 'finished' && !job.archive) {
		for (const operation of job.operations) job.answers.push(await answer(operation, request, routes));
		job.archive = packAnswers(job);
	}
	return { body: project(jobJson(job, archives.url(job)), request.query.get('fields')) };
}

export function cancelJob(state: MailchimpState, request: VendorRequest): VendorReply {
	return state.jobs.delete(request.params[0] ?? '') ? { status: 204 } : NOT_FOUND;
}

async function answer(operation: JobOperation, outer: VendorRequest, routes: readonly Route[]): Promise<JobState['answers'][number]> {
	const path = `/3.0${operation.path.startsWith('/') ? '' : '/'}${operation.path}`;
	const route = routes.find((candidate) => candidate.method === operation.method && candidate.pattern.test(path));
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(operation.params ?? {})) query.set(name, String(value));
	const reply = route
		? await route.handle({
				method: operation.method,
				path,
				params: route.pattern.exec(path)?.slice(1) ?? [],
				query,
				headers: outer.headers,
				json: operation.body === undefined ? undefined : (JSON.parse(operation.body) as unknown),
				form: undefined,
				rawBody: operation.body ?? '',
			})
		: NOT_FOUND;
	return {
		status_code: reply.status ?? 200,
		operation_id: operation.operation_id ?? null,
		response: reply.body === undefined ? '' : JSON.stringify(reply.body),
	};
}
