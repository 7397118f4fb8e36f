import { z } from 'zod/v4';
import type { VendorError } from '../../transport';

/** The policy by which an account's calls of one day are counted. */
const DAILY = 'DAILY';

/** Of an answer that is not in HubSpot's form, as a proxy's or an empty one. */
const UNREADABLE = 'UNREADABLE';
const NOTHING_SAID = 'the answer has no readable error';

const texts = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
const contextSchema = z.record(z.string(), texts).catch({});
const detailSchema = z.object({
	message: z.string().optional().catch(undefined),
	code: z.string().optional().catch(undefined),
	in: z.string().optional().catch(undefined),
	context: contextSchema.default({}),
});
/** HubSpot asks to treat every field of an error as optional (docs: Error handling). */
const errorSchema = z.object({
	message: z.string().optional().catch(undefined),
	category: z.string().optional().catch(undefined),
	subCategory: z.string().optional().catch(undefined),
	policyName: z.string().optional().catch(undefined),
	context: contextSchema.default({}),
	errors: z.array(detailSchema).catch([]).default([]),
});

const invalidPropertiesSchema = z.array(z.object({ name: z.string(), error: z.string().optional() })).min(1);

/** One error of HubSpot, for a whole request or for one input of a batch. */
export interface Problem {
	/** Category, or the code of the property's error, e.g. `PROPERTY_DOESNT_EXIST`. */
	code: string;
	/** In words, without the values that were sent. */
	message: string;
	/** Property concerned. */
	field?: string;
	/** Scopes that would help; any one of them is enough. */
	scopes: string[];
	/** IDs (or emails, where the batch goes by email) of the inputs concerned. */
	ids: string[];
	/** `objectWriteTraceId` of the inputs concerned. */
	traceIds: string[];
	/** Record that already has the value which must be unique. */
	existingId?: string;
	policy?: string;
}

/** Reads one error in HubSpot's form; an answer in another form gives a problem without particulars. */
export function readProblem(body: unknown): Problem {
	const parsed = errorSchema.safeParse(body);
	if (!parsed.success) return { code: UNREADABLE, message: NOTHING_SAID, scopes: [], ids: [], traceIds: [] };
	const { message = '', category, context, errors, policyName } = parsed.data;
	const contexts = [context, ...errors.map((detail) => detail.context)];
	const all = (...names: string[]) => [...new Set(contexts.flatMap((one) => names.flatMap((name) => one[name] ?? [])))];
	const invalid = invalidProperty(message) ?? errors.map((detail) => invalidProperty(detail.message ?? '')).find(Boolean);
	const field = invalid?.name ?? all('propertyName', 'propertyNames')[0];
	const code = invalid?.error ?? errors.find((detail) => detail.code)?.code ?? category ?? UNREADABLE;
	return {
		code,
		// HubSpot repeats the refused value in its message; a value can be personal.
		message: invalid ? `the value for property ${invalid.name} is not accepted (${code})` : message || (code === UNREADABLE ? NOTHING_SAID : code),
		field,
		scopes: all('requiredGranularScopes', 'requiredScopes', 'missingScopes'),
		ids: all('ids', 'id', 'fromObjectId'),
		traceIds: all('objectWriteTraceId'),
		existingId: /Existing ID: (\d+)/i.exec(message)?.[1],
		policy: policyName,
	};
}

/** HubSpot puts the particulars of refused properties into the message, as JSON behind a colon. */
function invalidProperty(message: string): { name: string; error?: string } | undefined {
	const list = /Property values were not valid:\s*(\[.*\])/s.exec(message)?.[1];
	if (!list) return undefined;
	try {
		const parsed = invalidPropertiesSchema.safeParse(JSON.parse(list));
		return parsed.success ? parsed.data[0] : undefined;
	} catch {
		return undefined;
	}
}

/** What a reader can do about a problem, if we know. */
export function remedyFor(status: number, problem: Problem): string | undefined {
	if (status === 401) {
		return 'Check the access token in the HubSpot credential; it is wrong, revoked or expired. Copy it again from the private app or service key';
	}
	if (status === 403) {
		const scopes = problem.scopes.length > 0 ? `the scope ${problem.scopes.join(' or ')}` : 'the missing scope';
		return `Give the private app or service key ${scopes} in HubSpot's settings, then try again`;
	}
	if (status === 429) {
		return problem.policy === DAILY
			? "The account's daily number of API calls is used up; it starts again at midnight in the account's time zone"
			: 'Other apps use the same allowance; try again in a moment or poll less often';
	}
	return propertyRemedy(problem);
}

export function propertyRemedy(problem: Pick<Problem, 'code' | 'field'>): string | undefined {
	const name = problem.field ?? 'the property';
	if (problem.code === 'PROPERTY_DOESNT_EXIST') return `Create ${name} in HubSpot (Settings, Properties), or take it out of the sync's fields`;
	if (problem.code === 'READ_ONLY_VALUE') return `HubSpot computes ${name} itself; choose another property`;
	if (problem.field !== undefined) return `Check that the type of ${name} in HubSpot fits what is written to it`;
	return undefined;
}

/**
 * Reads HubSpot's error answer. 477 (the account is being moved to another data centre) and 524 pass by themselves.
 * Source: https://developers.hubspot.com/docs/api-reference/error-handling
 */
export function readHubSpotError(status: number, body: unknown): VendorError {
	const problem = readProblem(body);
	return {
		code: problem.policy ?? problem.code,
		...(problem.message !== NOTHING_SAID && { message: problem.message }),
		field: problem.field,
		record: problem.existingId ?? (problem.ids.length === 1 && /^\d+$/.test(problem.ids[0] ?? '') ? problem.ids[0] : undefined),
		remedy: remedyFor(status, problem),
		...((status === 477 || status === 524) && { transient: true }),
		// Nothing that is waited for in seconds helps until midnight, whatever Retry-After says.
		...(problem.policy === DAILY && { pausesAccount: false }),
	};
}
