import type { AttributeValue } from '../domain';
import { invalidValue } from './attribute-value';
import { CollectedIdentifiers, CollectedValues } from './collected-values';
import { normalizeCountry } from './country';
import { readIdentifier } from './identifier';
import type { CompiledField, CompiledMapping } from './mapping';
import { readPath } from './path';
import type { ReadContext } from './read-context';
import { isMissingText } from './text';
import { readValue } from './value-reader';

/** Values of one field that are looked at one by one; the rest is kept as one invalid value, so that a huge record stays small. */
const MAX_LISTED = 500;
/** Attributes that a full name gives. */
const NAMES = ['given_name', 'middle_name', 'family_name', 'name_suffix'];
/** Types whose values are the identifier of that kind already. */
const SAME_AS_KIND: Readonly<Record<string, string>> = { email: 'email', phone: 'phone', company_domain: 'domain' };

export interface FieldValues {
	attributes: CollectedValues;
	identifiers: CollectedIdentifiers;
	/** Path of the first field that should have identified the entity and could not be read, with the reason. */
	unread?: { path: string; reason: string };
}

/** The single values of one field: lists are opened, a text is cut at the separator. */
function rawValues(raw: Record<string, unknown>, field: CompiledField): { list: unknown[]; rest?: unknown } {
	const { separator } = field;
	const found = readPath(raw, field.path);
	const list = separator === undefined ? found : found.flatMap((value) => (typeof value === 'string' ? value.split(separator) : [value]));
	if (list.length <= MAX_LISTED) return { list };
	return { list: list.slice(0, MAX_LISTED), rest: list.slice(MAX_LISTED) };
}

function identify(field: CompiledField, raw: unknown, value: AttributeValue | undefined, context: ReadContext): AttributeValue | undefined {
	const kind = field.identifier;
	if (kind === undefined) return undefined;
	return value && (SAME_AS_KIND[kind] === field.type || field.type === 'identifier') ? value : readIdentifier(kind, raw, context);
}

function readField(raw: Record<string, unknown>, field: CompiledField, context: ReadContext, into: FieldValues, entity: string): void {
	const { list, rest } = rawValues(raw, field);
	const { attribute, type } = field;
	const target = { type, attribute: attribute ?? field.identifier ?? type, identifier: field.identifier };
	// Names that stand in fields of their own come first; a full name adds only what they leave open, each of several names in one cell.
	const taken = type === 'full_name' ? NAMES.filter((name) => into.attributes.has(name)) : [];
	for (const single of list) {
		if (typeof single === 'string' && isMissingText(single.trim())) continue;
		const found = readValue(single, context, target);
		let own: AttributeValue | undefined;
		for (const [name, value] of found) {
			if (taken.includes(name)) continue;
			if (attribute === undefined && type !== 'full_name') own = value;
			else if (name === attribute) own = into.attributes.add(name, value);
			else into.attributes.add(name, value);
		}
		const identifier = identify(field, single, own ?? found[0]?.[1], context);
		if (identifier && field.identifier) {
			into.identifiers.add(field.identifier, identifier);
			if (!identifier.valid) into.unread ??= { path: field.path, reason: identifier.reason ?? `is no ${entity}` };
		}
	}
	if (rest === undefined || attribute === undefined) return;
	into.attributes.add(attribute, invalidValue(rest, `more than ${MAX_LISTED} values in one field`));
}

/** Countries that the record itself names, so that its phone numbers and dates are read as people write them there. */
function recordCountries(raw: Record<string, unknown>, mapping: CompiledMapping): string[] {
	const countries = mapping.countries
		.flatMap((field) => rawValues(raw, field).list)
		.flatMap((single) => normalizeCountry(single) ?? [])
		.flatMap(({ value, valid }) => (valid ? [String(value)] : []));
	return [...new Set(countries)].slice(0, 3);
}

/** Reads all fields of a record. */
export function readFields(raw: Record<string, unknown>, mapping: CompiledMapping, context: ReadContext): FieldValues {
	const known: ReadContext = { ...context, countries: recordCountries(raw, mapping) };
	const into: FieldValues = { attributes: new CollectedValues(), identifiers: new CollectedIdentifiers() };
	for (const field of mapping.inTurn) readField(raw, field, known, into, mapping.kind);
	return into;
}
