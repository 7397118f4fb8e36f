import fc from 'fast-check';
import { z } from 'zod/v4';
import { TerminalError, TransientError } from '../../../lib';
import { failureOf } from '../walk';
import { closeAll, connect, get, PERSON, SECRET, startVendor } from './vendor';

afterEach(closeAll);

describe('repeats', () => {
	test.each([500, 502, 503, 504, 408, 429])('%i is repeated, and every request counts', async (status) => {
		const vendor = await startVendor();
		vendor.server.fail({ kind: 'status', status, times: 2 });
		const client = connect(vendor);
		expect((await client.request(get())).body).toEqual({ name: 'Ann' });
		expect(client.calls()).toEqual({ 'read people': 3 });
		expect(vendor.server.calls()).toEqual({ any: 3 });
	});

	test.each([
		['in seconds', (until: number) => String(Math.ceil((until - Date.now()) / 1000))],
		['as a date', (until: number) => new Date(until).toUTCString()],
	])('Retry-After %s is waited for: no request comes too early', async (_, header) => {
		const until = Math.ceil(Date.now() / 1000 + 1) * 1000;
		const vendor = await startVendor(() => (Date.now() < until ? { status: 429, headers: { 'retry-after': header(until) } } : { body: { name: 'Ann' } }));
		expect((await connect(vendor, { retries: 5 }).request(get({ method: 'POST' }))).body).toEqual({ name: 'Ann' });
		expect(vendor.requests).toHaveLength(2);
	});

	test('a wait of an hour is left to the caller', async () => {
		const vendor = await startVendor();
		vendor.server.fail({ kind: 'status', status: 503, times: 1, headers: { 'retry-after': '3600' } });
		expect(await failureOf(connect(vendor).request(get()))).toMatchObject({ name: 'TransientError', context: { retryAfterMs: 3_600_000, status: 503 } });
		expect(vendor.server.calls()).toEqual({ any: 1 });
	});

	test.each([
		['a broken connection', { kind: 'reset' }, {}],
		['silence', { kind: 'hang' }, { timeoutMs: 60 }],
		['a fault of the server', { kind: 'status', status: 500 }, {}],
	] as const)('%s is repeated for what may be said twice, and for nothing else', async (_, fault, given) => {
		const vendor = await startVendor();
		for (const [spec, calls] of [[{}, 3], [{ method: 'POST' }, 1], [{ method: 'POST', repeatable: true }, 3], [{ method: 'PUT', repeatable: false }, 1]] as const) {
			vendor.server.resetCalls();
			vendor.server.fail({ ...fault, times: calls });
			expect(await failureOf(connect(vendor, given).request(get(spec)))).toBeInstanceOf(TransientError);
			expect([spec, vendor.server.calls().any]).toEqual([spec, calls]);
		}
	});

	test.each([[400], [401], [403], [404], [409], [422]])('%i is final', async (status) => {
		const vendor = await startVendor();
		vendor.server.fail({ kind: 'status', status, times: 1, body: { message: 'no' } });
		expect(await failureOf(connect(vendor).request(get()))).toBeInstanceOf(TerminalError);
		expect(vendor.server.calls()).toEqual({ any: 1 });
	});

	test('a host that nobody answers at', async () => {
		const vendor = await startVendor();
		const failure = await failureOf(connect(vendor, { baseUrl: 'http://127.0.0.1:9' }).request(get()));
		expect(failure).toBeInstanceOf(TransientError);
		expect(failure.message).toMatch(/^Shop \(read people\): no answer \(ECONNREFUSED\)\. Check that this machine/);
	});
});

describe('answers that are not what they should be', () => {
	test.each([
		['HTML with status 200', { headers: { 'content-type': 'text/html' }, body: '<html>Please log in</html>' }, 'body'],
		['JSON that breaks off', { body: '{"name":"An' }, 'body'],
		['nothing at all', {}, 'body'],
		['a field of another kind', { body: { name: 7 } }, 'name'],
		['null everywhere', { body: { name: null } }, 'name'],
		['a list', { body: [] }, 'body'],
	])('%s: the error names the field and the remedy', async (_, reply, field) => {
		const vendor = await startVendor(() => reply);
		const failure = await failureOf(connect(vendor).request(get()));
		expect(failure).toBeInstanceOf(TerminalError);
		expect(failure).toMatchObject({ context: { system: { id: 'shop', label: 'Shop' }, operation: 'read people', field } });
		expect(failure.message).toMatch(/expected form.*base URL/);
		expect(failure.message).not.toContain('log in');
	});

	test('a field deep inside is named by its path', async () => {
		const vendor = await startVendor(() => ({ body: { results: [{ id: '1' }, { id: 2 }] } }));
		const reply = z.object({ results: z.array(z.object({ id: z.string() })) });
		expect(await failureOf(connect(vendor).request({ ...get(), reply }))).toMatchObject({ context: { field: 'results.1.id' } });
	});

	test('a record of a megabyte is read whole', async () => {
		const name = 'x'.repeat(1_000_000);
		const vendor = await startVendor(() => ({ body: { name } }));
		expect((await connect(vendor).request(get())).body.name).toHaveLength(name.length);
	});
});

