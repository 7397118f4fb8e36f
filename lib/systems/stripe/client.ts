import { createHash } from 'node:crypto';
import { createHttpClient, type HttpClient, type RateLimit, TerminalError } from '../../transport';
import { readStripeError } from './errors';
import { STRIPE } from './name';

/** What the credential type holds. An empty `baseUrl` means the vendor's own host; another one is for a proxy or a local look-alike. */
export type StripeCredentials = { secretKey: string; baseUrl: string };

/** What tests shorten. Times in milliseconds. */
export interface StripeOverrides {
	retryDelayMs?: number;
	timeoutMs?: number;
	retries?: number;
	limit?: RateLimit;
}

const DEFAULT_BASE_URL = 'https://api.stripe.com';

/**
 * Version of the API in which replies are written; without it the account's own default would decide, and change under us.
 * Events are the exception: they keep the version of their own time, so `activity.ts` reads older and newer forms too.
 * https://docs.stripe.com/api/versioning
 */
export const STRIPE_VERSION = '2023-08-16';

/**
 * 100 reads and 100 writes a second in live mode, 25 of each in test mode, shared with everything else that the business does there:
 * a fifth is left free. Quarter-second windows, so that no second holds more than the vendor allows wherever it begins.
 * https://docs.stripe.com/rate-limits
 */
const LIVE_LIMIT: RateLimit = { maxConcurrent: 10, perWindow: 20, windowMs: 250 };
const TEST_LIMIT: RateLimit = { maxConcurrent: 5, perWindow: 5, windowMs: 250 };

/**
 * Name of the account, the same after a change of key where the key tells it.
 * Keys carry the account's ID behind their prefix, as publishable keys do too; an older key is named by its fingerprint instead.
 * @throws TerminalError when the key is missing or of the wrong kind.
 */
export function stripeAccount(credentials: StripeCredentials): string {
	const key = secretKey(credentials);
	const mode = isLive(key) ? 'live' : 'test';
	const account = /^(?:sk|rk)_(?:live|test)_5(1[A-Za-z0-9]{15})[A-Za-z0-9]{20,}$/.exec(key)?.[1];
	return account ? `acct_${account}-${mode}` : `key-${createHash('sha256').update(key).digest('hex').slice(0, 12)}-${mode}`;
}

/**
 * Client for one Stripe account: bearer authentication, the pinned version, the limit of the key's mode.
 * https://docs.stripe.com/api/authentication
 * @throws TerminalError when the key is missing or of the wrong kind.
 */
export function connectStripe(credentials: StripeCredentials, overrides: StripeOverrides = {}): HttpClient {
	const key = secretKey(credentials);
	const baseUrl = (credentials.baseUrl || DEFAULT_BASE_URL).trim().replace(/\/+$/, '');
	return createHttpClient({
		system: STRIPE,
		limitKey: `stripe:${stripeAccount(credentials)}:${baseUrl}`,
		baseUrl,
		headers: { authorization: `Bearer ${key}`, 'stripe-version': STRIPE_VERSION },
		secrets: [key],
		limit: isLive(key) ? LIVE_LIMIT : TEST_LIMIT,
		readError: readStripeError,
		...overrides,
	});
}

function isLive(key: string): boolean {
	return /^[a-z]+_live_/.test(key);
}

function secretKey(credentials: StripeCredentials): string {
	const key = credentials.secretKey.trim();
	if (/^(?:sk|rk)_(?:live|test)_[\w-]+$/.test(key)) return key;
	const problem = key.startsWith('pk_') ? 'this is a publishable key, which cannot read customers' : 'the key is not a secret or restricted key';
	throw new TerminalError(problem, {
		system: STRIPE,
		operation: 'connect',
		field: 'secretKey',
		remedy: 'In the credential, give the key that begins with sk_ or rk_ (Stripe Dashboard > Developers > API keys)',
	});
}
