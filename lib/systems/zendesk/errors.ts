import { z } from 'zod/v4';
import type { VendorError } from '../../transport';

/** Refusal of an export whose start time is less than a minute old; not a failure, there is nothing to read yet. */
export const START_TIME_TOO_RECENT = 'StartTimeTooRecent';

/** Refusal of a bulk job while as many as Zendesk allows are queued or running; a 429 that has nothing to do with the rate of calls. */
const TOO_MANY_JOBS = 'TooManyJobs';

const detailSchema = z.looseObject({ error: z.string().optional(), description: z.string().optional() });

/** Zendesk's refusals come in two forms: `{ error: code, description, details }` and `{ error: { title, message } }`. */
const refusalSchema = z.looseObject({
	error: z.union([z.string(), z.looseObject({ title: z.string().optional(), message: z.string().optional() })]).optional(),
	description: z.string().optional(),
	message: z.string().optional(),
	details: z.record(z.string(), z.array(detailSchema)).optional(),
});

const REMEDIES: Record<string, string> = {
	[TOO_MANY_JOBS]: 'Zendesk works on 30 bulk jobs at most; wait until some have finished, the next run sends again what is missing',
	RecordNotFound: 'It may have been deleted or merged in Zendesk; the next read will show it',
};

const STATUS_REMEDIES: Record<number, string> = {
	401:
		'Check the email and the API token in the credential, and that token access is switched on in Zendesk ' +
		'(Admin Center > Apps and integrations > Zendesk API)',
	403: 'Use the API token of an admin: exports, custom fields and bulk changes of users need one',
	404: 'Check the subdomain in the credential',
};

/** Reads a refusal into our words. https://developer.zendesk.com/api-reference/introduction/requests/#response-format */
export function readZendeskError(status: number, body: unknown): VendorError {
	const parsed = refusalSchema.safeParse(body);
	if (!parsed.success) return { remedy: STATUS_REMEDIES[status] };
	const { error, description, message, details } = parsed.data;
	const code = typeof error === 'string' ? error : error?.title;
	const text = description ?? message ?? (typeof error === 'string' ? undefined : error?.message);
	const [field, problems] = Object.entries(details ?? {})[0] ?? [];
	const said = [text ?? code, ...(problems ?? []).map((problem) => problem.description ?? problem.error)].filter(Boolean).join('; ');
	const tooRecent = code === START_TIME_TOO_RECENT || (text ?? '').startsWith('Too recent start_time');
	const importsOff = status === 403 && /data imports/i.test(text ?? '');
	return {
		code: tooRecent ? START_TIME_TOO_RECENT : code,
		...(field && { field }),
		...(said && { message: said }),
		// Jobs end while they are followed by other calls.
		...(code === TOO_MANY_JOBS && { pausesAccount: false }),
		remedy: importsOff
			? 'Creating users in bulk is switched off for this account; ask Zendesk support to enable data imports, or do not create users'
			: (REMEDIES[code ?? ''] ?? STATUS_REMEDIES[status]),
	};
}
