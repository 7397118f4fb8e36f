import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { stripe } from '../../../../lib/systems/stripe';
import { CUSTOMER, INVOICE, SUBSCRIPTION } from '../../../../lib/systems/stripe/objects';
import { STRIPE_VERSION } from '../../../../lib/systems/stripe/client';
import { disconnectLimiters, type HttpClient, type HttpRequest } from '../../../../lib/transport';
import { invoiceObject, subscriptionItem, subscriptionObject } from '../../../sandbox/stripe/objects';
import { MINUTE, openShop, pages, type Shop } from './shop';

interface Schema {
	$ref?: string;
	type?: string;
	nullable?: boolean;
	enum?: unknown[];
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
}
interface Operation {
	parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}
interface Description {
	info: { version: string };
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema> };
}

const FILE = join(process.cwd(), '../shared/data/openapi/stripe/spec3.2023-09-12.yaml');

if (!existsSync(FILE)) {
	test('agreement with the vendor’s published description', () => {
		console.info('There is no published description of Stripe’s API here: nothing to check against.');
	});
} else {
	describe('agreement with the vendor’s published description', agreement);
}

function agreement(): void {
	let description: Description;
	let shop: Shop;
	const seen: { method: string; path: string; query: string[]; form: string[]; status: number; body: unknown }[] = [];
	const ajv = new Ajv({ strict: false, allErrors: true });

	/** Passes calls on and notes them with their answers. */
	function recording(client: HttpClient): HttpClient {
		return {
			...client,
			request: async <T>(request: HttpRequest<T>) => {
				const reply = await client.request(request);
				const top = (name: string): string => name.replace(/\[.*$/s, '');
				seen.push({
					method: request.method.toLowerCase(),
					path: request.path,
					query: Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined).map(([name]) => top(name)),
					form: [...(request.form?.keys() ?? [])].map(top),
					status: reply.status,
					body: reply.body,
				});
				return reply;
			},
		};
	}

	beforeAll(async () => {
		description = parse(readFileSync(FILE, 'utf8')) as Description;
		shop = await openShop();
		const now = shop.state.now();
		const items = Array.from({ length: 12 }, (_, index) => subscriptionItem(`si_${index}`, 'sub_1', now, 'eur', { unitAmount: 100 }));
		const save = (): void => {
			for (let index = 0; index < 5; index++) shop.add(`cus_${index}`, { name: 'Ada', address: { line1: 'Street 1', city: 'Bonn', country: 'DE' } });
			shop.state.save('subscription', subscriptionObject('sub_1', 'cus_1', now, 'eur', items), 'customer.subscription.created');
			shop.state.save('invoice', invoiceObject('in_1', 'cus_1', now, 900, 'eur', { status: 'paid' }), 'invoice.paid');
		};
		save();
		const client = recording(shop.client);
		for (const source of Object.values(stripe.sources)) {
			const options = { overlapMs: MINUTE, pageSize: 2, now: shop.now };
			const first = await pages(source.pull(client, { ...options, cursor: null }));
			shop.pass(MINUTE);
			save();
			shop.change('cus_1', { name: 'B' });
			shop.change('cus_1', { name: 'C' });
			await pages(source.pull(client, { ...options, cursor: first.at(-1)?.cursor ?? null }));
		}
		await stripe.destinations.customer?.write(client, [{ targetId: 'cus_2', canonicalId: 'c', fields: { c360_id: 'c' } }]);
		await stripe.destinations.customer?.listFields(client);
	});
	afterAll(async () => {
		await shop.server.close();
		await disconnectLimiters();
	});

	function operationOf(method: string, path: string): Operation {
		const template = Object.keys(description.paths).find((one) => new RegExp(`^${one.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path));
		const operation = template === undefined ? undefined : description.paths[template]?.[method];
		if (!operation) throw new Error(`the description has no ${method} ${path}`);
		return operation;
	}

	/** The outer layer of a schema: which properties, which must be there, and their plain types; what they refer to is left open. */
	function outer(schema: Schema): Schema {
		if (schema.$ref) return outer(description.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
		const plain = Object.entries(schema.properties ?? {}).filter(([, property]) => property.type && !property.anyOf && !property.$ref);
		const properties = plain.map(([name, { type, nullable, enum: words }]) => {
			const one: Schema = { type, ...(words && { enum: words }) };
			return [name, nullable ? { anyOf: [one, { type: 'null' }] } : one] as const;
		});
		return { type: 'object', properties: Object.fromEntries(properties), required: schema.required ?? [] };
	}

	const compiled = new Map<Schema, ValidateFunction>();
	function problems(schema: Schema, value: unknown): string[] {
		const validate = compiled.get(schema) ?? ajv.compile(outer(schema));
		compiled.set(schema, validate);
		return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
	}

	test('the pinned version is the one described', () => {
		expect(description.info.version).toBe(STRIPE_VERSION);
	});

	test('every call exists with its parameters, and none that is required is missing', () => {
		expect(new Set(seen.map(({ method, path }) => `${method} ${path.split('/')[2]}`)).size).toBeGreaterThanOrEqual(6);
		for (const { method, path, query, form } of seen) {
			const operation = operationOf(method, path);
			const parameters = operation.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
			const names = parameters.map((parameter) => parameter.name);
			expect(query.filter((name) => !names.includes(name))).toEqual([]);
			expect(parameters.filter((parameter) => parameter.required && !query.includes(parameter.name))).toEqual([]);
			const body = operation.requestBody?.content['application/x-www-form-urlencoded']?.schema;
			expect(form.filter((name) => !body?.properties?.[name])).toEqual([]);
		}
	});

	test('every answer of the look-alike has the described form', () => {
		for (const { method, path, status, body } of seen) {
			const schema = operationOf(method, path).responses[status]?.content['application/json']?.schema ?? {};
			const items = schema.properties?.data?.items;
			if (items) {
				expect({ path, problems: problems(schema, body) }).toEqual({ path, problems: [] });
				for (const one of (body as { data: unknown[] }).data) expect({ path, problems: problems(items, one) }).toEqual({ path, problems: [] });
				continue;
			}
			const forms = (schema.anyOf ?? [schema]).map((one) => problems(one, body));
			expect({ path, problems: forms.find((found) => found.length === 0) ?? forms }).toEqual({ path, problems: [] });
		}
	});

	test('every event that is asked for exists', () => {
		const content = operationOf('post', '/v1/webhook_endpoints').requestBody?.content['application/x-www-form-urlencoded'];
		const known = content?.schema.properties?.enabled_events?.items?.enum ?? [];
		for (const object of [CUSTOMER, SUBSCRIPTION, INVOICE]) {
			expect(object.events.filter((name) => !known.includes(name))).toEqual([]);
			expect(object.events.length).toBeLessThanOrEqual(20);
		}
	});

	test.each([
		['/v1/customers/cus_none', 404],
		['/v1/customers?limit=500', 400],
	])('the refusal of %s has the described form', async (path, status) => {
		const response = await fetch(`${shop.server.url}${path}`, { headers: { authorization: `Bearer ${shop.credentials.secretKey}` } });
		expect(response.status).toBe(status);
		const { error } = (await response.json()) as { error: unknown };
		expect(problems(description.components.schemas.api_errors ?? {}, error)).toEqual([]);
	});
}