describe('credentials', () => {
	test.each(['//', 'http://', 'HTTP://', '\\\\', 'https://user@'])('never go to another host: %s', async (start) => {
		const [vendor, stranger] = [await startVendor(), await startVendor()];
		const host = new URL(stranger.server.url).host;
		const failure = await failureOf(connect(vendor).request(get({ path: `${start}${host}/people/2` })));
		expect(failure).toBeInstanceOf(TerminalError);
		expect(failure.message).toContain('another host');
		expect([vendor.requests.length, stranger.requests.length]).toEqual([0, 0]);
	});

	test('a link to the next page on the same host is followed', async () => {
		const vendor = await startVendor();
		await connect(vendor).request(get({ path: `${vendor.server.url}/people?page=2` }));
		expect(vendor.requests[0]?.query.get('page')).toBe('2');
		expect(vendor.requests[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
	});

	test('a redirect to another host is not followed', async () => {
		const stranger = await startVendor();
		const vendor = await startVendor(() => ({ status: 302, headers: { location: `${stranger.server.url}/people/1` } }));
		const failure = await failureOf(connect(vendor).request(get()));
		expect(failure.message).toMatch(/answered 302.*base URL/);
		expect(stranger.requests).toHaveLength(0);
	});

	test('a base URL that is none is said', async () => {
		const vendor = await startVendor();
		expect((await failureOf(connect(vendor, { baseUrl: 'shop', limitKey: 'none' }).request(get()))).message).toMatch(/base URL/);
	});

	test.each([
		[401, /key or token in the credential; it is wrong or has expired/],
		[403, /missing permission/],
	])('%i says what to do', async (status, remedy) => {
		const vendor = await startVendor();
		vendor.server.fail({ kind: 'status', status, times: 1 });
		expect((await failureOf(connect(vendor).request(get()))).message).toMatch(remedy);
	});
});

test('nothing that the vendor repeats in an error, in whatever place, brings personal data or secrets into the message', async () => {
	const vendor = await startVendor();
	const basic = { username: 'ops', password: 'pw-77aa66bb55' };
	const client = connect(vendor, { basicAuth: basic, retries: 0, headers: {} });
	const encoded = Buffer.from(`${basic.username}:${basic.password}`).toString('base64');
	const place = fc.constantFrom('message', 'record', 'field');
	const said = fc.constantFrom('ann.lee@brindlewood.com', '+49 30 4455 6600', SECRET, basic.password, encoded, 'sk_live_51HxYzAbCdEf');
	await fc.assert(
		fc.asyncProperty(place, said, fc.constantFrom(400, 401, 409, 500), async (where, value, status) => {
			vendor.answer = () => ({ status, body: { [where]: `refused (${value}) as it is` } });
			const failure = await failureOf(client.request(get({ path: `/people/${encodeURIComponent(value)}`, json: { value }, method: 'POST' })));
			const { context } = failure as Error & { context?: unknown };
			const shown = `${failure.message} ${JSON.stringify(context)} ${String(failure.cause)} ${failure.stack ?? ''}`;
			expect(shown).not.toContain(value);
			expect(shown).toContain('refused');
		}),
	);
});

test('clients of one account share one limit, those of another have their own', async () => {
	let [under, most] = [0, 0];
	const vendor = await startVendor(async () => {
		under += 1;
		most = Math.max(most, under);
		await new Promise((resolve) => setTimeout(resolve, 10));
		under -= 1;
		return { body: { name: 'Ann' } };
	});
	const limit = { maxConcurrent: 2, perWindow: 1000, windowMs: 250 };
	const [one, two] = [connect(vendor, { limit, limitKey: 'a' }), connect(vendor, { limit, limitKey: 'a' })];
	await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).request(get())));
	expect(most).toBe(2);
	expect(one.calls()['read people']).toBe(10);
	most = 0;
	const other = connect(vendor, { limit, limitKey: 'b' });
	await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).request(get())));
	expect(most).toBeGreaterThan(2);
});

test('a repeat takes its place in the limit like any other request', async () => {
	const vendor = await startVendor();
	vendor.server.fail({ kind: 'status', status: 500, times: 2 });
	const client = connect(vendor, { limit: { maxConcurrent: 1, perWindow: 2, windowMs: 250 }, limitKey: 'narrow' });
	const order: string[] = [];
	await Promise.all(['a', 'b'].map(async (name) => {
		await client.request(get({ path: `/people/${name}` }));
		order.push(name);
	}));
	expect(client.calls()).toEqual({ 'read people': 4 });
	expect(order.sort()).toEqual(['a', 'b']);
});

test('query, JSON, form and headers go out as given, and come back in small letters', async () => {
	const vendor = await startVendor(() => ({ headers: { 'X-Shop-Page': '2' }, body: { name: 'Ann' } }));
	const client = connect(vendor);
	const reply = await client.request(get({ query: { ids: ['1', '2'], all: true, none: undefined } }));
	await client.request(get({ method: 'PUT', json: { name: 'Ann' }, headers: { 'x-key': 'k' } }));
	await client.request(get({ method: 'POST', form: new URLSearchParams({ 'metadata[c360_id]': 'C 1' }), reply: PERSON }));
	const [read, put, post] = vendor.requests;
	expect([read?.query.getAll('ids'), read?.query.get('all'), read?.query.has('none')]).toEqual([['1', '2'], 'true', false]);
	expect([put?.json, put?.headers['x-key']]).toEqual([{ name: 'Ann' }, 'k']);
	expect(post?.form?.get('metadata[c360_id]')).toBe('C 1');
	expect(reply.headers['x-shop-page']).toBe('2');
});
