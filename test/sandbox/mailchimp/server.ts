import { setTimeout as wait } from 'node:timers/promises';
import { startVendorServer, type Route, type VendorReply, type VendorRequest } from '../vendor-server';
import type { VendorSandbox } from '../vendor-sandbox';
import type { World } from '../world/types';
import { type ArchiveHost, startArchiveHost } from './job-archive';
import { cancelJob, lookAtJob, startJob } from './jobs';
import { addMembers, getMember, listMembers, patchMember } from './members';
import { createField, listFields } from './merge-fields';
import { listJson, NOT_FOUND, pageOf, problem, project } from './replies';
import { changeSegment, changeTags, createSegment, listSegments } from './segments';
import { seedState } from './seed';
import type { ListState, MailchimpState } from './state';

export interface MailchimpOptions {
	port?: number;
	world?: World['mailchimp'];
	/** Milliseconds since 1970. */
	clock?: () => number;
	/** Looks at a job until it has ended. */
	looksPerJob?: number;
	/** How long a request takes; with it, connections overlap as in life. */
	latencyMs?: number;
	/** The key belongs to a user who may only read. */
	readOnly?: boolean;
}

export type MailchimpSandbox = VendorSandbox<MailchimpState> & {
	archives: ArchiveHost;
	/** Most requests that were under way at once. */
	mostConnections(): number;
};

const API_KEY = '5d1c0e8f7a3b49628c0d1e2f3a4b5c6d-us14';
const CONNECTION_LIMIT = 10;

/** A look-alike of the Mailchimp Marketing API 3.0, as far as we use it. */
export async function startMailchimp(options: MailchimpOptions = {}): Promise<MailchimpSandbox> {
	const state = seedState(options.world);
	const clock = options.clock ?? Date.now;
	const archives = await startArchiveHost(state.jobs);
	let open = 0;
	let most = 0;

	const routes = mailchimpRoutes(state, clock, archives, options.looksPerJob ?? 2).map((route): Route => ({
		...route,
		handle: async (request) => {
			open += 1;
			most = Math.max(most, open);
			try {
				if (open > CONNECTION_LIMIT) return problem(429, 'Too Many Requests', 'You have exceeded the limit of 10 simultaneous connections.');
				if (options.latencyMs) await wait(options.latencyMs);
				if (options.readOnly && route.write) return problem(403, 'Forbidden', "You don't have permission to access the requested resource.");
				return await route.handle(request);
			} finally {
				open -= 1;
			}
		},
	}));
	const server = await startVendorServer({ name: 'mailchimp', routes, authorize, notFound: () => NOT_FOUND }, options.port);
	return {
		server: { ...server, close: async () => {
				await Promise.all([server.close(), archives.close()]);
			} },
		credentials: { apiKey: API_KEY, baseUrl: `${server.url}/3.0` },
		state,
		archives,
		mostConnections: () => most,
	};
}

/** Basic authentication with any user name. */
function authorize(request: VendorRequest): VendorReply | undefined {
	const [scheme, encoded] = (request.headers.authorization ?? '').split(' ');
	if (scheme !== 'Basic' || !encoded) return problem(401, 'API Key Missing', 'Your request did not include an API key.');
	const key = Buffer.from(encoded, 'base64').toString('utf8').split(':')[1];
	if (key === API_KEY) return undefined;
	return problem(401, 'API Key Invalid', "Your API key may be invalid, or you've attempted to access the wrong datacenter.");
}

function mailchimpRoutes(state: MailchimpState, clock: () => number, archives: ArchiveHost, looksPerJob: number): Route[] {
	const nextId = () => (state.nextId += 1);
	const now = () => Math.floor(clock() / 1000) * 1000;
	const inList = (handle: (list: ListState, request: VendorRequest) => VendorReply) => (request: VendorRequest) => {
		const list = state.lists.get(request.params[0] ?? '');
		return list ? handle(list, request) : NOT_FOUND;
	};
	const newContact = () => `contact${String(nextId()).padStart(25, '0')}`;
	const list = '/3\\.0/lists/([^/]+)';
	const routes: Route[] = [
		{
			method: 'GET',
			pattern: /^\/3\.0\/lists$/,
			name: 'read audiences',
			handle: ({ query }) => {
				const page = pageOf([...state.lists.values()], query);
				if (!('items' in page)) return page;
				return { body: project({ lists: page.items.map(listJson), total_items: state.lists.size }, query.get('fields')) };
			},
		},
		route('GET', '/3\\.0/ping', 'ping', () => ({ body: { health_status: "Everything's Chimpy!" } })),
		route('GET', list, 'read audience', inList((found, request) => ({ body: project(listJson(found), request.query.get('fields')) }))),
		route('POST', list, 'add members', inList((found, request) => addMembers(found, request, now(), newContact)), true),
		route('GET', `${list}/members`, 'read members', inList(listMembers)),
		route('GET', `${list}/members/([^/]+)`, 'read member', inList(getMember)),
		route('PATCH', `${list}/members/([^/]+)`, 'update member', inList((found, request) => patchMember(found, request, now())), true),
		route('POST', `${list}/members/([^/]+)/tags`, 'tag member', inList((found, request) => changeTags(found, request, now(), nextId)), true),
		route('GET', `${list}/merge-fields`, 'read merge fields', inList(listFields)),
		route('POST', `${list}/merge-fields`, 'create merge field', inList((found, request) => createField(found, request, nextId())), true),
		route('GET', `${list}/segments`, 'read segments', inList(listSegments)),
		route('POST', `${list}/segments`, 'create segment', inList((found, request) => createSegment(found, request, nextId())), true),
		route('POST', `${list}/segments/(\\d+)`, 'change segment', inList((found, request) => changeSegment(found, request, now())), true),
	];
	const jobs = '/3\\.0/batches';
	return [
		...routes,
		route('POST', jobs, 'start job', (request) => startJob(state, request, now(), nextId()), true),
		route('GET', `${jobs}/([^/]+)`, 'look at job', (request) => lookAtJob(state, request, routes, archives, looksPerJob)),
		route('DELETE', `${jobs}/([^/]+)`, 'cancel job', (request) => cancelJob(state, request)),
	];
}

function route(method: string, path: string, name: string, handle: Route['handle'], write = false): Route {
	return { method, pattern: new RegExp(`^${path}$`), name, write, handle };
}
