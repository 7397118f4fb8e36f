import { z } from 'zod/v4';
import type { HttpClient, HttpRequest } from '../../../../lib/transport';
import { addOrganization, addTicket, addUser, before, closeAll, destination, given, item, pages, source } from './given';
import { readVendorDescription } from './vendor-description';

afterEach(closeAll);

interface Exchange {
	request: HttpRequest<unknown>;
	status: number;
	body: unknown;
}

/** Notes what the client sends and what comes back, untouched by our own reading of it. */
function noting(client: HttpClient, exchanges: Exchange[]): HttpClient {
	return {
		...client,
		request: async (request) => {
			const reply = await client.request({ ...request, reply: z.unknown() });
			exchanges.push({ request, status: reply.status, body: reply.body });
			return { ...reply, body: request.reply.parse(reply.body) };
		},
	};
}

/** Every request that we send, each kind at least once. */
async function everything(): Promise<Exchange[]> {
	const { zendesk, client, state, server } = await given();
	const exchanges: Exchange[] = [];
	const noted = noting(client, exchanges);
	addUser(state, 1, before(500), { organization_id: 2, external_id: 'shop-1', phone: '+15551234567' });
	addOrganization(state, 2, before(500), { external_id: 'shop-2' });
	addTicket(state, 3, before(500));
	for (const object of ['user', 'organization', 'ticket'] as const) await pages(source(zendesk, object), noted);
	for (const object of ['user', 'organization'] as const) {
		const target = destination(zendesk, object);
		await target.ensureFields(noted, target.defaultFields);
		await target.listFields(noted);
	}
	await destination(zendesk, 'user').write(noted, [item('1'), item(null, { c360_id: 'C2' }, 'new@example.com')]);
	await destination(zendesk, 'organization').write(noted, [item('2')]);
	// A page full of one second makes the client read the complete listing.
	server.fail({
		kind: 'status',
		route: 'export organizations',
		status: 200,
		times: 1,
		body: { organizations: [], count: 0, end_time: 0, next_page: null, end_of_stream: false },
	});
	await pages(source(zendesk, 'organization'), noted);
	return exchanges;
}

/** The description forgets in places that a property can be null; such values are left out of the comparison. */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (!value || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null).map(([key, one]) => [key, withoutNulls(one)]));
}

/**
 * Described in the vendor's text on pagination, which is not part of the file.
 * https://developer.zendesk.com/api-reference/introduction/pagination/
 */
const PAGINATION = ['page[size]', 'page[after]'];

describe('requests and replies agree with the published description of Zendesk Support', () => {
	const description = readVendorDescription();
	if (!description) {
		test('the description is not at hand: nothing was checked against it', () => {
			console.info('zendesk: ../shared/data/openapi is missing, so requests and replies were compared with nothing');
		});
		return;
	}

	test('every path, method and parameter is described, and required parameters are given', async () => {
		for (const { request } of await everything()) {
			const operation = description.operation(request.method, request.path);
			const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined).map(([name]) => name);
			const known = new Set([...(operation?.parameters.map((parameter) => parameter.name) ?? []), ...PAGINATION]);
			// The start time is required for the first page only, the cursor takes its place afterwards.
			const replaced = query.includes('cursor') ? ['start_time'] : [];
			const required = operation?.parameters.filter((parameter) => parameter.required && !replaced.includes(parameter.name));
			expect({ path: request.path, described: operation !== undefined, unknown: query.filter((name) => !known.has(name)) }).toEqual({
				path: request.path,
				described: true,
				unknown: [],
			});
			expect(query).toEqual(expect.arrayContaining(required?.map((parameter) => parameter.name) ?? []));
		}
	});

	test('request bodies and replies have the described form', async () => {
		for (const { request, status, body } of await everything()) {
			const operation = description.operation(request.method, request.path);
			const checkReply = operation?.checkReply(status);
			const fits = checkReply?.(withoutNulls(body));
			const { path } = request;
			expect({ path, status, fits, errors: checkReply?.errors ?? null }).toEqual({ path, status, fits: true, errors: null });
			if (!operation?.checkRequest || request.json === undefined) continue;
			const sendable = operation.checkRequest(request.json);
			expect({ path, sendable, errors: operation.checkRequest.errors ?? null }).toEqual({ path, sendable: true, errors: null });
		}
	});

	test('the look-alike gives no property that the vendor does not have', async () => {
		const { state } = await given();
		addUser(state, 1, before(500));
		addOrganization(state, 2, before(500));
		addTicket(state, 3, before(500));
		// The export of organizations tells deleted ones by `deleted_at`; a ticket's time of generation is described in the text on exports only.
		const textOnly = ['deleted_at', 'generated_timestamp'];
		const unknown = (schema: string, record: object | undefined) =>
			Object.keys(record ?? {}).filter((name) => !description.properties(schema).has(name) && !textOnly.includes(name));
		expect(unknown('UserObject', state.users.get(1))).toEqual([]);
		expect(unknown('OrganizationObject', state.organizations.get(2))).toEqual([]);
		expect(unknown('TicketObject', state.tickets.get(3))).toEqual([]);
	});
});
