import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { type FieldMapping, fieldMappingSchema, type FieldRule, normalizeRecord, type Normalized, rawRecordSchema, SYSTEMS, type ValueType } from '../../lib';
import { textParameter, toText } from '../parameters';

/** Types that an attribute's name settles; everything else is text. */
const TYPE_OF: Readonly<Record<string, ValueType>> = {
	email: 'email', phone: 'phone', given_name: 'given_name', family_name: 'family_name', full_name: 'full_name', company_name: 'company_name',
	company_domain: 'domain', street: 'street', city: 'city', postal_code: 'postal_code', region: 'region', country: 'country',
	birth_date: 'date', created_at: 'datetime', employees: 'number', national_id: 'identifier', registration_number: 'identifier', vat_number: 'identifier',
};

interface FieldParameter {
	path: string;
	attribute: string;
	type: ValueType | 'auto';
	identifier: string;
	separator: string;
}

/** Reads items that a source node of this package emitted, each by the preset of its system and object. */
export function presetNormalizer(defaultCountry: string | undefined): (item: INodeExecutionData) => Normalized {
	return (item) => {
		const parsed = rawRecordSchema.safeParse(item.json);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			throw new Error(
				`The item does not come from a Customer 360 source: "${issue?.path.join('.')}" is missing or wrong. Connect a Source Trigger, or set "Mapping" to "Own Fields".`,
			);
		}
		const { system, object } = parsed.data;
		const source = SYSTEMS[system]?.sources[object];
		if (!source) throw new Error(`There is no preset for ${system} ${object}. Set "Mapping" to "Own Fields" and say which field is what.`);
		return normalizeRecord(parsed.data, source.mapping, { defaultCountry, activity: source.activity?.bind(source) });
	};
}

/** Reads any items by the fields chosen on the node. */
export function fieldsNormalizer(context: IExecuteFunctions, now: string, defaultCountry: string | undefined): (item: INodeExecutionData) => Normalized {
	const text = (name: string) => textParameter(context, name, 0);
	const [system, object, idField, updatedAtField] = ['system', 'object', 'idField', 'updatedAtField'].map(text) as [string, string, string, string];
	if (system === '' || /[:\s]/.test(system)) throw new Error('"System Name" must be one word without a colon, for example webshop.');
	const chosen = context.getNodeParameter('fields.field', 0, []) as FieldParameter[];
	if (chosen.length === 0) throw new Error('"Fields" is empty. Add at least one field, such as the email, and say which attribute it is.');
	const mapping: FieldMapping = fieldMappingSchema.parse({ system, object, kind: text('kind'), fields: chosen.map(toRule) });
	return (item) => {
		const raw = { ...item.json } as Record<string, unknown>;
		const updatedAt = updatedAtField === '' ? now : toText(raw[updatedAtField], updatedAtField) || now;
		const sourceId = toText(raw[idField], idField);
		return normalizeRecord({ system, object, sourceId, version: updatedAt, updatedAt, raw }, mapping, { defaultCountry });
	};
}

function toRule({ path, attribute, type, identifier, separator }: FieldParameter): FieldRule {
	return {
		path,
		attribute,
		type: type === 'auto' ? (TYPE_OF[attribute] ?? 'text') : type,
		...(identifier.trim() !== '' && { identifier: identifier.trim() }),
		...(attribute === 'national_id' && identifier.trim() === '' && { identifier: 'national_id' }),
		...(separator !== '' && { separator }),
	};
}
