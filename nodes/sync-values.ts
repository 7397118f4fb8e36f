import type { INodePropertyOptions } from 'n8n-workflow';
import { ATTRIBUTE_TYPES, type DestinationField, type KnownAttribute, type MetricName, METRICS, type ValueType } from '../lib';
import { sortedByName, titleOf } from './words';

type FieldType = DestinationField['type'];

/** What a field of the destination can hold. */
export const SOURCES: INodePropertyOptions[] = sortedByName([
	{ name: 'Canonical ID', value: 'canonical_id' },
	{ name: 'Segments', value: 'segments' },
	{ name: 'Companies (Canonical IDs)', value: 'company_ids' },
	{ name: 'Duplicate Records in This System', value: 'duplicate_records' },
	...Object.entries(METRICS).map(([value, { label }]) => ({ name: titleOf(label), value })),
	...Object.keys(ATTRIBUTE_TYPES).map((value) => ({ name: titleOf(value), value })),
]);

/** Types of the fields that are created. */
export const FIELD_TYPES: { name: string; value: FieldType }[] = [
	{ name: 'Boolean', value: 'boolean' },
	{ name: 'Date', value: 'date' },
	{ name: 'Long Text', value: 'long_text' },
	{ name: 'Number', value: 'number' },
	{ name: 'Text', value: 'text' },
];

/** What an attribute's values can be written as beside text: some texts are digits in many accounts. Where nothing stands they never are anything else. */
const WRITTEN_AS: Partial<Record<ValueType, readonly FieldType[]>> = {
	number: ['number'],
	phone: ['number'],
	postal_code: ['number'],
	identifier: ['number'],
	date: ['date'],
	datetime: ['date'],
	boolean: ['boolean'],
	text: ['number', 'date', 'boolean'],
};

/** Whether a value of this source can be of this type at all. An attribute of one's own can be of any. */
export function canBe(source: string, type: FieldType): boolean {
	if (type === 'text' || type === 'long_text' || !SOURCES.some(({ value }) => value === source)) return true;
	if (Object.hasOwn(METRICS, source)) return METRICS[source as MetricName].type === type;
	return Object.hasOwn(ATTRIBUTE_TYPES, source) && (WRITTEN_AS[ATTRIBUTE_TYPES[source as KnownAttribute]]?.includes(type) ?? false);
}
