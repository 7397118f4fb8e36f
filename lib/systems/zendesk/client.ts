import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../transport';
import { zendeskAccount } from './account';
import { readZendeskError } from './errors';
import { ZENDESK } from './name';

/** What the credential type holds. An empty `baseUrl` means `https://{subdomain}.zendesk.com`; another one is for a proxy or a local look-alike. */
export type ZendeskCredentials = { subdomain?: string; email: string; apiToken: string; baseUrl?: string };

/** What tests shorten. Times in milliseconds. */
export interface ZendeskOverrides {
	retryDelayMs?: number;
	timeoutMs?: number;
	retries?: number;
	exportsPerMinute?: number;
	/** First wait before a job is asked for its status. */
	jobPollMs?: number;
	/** How long one write call follows its jobs. */
	jobTimeoutMs?: number;
}

/**
 * The lowest plan's account-wide limit, so that no plan is overrun.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits
 */
const API_LIMIT = { maxConcurrent: 5, perWindow: 200, windowMs: 60_000 };

/**
 * Incremental exports have a limit of their own: 10 calls a minute, 30 with the High Volume API add-on.
 * Which one holds is not told, so 30 pass here and the vendor's 429 with Retry-After governs an account without the add-on.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#rate-limits
 */
const EXPORT_LIMIT = { maxConcurrent: 1, perWindow: 30, windowMs: 60_000 };

export const EXPORT_PATH = '/api/v2/incremental/';

/**
 * Client for one Zendesk account: an API token as basic authentication (`{email}/token:{token}`), exports and everything else each
 * within their own rate limit.
 * https://developer.zendesk.com/api-reference/introduction/security-and-auth/#api-token
 */
export function connectZendesk(credentials: ZendeskCredentials, overrides: ZendeskOverrides = {}): HttpClient {
	const account = zendeskAccount(credentials);
	const baseUrl = (credentials.baseUrl || `https://${account}.zendesk.com`).replace(/\/+$/, '');
	const username = `${credentials.email}/token`;
	const options: Omit<HttpClientOptions, 'limitKey' | 'limit'> = {
		system: ZENDESK,
		baseUrl,
		basicAuth: { username, password: credentials.apiToken },
		secrets: [credentials.apiToken, credentials.email, Buffer.from(`${username}:${credentials.apiToken}`).toString('base64')],
		readError: readZendeskError,
		retryDelayMs: overrides.retryDelayMs,
		timeoutMs: overrides.timeoutMs,
		retries: overrides.retries,
	};
	const api = createHttpClient({ ...options, limitKey: `zendesk:${account}:${baseUrl}`, limit: API_LIMIT });
	const exports = createHttpClient({
		...options,
		limitKey: `zendesk:${account}:${baseUrl}:export`,
		limit: { ...EXPORT_LIMIT, perWindow: overrides.exportsPerMinute ?? EXPORT_LIMIT.perWindow },
	});
	return {
		system: ZENDESK,
		baseUrl,
		request: (request) => (request.path.startsWith(EXPORT_PATH) ? exports : api).request(request),
		calls: () => ({ ...api.calls(), ...exports.calls() }),
	};
}
