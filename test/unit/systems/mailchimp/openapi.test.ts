import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Ajv, { type AnySchema } from 'ajv';
import { parse } from 'yaml';
import { connectMailchimp, type MailchimpCredentials } from '../../../../lib/systems/mailchimp/client';
import { DEFAULT_FIELDS, ensureMergeFields, listMergeFields } from '../../../../lib/systems/mailchimp/fields';
import { writeMembers } from '../../../../lib/systems/mailchimp/write';
import { hashOf } from '../../../sandbox/mailchimp/state';
import { addMembers, closeAll, create, firstList, item, pages, sandbox, settings } from './setup';

const FOLDER = join(__dirname, '../../../../../shared/data/openapi/mailchimp/split_3.0.55');
const FILES = ['mailchimp-lists.yml', 'mailchimp-list-id.yml', 'mailchimp-batches.yml'];

interface Parameter {
	name: string;
	in: 'query' | 'path' | 'body';
	required?: boolean;
	schema?: AnySchema;
}
interface Description {
	parameters?: Parameter[];
	responses: Record<string, { schema?: AnySchema & { properties?: Record<string, unknown> } }>;
}
interface Exchange {
	method: string;
	path: string;
	query: string[];
	body: unknown;
	status: number;
	reply: unknown;
}

const ajv = new Ajv({ strict: false, validateFormats: false });
let proxy: Server | undefined;

afterEach(async () => {
	proxy?.closeAllConnections();
	await new Promise((resolve) => (proxy ? proxy.close(resolve) : resolve(undefined)));
	await closeAll();
});

async function read(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Stands between client and look-alike and notes what passes. */
async function record(target: string): Promise<{ url: string; seen: Exchange[] }> {
	const seen: Exchange[] = [];
	proxy = createServer((request, response) => {
		void (async () => {
			const sent = await read(request);
			const url = new URL(request.url ?? '/', target);
			const answer = await fetch(url, {
				method: request.method ?? 'GET',
				headers: { authorization: request.headers.authorization ?? '', 'content-type': request.headers['content-type'] ?? 'application/json' },
				...(sent && { body: sent }),
			});
			const reply = await answer.text();
			seen.push({
				method: (request.method ?? '').toLowerCase(),
				path: url.pathname.replace('/3.0', ''),
				query: [...url.searchParams.keys()],
				body: sent ? (JSON.parse(sent) as unknown) : undefined,
				status: answer.status,
				reply: reply ? (JSON.parse(reply) as unknown) : undefined,
			});
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(reply);
		})();
	});
	await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, seen };
}

function loadDescriptions(): Map<string, Record<string, Description>> {
	const paths = FILES.flatMap((file) => {
		const document = parse(readFileSync(join(FOLDER, file), 'utf8'), { version: '1.2' }) as { paths: Record<string, Record<string, Description>> };
		return Object.entries(document.paths);
	});
	return new Map(paths);
}

function descriptionOf(descriptions: Map<string, Record<string, Description>>, method: string, path: string): Description | undefined {
	for (const [template, operations] of descriptions) {
		if (new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path) && operations[method]) return operations[method];
	}
	return undefined;
}

/** What in an exchange disagrees with its description. */
function disagreements(description: Description | undefined, exchange: Exchange): string[] {
	const name = `${exchange.method} ${exchange.path}`;
	if (!description) return [`${name} is not described`];
	const parameters = description.parameters ?? [];
	const allowed = new Set(parameters.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name));
	const found = exchange.query.filter((key) => !allowed.has(key)).map((key) => `${name}: query ${key} is not described`);
	const body = parameters.find((parameter) => parameter.in === 'body');
	if (body?.schema) {
		if (!ajv.validate(body.schema, exchange.body)) found.push(`${name}: body ${ajv.errorsText()}`);
		found.push(...undescribed(body.schema, exchange.body, `${name}: body`));
	} else if (exchange.body !== undefined) found.push(`${name}: a body is not described`);
	const answer = description.responses[String(exchange.status)] ?? description.responses.default;
	if (answer?.schema) {
		if (!ajv.validate(answer.schema, exchange.reply)) found.push(`${name}: reply ${exchange.status} ${ajv.errorsText()}`);
		if (exchange.status < 300) found.push(...undescribed(answer.schema, exchange.reply, `${name}: reply`));
	}
	return found;
}

/** Properties that the description doesn't know, except where it leaves them open. */
function undescribed(schema: unknown, value: unknown, path: string): string[] {
	const { properties, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
	if (Array.isArray(value)) return items ? value.flatMap((element) => undescribed(items, element, `${path}[]`)) : [];
	if (typeof value !== 'object' || value === null || !properties) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		properties[key] ? undescribed(properties[key], inner, `${path}.${key}`) : [`${path}.${key} is not described`],
	);
}

test('what we send and what the look-alike answers agree with the published description', async () => {
	if (!existsSync(FOLDER)) {
		console.info('There is no published description of Mailchimp to check against: ../shared/data/openapi/mailchimp is missing');
		return;
	}
	const descriptions = loadDescriptions();
	const vendor = await sandbox();
	const list = firstList(vendor);
	const members = addMembers(list, 12);
	list.segmentRefuses.add(hashOf('m3@example.com'));
	const { url, seen } = await record(vendor.server.url);
	const credentials = { ...(vendor.credentials as MailchimpCredentials), baseUrl: `${url}/3.0` };
	const client = connectMailchimp(credentials, { pollMs: 1, retryDelayMs: 1 });

	await pages(client, { pageSize: 5 });
	await ensureMergeFields(client, DEFAULT_FIELDS, settings);
	await listMergeFields(client, settings);
	const tags = { add: ['at_risk'], remove: ['healthy'] };
	await writeMembers(client, members.map((member) => item(member, { tags, fields: { C360_ID: 'c', C360_LTV: 1 } })), settings);
	await writeMembers(client, [create('new@example.com'), create('m1@example.com'), item(null, { targetId: `${list.id}/nobody` })], settings);
	await pages(connectMailchimp({ ...credentials, apiKey: 'wrong-us1' }, { pollMs: 1 })).catch(() => undefined);

	expect(seen.flatMap((exchange) => disagreements(descriptionOf(descriptions, exchange.method, exchange.path), exchange))).toEqual([]);
	// Each line of a job is a request of its own.
	const lines = seen.flatMap(({ path, body }) => (path === '/batches' ? (body as { operations: Line[] }).operations : []));
	expect(lines.flatMap((line) => lineDisagreements(descriptions, line))).toEqual([]);
	expect(new Set(seen.map((exchange) => exchange.status))).toEqual(new Set([200, 204, 401, 404]));
});

interface Line {
	method: string;
	path: string;
	params?: Record<string, unknown>;
	body?: string;
}

function lineDisagreements(descriptions: Map<string, Record<string, Description>>, line: Line): string[] {
	const method = line.method.toLowerCase();
	const body = line.body ? (JSON.parse(line.body) as unknown) : undefined;
	const exchange = { method, path: line.path, query: Object.keys(line.params ?? {}), body };
	// A status without a described answer, so that only the request is compared.
	return disagreements(descriptionOf(descriptions, method, line.path), { ...exchange, status: 204, reply: undefined }).filter(
		(problem) => !problem.includes(': reply'),
	);
}
