import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	type FieldMapping, type FieldRule, normalizeRecord, type Normalized, rawRecordSchema, readPath, recordKindSchema, type RejectedRecord, systemLabel, SYSTEMS, type ValueType, valueTypeSchema,
} from '../../lib';
import { textParameter, toText } from '../parameters';
import { recordName } from '../record-name';

/** One line of "Fields"; an expression can make anything of each. */
type FieldParameter = Record<'path' | 'attribute' | 'type' | 'identifier' | 'separator', unknown>;

export interface Normalizer {
	normalize(item: INodeExecutionData): Normalized;
	/** Fields of the items that somebody named on the node. */
	paths: readonly string[];
}

/** Reads items that a source node of this package emitted, each by the preset of its system and object. */
export function presetNormalizer(defaultCountry: string | undefined): Normalizer {
	const normalize = (item: INodeExecutionData): Normalized => {
		const parsed = rawRecordSchema.safeParse(item.json);
		if (!parsed.success) {
			const field = parsed.error.issues[0]?.path.join('.') ?? '';
			throw new Error(
				`${recordName(item.json)} does not come from a Customer 360 Source Trigger: its field "${field}" is missing or wrong. Connect a Source Trigger, or set "Mapping" to "Own Fields".`,
			);
		}
		const { system, object } = parsed.data;
		const source = presetOf(system, object);
		if (!source) throw new Error(`${recordName(item.json)}: there is no preset for ${systemLabel(system)} ${object}. Set "Mapping" to "Own Fields" and say which field is what.`);
		return normalizeRecord(parsed.data, source.mapping, { defaultCountry, activity: source.activity?.bind(source) });
	};
	return { normalize, paths: [] };
}

function presetOf(system: string, object: string) {
	const sources = Object.hasOwn(SYSTEMS, system) ? SYSTEMS[system]?.sources : undefined;
	return sources && Object.hasOwn(sources, object) ? sources[object] : undefined;
}

/**
 * Reads any items by the fields chosen on the node.
 * @throws Error that names the parameter which cannot work
 */
export function fieldsNormalizer(context: IExecuteFunctions, now: string, defaultCountry: string | undefined): Normalizer {
	const system = word(textParameter(context, 'system', 0, 'System Name'), 'System Name', 'webshop');
	const object = word(textParameter(context, 'object', 0, 'Object Name'), 'Object Name', 'contact');
	const kind = recordKindSchema.safeParse(textParameter(context, 'kind', 0, 'Items Describe'));
	if (!kind.success || kind.data === 'activity') throw new Error('"Items Describe" must be person or company.');
	const idField = dataPath(textParameter(context, 'idField', 0));
	if (idField === '') throw new Error('"ID Field" is empty. Name the field with the ID that each record has in its system.');
	const updatedAtField = dataPath(textParameter(context, 'updatedAtField', 0, 'Changed-At Field'));
	const chosen = context.getNodeParameter('fields.field', 0, []) as FieldParameter[];
	if (chosen.length === 0) throw new Error('"Fields" is empty. Add at least one field, such as the email, and say which attribute it is.');
	const mapping: FieldMapping = { system, object, kind: kind.data, fields: chosen.map(toRule) };
	// An empty record tries the mapping, so that a mistake in it is told once and not for each item.
	normalizeRecord({ system, object, sourceId: '1', version: now, updatedAt: now, raw: {} }, mapping);

	const normalize = ({ json }: INodeExecutionData): Normalized => {
		const raw = { ...json } as Record<string, unknown>;
		const sourceId = readPath(raw, idField)[0];
		if (!isPlain(sourceId) || String(sourceId).trim() === '') return { rejected: withoutId(mapping, idField, raw) };
		const changed = updatedAtField === '' ? undefined : readPath(raw, updatedAtField)[0];
		const updatedAt = timeText(changed) || now;
		const normalized = normalizeRecord({ system, object, sourceId: String(sourceId).trim(), version: updatedAt, updatedAt, raw }, mapping, { defaultCountry, judgesTimes: true });
		return normalized.rejected ? { rejected: inItsFields(normalized.rejected, idField, updatedAtField) } : normalized;
	};
	return { normalize, paths: [idField, ...(updatedAtField === '' ? [] : [updatedAtField]), ...mapping.fields.map(({ path }) => path)] };
}

/** Says in the item's own fields what was said of those of a record's envelope. */
function inItsFields(rejected: RejectedRecord, idField: string, updatedAtField: string): RejectedRecord {
	const said = [
		{ field: 'sourceId', words: 'a source ID', own: idField, instead: `an ID in its field "${idField}"` },
		{ field: 'updatedAt', words: 'an updatedAt', own: updatedAtField, instead: `a field "${updatedAtField}"` },
	].find(({ field, words }) => rejected.field === field && rejected.reason.includes(words));
	return said ? { ...rejected, field: said.own, reason: rejected.reason.replace(said.words, said.instead) } : rejected;
}

/** A field that is dragged from the input can come as `emails[0].address` or `customer['first name']`. */
function dataPath(text: string): string {
	return text.replace(/\[(?:(\d+)|'([^']+)'|"([^"]+)")\]/g, '.$1$2$3').replace(/^\./, '');
}

function word(text: string, label: string, example: string): string {
	if (text === '' || /[:\s]/.test(text)) throw new Error(`"${label}" must be one word without a colon, for example ${example}.`);
	return text;
}

function toRule(field: FieldParameter, index: number): FieldRule {
	const path = dataPath(toText(field.path, 'Item Field'));
	if (path === '') throw new Error(`Field ${index + 1} of "Fields" has no "Item Field". Name the field of the item that holds the value, or remove the line.`);
	const attribute = toText(field.attribute, 'Attribute');
	const identifier = toText(field.identifier, 'Identifier Kind') || (attribute === 'national_id' ? attribute : '');
	// Not trimmed: a blank can be what separates.
	const separator = typeof field.separator === 'string' ? field.separator : '';
	const type = toType(toText(field.type, 'Type'), path);
	return {
		path,
		...(attribute !== '' && { attribute }),
		...(type && { type }),
		...(identifier !== '' && { identifier }),
		...(separator !== '' && { separator }),
	};
}

/** Undefined leaves the type to the attribute's name. */
function toType(text: string, path: string): ValueType | undefined {
	if (text === '' || text === 'auto') return undefined;
	const type = valueTypeSchema.safeParse(text);
	if (!type.success) throw new Error(`The field "${path}" has the type "${text}", which does not exist. Choose "Type" from the list.`);
	return type.data;
}

/** A database node gives times as Date objects. */
function timeText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return isPlain(value) ? String(value) : JSON.stringify(value).replaceAll('"', '');
}

function isPlain(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

function withoutId({ system, object }: FieldMapping, idField: string, raw: Record<string, unknown>): NonNullable<Normalized['rejected']> {
	return {
		system,
		object,
		sourceId: '',
		reason: `A record of ${system} ${object} has no ID: its field "${idField}" is missing, empty or not one value.`,
		field: idField,
		remedy: `Fill it in at ${system}, or set "ID Field" to the field that holds the record's ID.`,
		raw,
	};
}
