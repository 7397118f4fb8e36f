import { createHttpClient, type HttpClient, type RateLimit } from '../../transport';
import { accountOf } from './account';
import { readHubSpotError } from './errors';
import { HUBSPOT } from './name';

/** A private app's or service key's token. A type and not an interface, because credentials are open records. */
export type HubSpotCredentials = {
	accessToken: string;
	/** Empty means HubSpot's own address. */
	baseUrl?: string;
	/** The account's Hub ID. Optional; with it, cursors and ledgers outlive a change of the token. */
	portalId?: string;
};

/** For tests and for accounts with other limits. */
export interface HubSpotOverrides {
	retryDelayMs?: number;
	retries?: number;
	timeoutMs?: number;
	limit?: RateLimit;
	searchLimit?: RateLimit;
}

export const HUBSPOT_URL = 'https://api.hubapi.com';

/**
 * 100 calls in any ten seconds are what the smallest account has (190 from Professional on). The window rolls, so that
 * eleven of our one-second windows touch it: nine a second stay below.
 * Source: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
const LIMIT: RateLimit = { maxConcurrent: 4, perWindow: 9, windowMs: 1000 };

/**
 * The search endpoint has its own limit, five calls a second for the whole account, and is exempt from the ten-second one.
 * One call a quarter of a second leaves room for others.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, "Limitations"
 */
const SEARCH_LIMIT: RateLimit = { maxConcurrent: 1, perWindow: 1, windowMs: 250 };

function baseUrlOf(credentials: HubSpotCredentials): string {
	return (credentials.baseUrl?.trim() || HUBSPOT_URL).replace(/\/+$/, '');
}

/** Client for one account; calls to the search endpoint go through a limit of their own. */
export function connectHubSpot(credentials: HubSpotCredentials, overrides: HubSpotOverrides = {}): HttpClient {
	const baseUrl = baseUrlOf(credentials);
	// One that is no URL is told by the first request, which names the credential.
	const limitKey = `hubspot:${URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl}:${accountOf(credentials)}`;
	const shared = {
		system: HUBSPOT,
		baseUrl,
		headers: { authorization: `Bearer ${credentials.accessToken}` },
		secrets: [credentials.accessToken],
		readError: readHubSpotError,
		// Without Retry-After a full ten-second window has to be waited out: 1 + 2 + 4 + 8 seconds.
		retryDelayMs: overrides.retryDelayMs ?? 500,
		...(overrides.retries !== undefined && { retries: overrides.retries }),
		...(overrides.timeoutMs !== undefined && { timeoutMs: overrides.timeoutMs }),
	};
	const objects = createHttpClient({ ...shared, limitKey, limit: overrides.limit ?? LIMIT });
	const search = createHttpClient({ ...shared, limitKey: `${limitKey}:search`, limit: overrides.searchLimit ?? SEARCH_LIMIT });
	return {
		system: shared.system,
		baseUrl,
		request: (request) => (request.path.endsWith('/search') ? search : objects).request(request),
		calls: () => ({ ...objects.calls(), ...search.calls() }),
	};
}
