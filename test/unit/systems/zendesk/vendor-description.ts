import Ajv, { type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod/v4';

const FILE = join(__dirname, '../../../../../shared/data/openapi/zendesk/full/zendesk-spec.yaml');

const refSchema = z.object({ $ref: z.string() });
const parameterSchema = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() });
const contentSchema = z.looseObject({ 'application/json': z.looseObject({ schema: z.looseObject({}) }).optional() });
const operationSchema = z.looseObject({
	parameters: z.array(z.union([refSchema, parameterSchema])).default([]),
	requestBody: z.looseObject({ content: contentSchema }).optional(),
	responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
});
const documentSchema = z.looseObject({
	paths: z.record(z.string(), z.record(z.string(), z.unknown())),
	components: z.looseObject({ schemas: z.record(z.string(), z.unknown()), parameters: z.record(z.string(), parameterSchema) }),
});

export interface Operation {
	parameters: { name: string; required: boolean }[];
	checkRequest?: ValidateFunction;
	checkReply(status: number): ValidateFunction | undefined;
}

export interface VendorDescription {
	operation(method: string, path: string): Operation | undefined;
	/** Names of the properties that a schema describes, its alternatives taken together. */
	properties(schema: string): Set<string>;
}

/** The vendor's published description, or undefined where it is not at hand. */
export function readVendorDescription(): VendorDescription | undefined {
	if (!existsSync(FILE)) return undefined;
	const document = documentSchema.parse(parse(readFileSync(FILE, 'utf8')));
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	ajv.addSchema({ $id: 'zendesk', components: document.components });
	const compile = (schema: object | undefined) => schema && ajv.compile(absolute(schema));

	function operation(method: string, path: string): Operation | undefined {
		const exact = document.paths[path] && path;
		const template = exact ?? Object.keys(document.paths).find((one) => new RegExp(`^${one.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path));
		const shared = template ? document.paths[template] : undefined;
		if (!shared?.[method.toLowerCase()]) return undefined;
		const found = operationSchema.parse(shared[method.toLowerCase()]);
		const common = z.array(z.union([refSchema, parameterSchema])).parse(shared['parameters'] ?? []);
		const parameters = [...common, ...found.parameters].map((one) => {
			const parameter = '$ref' in one ? document.components.parameters[one.$ref.split('/').at(-1) ?? ''] : one;
			return { name: parameter?.name ?? '', required: parameter?.in === 'query' && parameter.required === true };
		});
		return {
			parameters,
			checkRequest: compile(found.requestBody?.content['application/json']?.schema),
			checkReply: (status) => compile(found.responses[String(status)]?.content?.['application/json']?.schema),
		};
	}

	function properties(name: string): Set<string> {
		const names = new Set<string>();
		const visit = (schema: unknown): void => {
			const node = z.looseObject({}).parse(schema ?? {});
			if (typeof node['$ref'] === 'string') visit(document.components.schemas[node['$ref'].split('/').at(-1) ?? '']);
			for (const key of Object.keys(z.looseObject({}).parse(node['properties'] ?? {}))) names.add(key);
			for (const part of ['allOf', 'anyOf', 'oneOf']) z.array(z.unknown()).parse(node[part] ?? []).forEach(visit);
		};
		visit(document.components.schemas[name]);
		return names;
	}

	return { operation, properties };
}

/** References into the document work from anywhere once they name it. */
function absolute(schema: object): object {
	return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"zendesk#/components/')) as object;
}
