import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';

/** One item of a job's results. Which of these Zendesk gives depends on the kind of job and on how it went. */
const resultSchema = z.looseObject({
	/** Position in the request. */
	index: z.number().nullish(),
	/** The record; for a new one that was refused, its position in the request. */
	id: z.union([z.number(), z.string()]).nullish(),
	email: z.string().nullish(),
	status: z.string().nullish(),
	success: z.boolean().nullish(),
	error: z.unknown(),
	errors: z.unknown(),
	details: z.unknown(),
});
export type JobResult = z.infer<typeof resultSchema>;

const jobSchema = z.looseObject({
	id: z.string(),
	status: z.string(),
	message: z.string().nullish(),
	results: z.union([z.array(resultSchema), z.looseObject({}), z.null()]).optional(),
});

const oneJobSchema = z.looseObject({ job_status: jobSchema });
const manyJobsSchema = z.looseObject({ job_statuses: z.array(jobSchema) });

/** `unfinished`: still under way when we stopped asking. `lost`: Zendesk no longer knows it. */
export interface Job {
	id: string;
	state: 'completed' | 'failed' | 'unfinished' | 'lost';
	message?: string;
	results: JobResult[];
}

/** In milliseconds: the first wait, which grows to at most {@link LONGEST_POLL_MS}, and how long to follow. */
export interface JobPatience {
	pollMs: number;
	timeoutMs: number;
}

const LONGEST_POLL_MS = 5_000;

/**
 * Starts a bulk job and returns its ID. Repeating after a broken answer is harmless: all our jobs set values, by ID or by email.
 * @throws TransientError with code TooManyJobs when 30 jobs are queued or running.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#job-limit
 */
export async function startJob(client: HttpClient, method: 'PUT' | 'POST', path: string, json: unknown, operation: string): Promise<string> {
	const reply = await client.request({ method, path, json, operation, repeatable: true, reply: oneJobSchema });
	return reply.body.job_status.id;
}

/**
 * Follows jobs until each has ended or our patience has.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/
 */
export async function followJobs(client: HttpClient, ids: readonly string[], patience: JobPatience): Promise<Map<string, Job>> {
	const jobs = new Map<string, Job>(ids.map((id) => [id, { id, state: 'unfinished', results: [] }]));
	const deadline = Date.now() + patience.timeoutMs;
	let wait = patience.pollMs;
	for (;;) {
		const open = ids.filter((id) => jobs.get(id)?.state === 'unfinished');
		if (open.length === 0 || Date.now() >= deadline) return jobs;
		await sleep(wait);
		wait = Math.min(LONGEST_POLL_MS, wait * 1.5);
		for (const [id, job] of await readJobs(client, open)) jobs.set(id, job);
	}
}

async function readJobs(client: HttpClient, ids: readonly string[]): Promise<Map<string, Job>> {
	const operation = 'read job status';
	const [only] = ids;
	const jobs = new Map<string, Job>(ids.map((id) => [id, { id, state: 'lost', results: [] }]));
	try {
		const told =
			ids.length === 1 && only !== undefined
				? [(await client.request({ method: 'GET', path: `/api/v2/job_statuses/${only}`, operation, reply: oneJobSchema })).body.job_status]
				: (
						await client.request({
							method: 'GET',
							path: '/api/v2/job_statuses/show_many',
							query: { ids: ids.join(',') },
							operation,
							reply: manyJobsSchema,
						})
					).body.job_statuses;
		for (const job of told) jobs.set(job.id, toJob(job));
	} catch (error) {
		if (!(error instanceof TerminalError) || error.context.status !== 404) throw error;
	}
	return jobs;
}

function toJob(job: z.infer<typeof jobSchema>): Job {
	const ended = { completed: 'completed', failed: 'failed', killed: 'failed' } as const;
	return {
		id: job.id,
		state: Object.hasOwn(ended, job.status) ? ended[job.status as keyof typeof ended] : 'unfinished',
		...(job.message && { message: job.message }),
		results: Array.isArray(job.results) ? job.results : [],
	};
}
