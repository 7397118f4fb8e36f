import type { Route } from '../vendor-server';
import { refusals } from './replies';
import type { ZendeskJob, ZendeskState } from './state';

export interface JobRules {
	state: ZendeskState;
	url(): string;
	/** How often a job is seen under way before it has ended. */
	pollsUntilDone: number;
}

/** A job nobody asks for ends by itself. */
const ENDS_BY_ITSELF_MS = 3_000;

export function isRunning(job: ZendeskJob, pollsUntilDone: number): boolean {
	return job.polls <= pollsUntilDone && Date.now() - job.startedAt < ENDS_BY_ITSELF_MS;
}

/** A job as Zendesk tells it in this stage; results come with the end. */
export function jobReply(job: ZendeskJob, status: 'queued' | 'working' | ZendeskJob['end'], url: string): Record<string, unknown> {
	const ended = status === job.end;
	return {
		id: job.id,
		url: `${url}/api/v2/job_statuses/${job.id}.json`,
		job_type: job.job_type,
		total: job.total,
		progress: ended ? job.total : status === 'queued' ? null : 0,
		status,
		message: ended ? job.message : null,
		results: ended ? job.results : null,
	};
}

export function jobRoutes(rules: JobRules): Route[] {
	const { state } = rules;
	const poll = (job: ZendeskJob) => {
		job.polls += 1;
		return jobReply(job, isRunning(job, rules.pollsUntilDone) ? 'working' : job.end, rules.url());
	};
	return [
		{
			method: 'GET',
			pattern: /^\/api\/v2\/job_statuses\/show_many(?:\.json)?$/,
			name: 'show jobs',
			handle: (request) => {
				const ids = (request.query.get('ids') ?? '').split(',').filter(Boolean);
				if (ids.length === 0) return refusals.badRequest('Parameter ids is required');
				const jobs = ids.map((id) => state.jobs.get(id)).filter((job) => job !== undefined);
				return { body: { job_statuses: jobs.map(poll), count: jobs.length } };
			},
		},
		{
			method: 'GET',
			pattern: /^\/api\/v2\/job_statuses\/(\w+?)(?:\.json)?$/,
			name: 'show job',
			handle: (request) => {
				const job = state.jobs.get(request.params[0] ?? '');
				return job ? { body: { job_status: poll(job) } } : refusals.recordNotFound();
			},
		},
	];
}
