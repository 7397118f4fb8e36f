import type { VendorSandbox } from '../vendor-sandbox';
import { type Route, startVendorServer, type VendorReply, type VendorRequest } from '../vendor-server';
import type { World } from '../world/types';
import { bulkRoutes } from './bulk';
import { fieldRoutes, pageOf } from './custom-fields';
import { exportRoutes } from './exports';
import { isRunning, jobRoutes } from './job-statuses';
import { refusals } from './replies';
import { seedState } from './seed';
import type { ZendeskState } from './state';

export interface ZendeskOptions {
	port?: number;
	world?: World['zendesk'];
	/** Milliseconds since 1970. */
	clock?: () => number;
	/** Role of the token's user: an agent may read and poll jobs only. */
	role?: 'admin' | 'agent';
	/** Incremental exports allowed in a minute. */
	exportsPerMinute?: number;
	/** Other requests allowed in a minute. */
	requestsPerMinute?: number;
	/** Length of what counts as a minute, in seconds of real time. */
	minuteS?: number;
	/** How long the exports hold back a change, in seconds. */
	heldBackS?: number;
	/** How often a job is seen under way before it has ended. */
	pollsUntilDone?: number;
	maxJobs?: number;
	/** Whether users may be created in bulk. */
	importsOn?: boolean;
}

const EMAIL = 'ops@example.com';
const TOKEN = 'zendesk-sandbox-token-0123456789';

/** A local look-alike of Zendesk Support. */
export async function startZendesk(options: ZendeskOptions = {}): Promise<VendorSandbox<ZendeskState>> {
	const now = options.clock ?? Date.now;
	const role = options.role ?? 'admin';
	let address = '';
	const url = () => address;
	const state = seedState(options.world, { email: EMAIL, role }, 'https://demo.zendesk.com');
	const pollsUntilDone = options.pollsUntilDone ?? 1;
	const rules = {
		state,
		url,
		now,
		allowed: () => role === 'admin',
		heldBackS: options.heldBackS ?? 60,
		pollsUntilDone,
		importsOn: options.importsOn ?? true,
		maxJobs: options.maxJobs ?? 30,
		runningJobs: () => [...state.jobs.values()].filter((job) => isRunning(job, pollsUntilDone)).length,
	};
	const exportLimit = perMinute('incremental export API', options.exportsPerMinute ?? 10, options.minuteS);
	const apiLimit = perMinute('API', options.requestsPerMinute ?? 700, options.minuteS);

	const server = await startVendorServer(
		{
			name: 'zendesk',
			routes: [...exportRoutes(rules), ...fieldRoutes(rules), ...bulkRoutes(rules), ...jobRoutes(rules), ...readRoutes(state)],
			authorize: (request) => {
				const expected = `Basic ${Buffer.from(`${EMAIL}/token:${TOKEN}`).toString('base64')}`;
				return request.headers.authorization === expected ? undefined : refusals.wrongCredentials();
			},
			limit: (request) => (request.path.startsWith('/api/v2/incremental/') ? exportLimit() : apiLimit()),
			notFound: refusals.invalidEndpoint,
		},
		options.port,
	);
	address = server.url;
	return { server, state, credentials: { subdomain: 'demo', email: EMAIL, apiToken: TOKEN, baseUrl: server.url } };
}

function readRoutes(state: ZendeskState): Route[] {
	return [
		{
			method: 'GET',
			pattern: /^\/api\/v2\/users\/search(?:\.json)?$/,
			name: 'search users',
			handle: (request) => searchUsers(state, request),
		},
		{
			method: 'GET',
			pattern: /^\/api\/v2\/users\/me(?:\.json)?$/,
			name: 'show own user',
			handle: () => ({ body: { user: [...state.users.values()].find((user) => user.email === EMAIL) } }),
		},
		{
			method: 'GET',
			pattern: /^\/api\/v2\/organizations(?:\.json)?$/,
			name: 'list organizations',
			handle: (request) => pageOf(request, 'organizations', [...state.organizations.values()].filter((organization) => !organization.deleted_at)),
		},
	];
}

/** Finds by the words of the email, so that longer addresses with the same words are found too. */
function searchUsers(state: ZendeskState, request: VendorRequest): VendorReply {
	const email = /^email:"?([^"\s]+)"?$/.exec(request.query.get('query') ?? '')?.[1]?.toLowerCase();
	if (!email) return refusals.badRequest('Parameter query is required');
	const users = [...state.users.values()].filter((user) => user.active && user.email?.toLowerCase().includes(email));
	return { body: { users, count: users.length, next_page: null, previous_page: null } };
}

/** Counts requests in windows of one minute, as Zendesk does. */
function perMinute(what: string, most: number, minuteS = 60): () => VendorReply | undefined {
	let windowEnd = 0;
	let used = 0;
	return () => {
		const at = Date.now();
		if (at >= windowEnd) {
			windowEnd = at + minuteS * 1000;
			used = 0;
		}
		used += 1;
		return used > most ? refusals.rateLimited(what, Math.max(1, Math.ceil((windowEnd - at) / 1000))) : undefined;
	};
}
