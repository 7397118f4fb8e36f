import { z } from 'zod/v4';
import { createHttpClient, disconnectLimiters, type HttpClient, type HttpClientOptions, type HttpRequest } from '../../../lib';
import { startVendorServer, type VendorReply, type VendorRequest, type VendorServer } from '../../sandbox/vendor-server';

const open: VendorServer[] = [];

/** A server whose answers the test gives, and all requests that came. */
export interface Vendor {
	server: VendorServer;
	requests: VendorRequest[];
	answer: (request: VendorRequest) => VendorReply | Promise<VendorReply>;
}

export async function startVendor(answer: Vendor['answer'] = () => ({ body: { name: 'Ann' } })): Promise<Vendor> {
	const requests: VendorRequest[] = [];
	const vendor = { requests, answer };
	const handle = (request: VendorRequest) => {
		requests.push(request);
		return vendor.answer(request);
	};
	const routes = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ method, pattern: /.*/, name: 'any', handle }));
	const server = await startVendorServer({ name: 'vendor', routes, authorize: () => undefined, notFound: () => ({ status: 404 }) });
	open.push(server);
	return Object.assign(vendor, { server });
}

export const SECRET = 'tok-3f9a81c2b7';

export function connect(vendor: Vendor, given: Partial<HttpClientOptions> = {}): HttpClient {
	return createHttpClient({
		system: { id: 'shop', label: 'Shop' },
		limitKey: vendor.server.url,
		baseUrl: vendor.server.url,
		headers: { authorization: `Bearer ${SECRET}` },
		secrets: [SECRET],
		limit: { maxConcurrent: 20, perWindow: 100_000, windowMs: 250 },
		retries: 2,
		retryDelayMs: 1,
		timeoutMs: 2_000,
		readError: (_, body) => {
			const error = z.looseObject({ message: z.string().optional(), record: z.string().optional(), field: z.string().optional() }).safeParse(body);
			return error.success ? { message: error.data.message, record: error.data.record, field: error.data.field } : {};
		},
		...given,
	});
}

export const PERSON = z.object({ name: z.string() });

export function get(given: Partial<HttpRequest<z.infer<typeof PERSON>>> = {}): HttpRequest<z.infer<typeof PERSON>> {
	return { method: 'GET', path: '/people/1', operation: 'read people', reply: PERSON, ...given };
}

export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map((server) => server.close()));
	await disconnectLimiters();
}
