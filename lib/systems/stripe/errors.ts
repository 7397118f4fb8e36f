import { z } from 'zod/v4';
import type { VendorError } from '../../transport';

/** https://docs.stripe.com/api/errors */
const refusalSchema = z.object({
	error: z.looseObject({
		type: z.string().optional(),
		code: z.string().optional(),
		message: z.string().optional(),
		param: z.string().optional(),
	}),
});

/** Codes that say more than the status: https://docs.stripe.com/error-codes */
const REMEDIES: Record<string, string> = {
	api_key_expired: 'Roll the key in the Stripe Dashboard (Developers > API keys) and put the new one into the credential',
	lock_timeout: 'Something else was changing the same object; the next run sends it again',
	rate_limit: 'Other programs use the same account; the next run goes on where this one stopped',
	parameter_unknown: 'Stripe does not know this field in the version of its API that is used here',
	idempotency_key_in_use: 'The first attempt is still under way at Stripe; the next run sends it again',
};

/** Codes whose repeat can succeed though their status does not say so. */
const TRANSIENT_CODES = new Set(['lock_timeout', 'rate_limit', 'idempotency_key_in_use']);

/** What the error of an item says when the object is gone. */
export const RESOURCE_MISSING = 'resource_missing';

/** Reads a refusal into our words. The text of a 401 or 403 quotes part of the key and is left out. */
export function readStripeError(status: number, body: unknown): VendorError {
	const parsed = refusalSchema.safeParse(body);
	if (!parsed.success) return {};
	const { type, code, message = '', param } = parsed.data.error;
	const record = /^No such \w+: '([\w-]+)'/.exec(message)?.[1];
	return {
		code: code ?? type,
		...(param && { field: param }),
		...(record && { record }),
		...(message && status !== 401 && status !== 403 && { message: withoutValues(message) }),
		...remedy(status, code, message),
		...(code !== undefined && TRANSIENT_CODES.has(code) && { transient: true }),
		// One object is in use, which is told by a 429 as well.
		...(code === 'lock_timeout' && { pausesAccount: false }),
	};
}

function remedy(status: number, code: string | undefined, message: string): { remedy?: string } {
	if (status === 403) {
		const permission = /'(rak_\w+)' permission/.exec(message)?.[1];
		const needed = permission ? `the permission ${permission}` : 'the missing permission';
		return { remedy: `Give the restricted key ${needed} (Stripe Dashboard > Developers > API keys > Edit key)` };
	}
	if (code && REMEDIES[code]) return { remedy: REMEDIES[code] };
	if (status === 401) return { remedy: 'Check the secret key in the credential; Stripe does not accept it, it is wrong or was rolled' };
	if (code === RESOURCE_MISSING) return { remedy: 'It was deleted, or the key belongs to another account or to the other mode (test, live)' };
	return {};
}

/** Stripe repeats a refused metadata value in full, and that can be anything. */
function withoutValues(message: string): string {
	return message.replace(/^(Invalid val: ).*( must be a string under)/s, '$1[value]$2');
}
