import Ajv, { type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod/v4';

const FOLDER = resolve(__dirname, '../../../../../shared/data/openapi/hubspot');
const FILES = [
	'ballerina_v3_apache2/hubspot.crm.contact.yaml',
	'ballerina_v3_apache2/hubspot.crm.company.yaml',
	'ballerina_v3_apache2/hubspot.crm.property.yaml',
	'powerplatform_mit/hubspot-crm-v2.swagger.json',
];

const contentSchema = z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() });
const parameterSchema = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() });
const operationSchema = z.object({
	parameters: z.array(parameterSchema.or(z.object({ $ref: z.string() }))).default([]),
	requestBody: contentSchema.optional(),
	responses: z.record(z.string(), contentSchema),
});
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())), components: z.unknown().optional() });

/** What went over the wire, once. */
export interface Exchange {
	method: string;
	path: string;
	query: string[];
	body: unknown;
	status: number;
	reply: unknown;
}

/** The vendor's published descriptions; undefined where they are not at hand. */
export function loadDescription(): Description | undefined {
	return FILES.every((file) => existsSync(resolve(FOLDER, file))) ? new Description() : undefined;
}

export class Description {
	private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	private readonly documents = FILES.map((file) => {
		const text = readFileSync(resolve(FOLDER, file), 'utf8');
		// Three things in which the description is older or stricter than the documentation and live answers.
		const relax = (_: unknown, value: unknown) => relaxed(value);
		const raw: unknown = file.endsWith('.json') ? JSON.parse(text, relax) : parse(text, relax);
		this.ajv.addSchema({ $id: file, ...(raw as object) });
		return { file, ...documentSchema.parse(raw) };
	});

	/** What of an exchange is not as described; undefined when its path and method are not described at all. */
	faults(exchange: Exchange): string[] | undefined {
		for (const { file, paths } of this.documents) {
			for (const [template, operations] of Object.entries(paths)) {
				const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
				const found = operations[exchange.method.toLowerCase()];
				if (!found || !pattern.test(exchange.path)) continue;
				const at = `/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${exchange.method.toLowerCase()}`;
				return this.compare(file, encodeURI(at), operationSchema.parse(found), exchange);
			}
		}
		return undefined;
	}

	private compare(file: string, at: string, operation: z.infer<typeof operationSchema>, exchange: Exchange): string[] {
		const parameters = operation.parameters.flatMap((one) => ('name' in one ? [one] : []));
		const allowed = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
		const unknown = exchange.query.filter((name) => !allowed.includes(name)).map((name) => `query ${name} is not described`);
		const missing = parameters
			.filter((one) => one.in === 'query' && one.required === true && !exchange.query.includes(one.name))
			.map(({ name }) => `query ${name} is missing`);
		const status = String(exchange.status) in operation.responses ? String(exchange.status) : undefined;
		return [
			...unknown,
			...missing,
			...(status || exchange.status >= 400 ? [] : [`status ${exchange.status} is not described`]),
			...this.check(file, `${at}/requestBody`, operation.requestBody, exchange.body, 'request'),
			...(status ? this.check(file, `${at}/responses/${status}`, operation.responses[status], exchange.reply, 'reply') : []),
		];
	}

	private check(file: string, at: string, content: z.infer<typeof contentSchema> | undefined, value: unknown, what: string): string[] {
		const type = Object.keys(content?.content ?? {})[0];
		if (type === undefined) return [];
		const validate: ValidateFunction = this.ajv.compile({ $ref: `${file}#${at}/content/${type.replace('/', '~1')}/schema` });
		return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath}: ${message ?? ''}`);
	}
}

/**
 * Unset properties are null, sort rules are objects (Search the CRM, "Sort search results"), and the category of an error is a text
 * (docs: Error handling).
 */
function relaxed(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('properties' in value)) return value;
	const properties = value.properties as Record<string, unknown>;
	const change = (name: string, schema: unknown) => (name in properties ? { [name]: schema } : {});
	return {
		...value,
		properties: {
			...properties,
			...change('properties', isMap(properties.properties) ? NULLABLE_MAP : properties.properties),
			...change('sorts', { type: 'array' }),
			...change('errors', { type: 'array' }),
		},
	};
}

const NULLABLE_MAP = { type: 'object', additionalProperties: { type: 'string', nullable: true } };

function isMap(schema: unknown): boolean {
	return typeof schema === 'object' && schema !== null && 'additionalProperties' in schema;
}

/** Stands between client and look-alike and writes down what passes. */
export async function startRecorder(target: string): Promise<{ url: string; exchanges: Exchange[]; close(): Promise<void> }> {
	const exchanges: Exchange[] = [];
	const server: Server = createServer((incoming, response) => {
		void (async () => {
			const chunks: Buffer[] = [];
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
			const sent = Buffer.concat(chunks).toString('utf8');
			const url = new URL(incoming.url ?? '/', target);
			const method = incoming.method ?? 'GET';
			const headers = { authorization: incoming.headers.authorization ?? '', 'content-type': 'application/json' };
			const answer = await fetch(url, { method, headers, ...(sent && { body: sent }) });
			const text = await answer.text();
			const body: unknown = sent ? JSON.parse(sent) : undefined;
			exchanges.push({ method, path: url.pathname, query: [...new Set(url.searchParams.keys())], body, status: answer.status, reply: JSON.parse(text) });
			response.writeHead(answer.status, { 'content-type': 'application/json' });
			response.end(text);
		})();
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		exchanges,
		close: () => new Promise((done) => {
			server.closeAllConnections();
			server.close(() => done());
		}),
	};
}
