import type { VendorSandbox } from '../vendor-sandbox';
import { startVendorServer, type Route, type VendorReply, type VendorRequest } from '../vendor-server';
import type { World } from '../world/types';
import { batchRead, batchUpdate, batchUpsert } from './batch';
import { missingScope, notFound, refusal } from './errors';
import { createLimits } from './limits';
import { listRecords, readAssociations } from './records';
import { createGroup, createProperties, listGroups, listProperties } from './schema';
import { searchRecords } from './search';
import { seedHubSpot } from './seed';
import { HubSpotState, type HubSpotSettings, type ObjectPath } from './state';

export interface HubSpotOptions {
	port?: number;
	world?: World['hubspot'];
	/** Milliseconds since 1970: the account's clock, for times of change and for the Date header. */
	clock?: () => number;
	settings?: Partial<Omit<HubSpotSettings, 'scopes'>> & { scopes?: readonly string[] };
}

/** Scopes that the look-alike knows. */
export const SCOPES = [
	'crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.objects.companies.read', 'crm.objects.companies.write',
	'crm.schemas.contacts.read', 'crm.schemas.contacts.write', 'crm.schemas.companies.read', 'crm.schemas.companies.write',
	// Every app is given this one.
	'oauth',
] as const;

/** `%` stands for the object, in the path, the name and the scope. */
interface Endpoint {
	method: string;
	path: string;
	name: string;
	scope: string;
	/** For one object only. */
	only?: ObjectPath;
	handle(state: HubSpotState, path: ObjectPath, request: VendorRequest): VendorReply;
}

const read = 'crm.objects.%.read';
const write = 'crm.objects.%.write';
const readSchema = 'crm.schemas.%.read';
const writeSchema = 'crm.schemas.%.write';
const ENDPOINTS: Endpoint[] = [
	{ method: 'GET', path: '/crm/v3/objects/%', name: 'list %', scope: read, handle: listRecords },
	{ method: 'POST', path: '/crm/v3/objects/%/search', name: 'search %', scope: read, handle: searchRecords },
	{ method: 'POST', path: '/crm/v3/objects/%/batch/read', name: 'read %', scope: read, handle: batchRead },
	{ method: 'POST', path: '/crm/v3/objects/%/batch/update', name: 'update %', scope: write, handle: batchUpdate },
	{ method: 'POST', path: '/crm/v3/objects/%/batch/upsert', name: 'upsert %', scope: write, handle: batchUpsert },
	{
		method: 'POST',
		path: '/crm/v4/associations/%/companies/batch/read',
		name: 'read associations',
		scope: 'crm.objects.companies.read',
		only: 'contacts',
		handle: readAssociations,
	},
	{ method: 'GET', path: '/crm/v3/properties/%', name: 'list properties of %', scope: readSchema, handle: listProperties },
	{ method: 'POST', path: '/crm/v3/properties/%/batch/create', name: 'create properties of %', scope: writeSchema, handle: createProperties },
	{ method: 'GET', path: '/crm/v3/properties/%/groups', name: 'list groups of %', scope: readSchema, handle: listGroups },
	{ method: 'POST', path: '/crm/v3/properties/%/groups', name: 'create group of %', scope: writeSchema, handle: createGroup },
];

/** Starts a look-alike of HubSpot's CRM API. */
export async function startHubSpot(options: HubSpotOptions = {}): Promise<VendorSandbox<HubSpotState>> {
	const settings: HubSpotSettings = {
		token: 'pat-eu1-5a2d8f10-look-alike-token',
		portalId: 4_242_424,
		searchWindow: 10_000,
		multiStatus: true,
		callsPerTenSeconds: 100,
		searchesPerSecond: 5,
		archivedAtLastChange: false,
		...options.settings,
		scopes: new Set(options.settings?.scopes ?? SCOPES),
	};
	const clock = options.clock ?? Date.now;
	const state = new HubSpotState(settings, clock);
	if (options.world) seedHubSpot(state, options.world);
	const limits = createLimits(settings);

	const server = await startVendorServer(
		{
			name: 'HubSpot',
			routes: routesOf(state, clock, limits),
			authorize: (request) =>
				request.headers.authorization === `Bearer ${settings.token}`
					? undefined
					: refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found. This API supports OAuth 2.0 authentication.'),
			limit: (request) => limits.check(request),
			notFound: () => notFound(),
		},
		options.port,
	);
	return { server, credentials: { accessToken: settings.token, baseUrl: server.url }, state };
}

/** Each answers within the token's scopes only. */
function routesOf(state: HubSpotState, clock: () => number, limits: ReturnType<typeof createLimits>): Route[] {
	const { settings } = state;
	const within = (scope: string, request: VendorRequest, answer: () => VendorReply): VendorReply => {
		const reply = settings.scopes.has(scope) ? answer() : missingScope([scope]);
		return { ...reply, headers: { date: new Date(clock()).toUTCString(), ...limits.headers(request), ...reply.headers } };
	};
	const ofObjects = ENDPOINTS.flatMap((endpoint): Route[] =>
		(['contacts', 'companies'] as const)
			.filter((path) => endpoint.only === undefined || endpoint.only === path)
			.map((path) => ({
				method: endpoint.method,
				pattern: new RegExp(`^${endpoint.path.replace('%', path)}$`),
				name: endpoint.name.replace('%', path),
				write: endpoint.scope.endsWith('.write'),
				handle: (request) => within(endpoint.scope.replace('%', path), request, () => endpoint.handle(state, path, request)),
			})),
	);
	const ofAccount: Route = {
		method: 'GET',
		pattern: /^\/account-info\/v3\/details$/,
		name: 'read account details',
		handle: (request) => within('oauth', request, () => ({ body: accountDetails(settings.portalId) })),
	};
	return [...ofObjects, ofAccount];
}

/** https://developers.hubspot.com/docs/api-reference/legacy/account/account-information/get-account-details */
function accountDetails(portalId: number): Record<string, unknown> {
	const zone = { timeZone: 'Europe/Dublin', utcOffset: '+00:00', utcOffsetMilliseconds: 0 };
	const place = { uiDomain: 'app-eu1.hubspot.com', dataHostingLocation: 'eu1' };
	return { portalId, accountType: 'STANDARD', companyCurrency: 'EUR', additionalCurrencies: [], ...zone, ...place };
}
