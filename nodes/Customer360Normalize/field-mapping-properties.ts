import type { INodeProperties } from 'n8n-workflow';
import { COMPANY_ATTRIBUTES, PERSON_ATTRIBUTES, valueTypeSchema } from '../../lib';
import { sortedByName, titleOf } from '../words';

const onlyForMapping = { show: { mapping: ['fields'] } };
const ATTRIBUTES = [...new Set<string>(['full_name', ...PERSON_ATTRIBUTES, ...COMPANY_ATTRIBUTES])];

/** The parameters for a source that has no preset. */
export const fieldMappingProperties: INodeProperties[] = [
	{
		displayName: 'System Name',
		name: 'system',
		type: 'string',
		default: '',
		placeholder: 'webshop',
		required: true,
		description: 'Your own name for where the items come from, in small letters. It stands in every record reference.',
		displayOptions: onlyForMapping,
	},
	{
		displayName: 'Object Name',
		name: 'object',
		type: 'string',
		default: 'contact',
		required: true,
		description: 'What one item is in that system, in the singular',
		displayOptions: onlyForMapping,
	},
	{
		displayName: 'Items Describe',
		name: 'kind',
		type: 'options',
		options: [
			{ name: 'People', value: 'person' },
			{ name: 'Companies', value: 'company' },
		],
		default: 'person',
		displayOptions: onlyForMapping,
	},
	{
		displayName: 'ID Field',
		name: 'idField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'id',
		required: true,
		description: 'Name of the field with the ID that the record has in its system',
		displayOptions: onlyForMapping,
	},
	{
		displayName: 'Changed-At Field',
		name: 'updatedAtField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'updated_at',
		description: 'Name of the field with the time of the last change. Without one, the time of this run counts.',
		displayOptions: onlyForMapping,
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		placeholder: 'Add Field',
		displayOptions: onlyForMapping,
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Item Field',
						name: 'path',
						type: 'string',
						requiresDataPath: 'single',
						default: '',
						placeholder: 'customer.email',
						description: 'Name of the field of the item that holds the value, or the field dragged from the input; dots lead inside, [] means each of a list: emails[].address',
					},
					{
						displayName: 'Attribute',
						name: 'attribute',
						type: 'options',
						options: sortedByName(ATTRIBUTES.map((name) => ({ name: titleOf(name), value: name }))),
						default: 'email',
						description: 'What the value is in the profile',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'As the Attribute Suggests', value: 'auto' },
							...sortedByName(valueTypeSchema.options.map((type) => ({ name: titleOf(type), value: type }))),
						],
						default: 'auto',
					},
					{
						displayName: 'Identifier Kind',
						name: 'identifier',
						type: 'string',
						default: '',
						placeholder: 'user_id',
						description: 'Makes the value an identifier of this kind. Emails and phones are identifiers by themselves.',
					},
					{
						displayName: 'Separator',
						name: 'separator',
						type: 'string',
						default: '',
						placeholder: ';',
						description: 'Text between several values in one field',
					},
				],
			},
		],
	},
];
