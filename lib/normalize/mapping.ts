import { ATTRIBUTE_TYPES, fieldMappingSchema, isLongerThan, MAX_NAME, tooLong, type FieldMapping, type ValueType } from '../domain';
import type { z } from 'zod/v4';
import { compilePath } from './path';
import { shortened } from './shortened';

/** A field of a mapping with everything decided that does not depend on a record. */
export interface CompiledField {
	path: string;
	attribute?: string;
	type: ValueType;
	/** Kind of identifier that the values are, beside or instead of the attribute. */
	identifier?: string;
	separator?: string;
}
export interface CompiledMapping extends Omit<z.output<typeof fieldMappingSchema>, 'fields'> {
	fields: CompiledField[];
	/** In the order in which they are read: whole names come last, for they only fill what the fields for given and family name leave open. */
	inTurn: readonly CompiledField[];
	/** Those of countries. */
	countries: readonly CompiledField[];
}

/** What the attributes with rules of their own hold, for fields that leave the type out. */
const TYPE_OF_ATTRIBUTE: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([...Object.entries(ATTRIBUTE_TYPES), ['full_name', 'full_name']]);
/** Names that would reach an object's prototype where attributes are kept by name. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const cache = new WeakMap<FieldMapping, CompiledMapping>();

function identifierKind(field: CompiledField, kind: FieldMapping['kind']): string | undefined {
	if (field.attribute === 'email' || field.attribute === 'phone') return field.identifier ?? field.attribute;
	const implied = field.attribute === 'company_domain' ? 'company_domain' : undefined;
	const alone = field.attribute === undefined && (field.type === 'email' || field.type === 'phone') ? field.type : undefined;
	const found = field.identifier ?? implied ?? alone;
	// A person is not recognised by the domain of the employer.
	return found === 'company_domain' && kind !== 'company' ? undefined : found;
}

function describe(field: { path: string; attribute?: string }): string {
	const attribute = field.attribute === undefined ? 'no attribute' : `attribute "${field.attribute}"`;
	return `field "${field.path}" (${attribute})`;
}

function failure(mapping: { system?: unknown; object?: unknown }, problem: string): Error {
	return new Error(`The field mapping of ${shortened(String(mapping.system), MAX_NAME)} ${shortened(String(mapping.object), MAX_NAME)} is not valid: ${problem}`);
}

function compile(mapping: FieldMapping): CompiledMapping {
	const parsed = fieldMappingSchema.safeParse(mapping);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const [list, index, name] = issue?.path ?? [];
		const field = list === 'fields' && typeof index === 'number' ? mapping.fields[index] : undefined;
		throw failure(mapping, `${field ? `${describe(field)}, ${String(name)}` : (issue?.path ?? []).join('.')}: ${issue?.message}`);
	}
	const { system, object, kind } = parsed.data;
	if (system.includes(':') || object.includes(':')) throw failure(mapping, 'system and object must not contain a colon');
	for (const place of [{ system, object }, ...parsed.data.links]) {
		const long = [place.system, place.object].find((text) => isLongerThan(text, MAX_NAME));
		if (long !== undefined) throw failure(mapping, `the name "${shortened(long, MAX_NAME)}" of a system or object ${tooLong(MAX_NAME)}`);
	}
	const fields = parsed.data.fields.map((rule, index) => {
		const given = mapping.fields[index]?.type;
		const contact = rule.attribute === 'email' || rule.attribute === 'phone' ? rule.attribute : undefined;
		const known = TYPE_OF_ATTRIBUTE.get(rule.attribute ?? '');
		// An email or phone that is told to be plain text is still an identifier, so it is read as what it is.
		const type = given === undefined ? (known ?? rule.type) : rule.type === 'text' ? (contact ?? rule.type) : rule.type;
		const field: CompiledField = { ...rule, type };
		const problem = fieldProblem(field);
		if (problem) throw failure(mapping, `${describe(rule)}: ${problem}`);
		return { ...field, identifier: identifierKind(field, kind) };
	});
	const consentPaths = parsed.data.consent.flatMap(({ path, atPath }) => (atPath === undefined ? [path] : [path, atPath]));
	for (const path of [...parsed.data.links.map((link) => link.path), ...consentPaths]) {
		const problem = pathProblem(path);
		if (problem) throw failure(mapping, `path "${path}": ${problem}`);
	}
	const isWhole = ({ type }: CompiledField) => type === 'full_name';
	const inTurn = [...fields.filter((field) => !isWhole(field)), ...fields.filter(isWhole)];
	return { ...parsed.data, fields, inTurn, countries: fields.filter(({ type }) => type === 'country') };
}

function pathProblem(path: string): string | undefined {
	try {
		compilePath(path);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function fieldProblem(field: CompiledField): string | undefined {
	if (field.attribute?.trim() === '' || FORBIDDEN.has(field.attribute ?? '')) return 'an attribute cannot have this name';
	if (field.identifier !== undefined && field.identifier.trim() === '') return 'the identifier has no kind';
	if (isLongerThan(field.identifier ?? '', MAX_NAME)) return `the identifier's kind ${tooLong(MAX_NAME)}`;
	if (field.separator === '') return 'the separator is empty; leave it out when the field holds one value';
	const lone = field.attribute === undefined && field.identifier === undefined && !['full_name', 'email', 'phone'].includes(field.type);
	return lone ? 'it names neither an attribute nor an identifier; give it one of them' : pathProblem(field.path);
}

/**
 * Checks a mapping and fills in what it leaves out; done once for every mapping object.
 * @throws Error for a mapping that is not valid; the message names the system, the path and the attribute.
 */
export function compileMapping(mapping: FieldMapping): CompiledMapping {
	const known = cache.get(mapping);
	if (known) return known;
	const fresh = compile(mapping);
	cache.set(mapping, fresh);
	return fresh;
}
