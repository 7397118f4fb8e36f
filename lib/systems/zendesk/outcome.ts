import { redact } from '../../transport';
import type { WriteResult } from '../definition';
import type { Job, JobResult } from './jobs';

/** Results of a job whose records were named by ID. */
export function resultsById(job: Job): Map<string, JobResult> {
	return new Map(job.results.map((result) => [String(result.id), result]));
}

/**
 * Results of a job that created records, by position in the request. Zendesk names the position, or the email, or for a refused one its
 * position in `id`; where it names nothing, the order of the request holds if there is one result a record.
 */
export function resultsByPosition(job: Job, emails: readonly string[]): Map<number, JobResult> {
	const found = new Map<number, JobResult>();
	job.results.forEach((result, place) => {
		const byEmail = result.email ? emails.indexOf(result.email.toLowerCase()) : -1;
		const inId = !succeeded(result) && typeof result.id === 'number' && result.id < emails.length ? result.id : undefined;
		const position = result.index ?? (byEmail >= 0 ? byEmail : undefined) ?? inId ?? (job.results.length === emails.length ? place : undefined);
		if (position !== undefined) found.set(position, result);
	});
	return found;
}

/** What a job, and within it the result of one record, means for that record. A job that ended well can hold records that failed. */
export function outcomeOf(job: Job | undefined, result: JobResult | undefined, knownId?: string): WriteResult {
	if (result) return outcomeOfResult(result, knownId);
	if (job?.state === 'unfinished') {
		return { status: 'retry', reason: 'Zendesk is still working on the job', retryAfterMs: 60_000 };
	}
	if (job?.state === 'failed') {
		return { status: 'retry', reason: redact(`the job failed in Zendesk${job.message ? `: ${job.message}` : ''}`) };
	}
	return { status: 'retry', reason: 'Zendesk ended the job without a word on this record' };
}

/** Refusals inside a finished job that another attempt can mend. */
const PASSING = /conflict|timeout|timed out|throttl|unavailable|rate.?limit|too ?many/i;

/** What a job says of an ID that leads to nothing. */
const GONE = /\b(?:User|Organization): not found\b/i;

function outcomeOfResult(result: JobResult, knownId?: string): WriteResult {
	const targetId = knownId ?? (result.id === null || result.id === undefined ? undefined : String(result.id));
	if (succeeded(result) && targetId !== undefined) return { status: 'acknowledged', targetId };
	const reason = redact([result.error, result.errors, result.details].flatMap(texts).join(': ') || `Zendesk answered ${result.status ?? 'nothing'}`);
	if (PASSING.test(reason)) return { status: 'retry', reason };
	if (knownId !== undefined && GONE.test(reason)) {
		return { status: 'failed', reason: 'Zendesk has no such record any more; it was deleted or merged. The next run of the source brings what became of it' };
	}
	const field = /\bc360_[a-z0-9_]+/i.exec(reason)?.[0];
	return { status: 'failed', reason, ...(field && { field }) };
}

function succeeded(result: JobResult): boolean {
	if (result.success === false || result.error || (result.errors && texts(result.errors).length > 0)) return false;
	return result.success === true || /^(created|updated)$/i.test(result.status ?? '') || typeof result.index === 'number';
}

/** All texts in a value of unknown form. */
function texts(value: unknown): string[] {
	if (typeof value === 'string') return value ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(texts);
	if (value && typeof value === 'object') return Object.values(value).flatMap(texts);
	return [];
}
