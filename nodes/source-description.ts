import { type INodeProperties, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import type { SystemDefinition } from '../lib';
import { settingProperties } from './settings';

/** What differs between the source triggers, beside the system itself. */
export interface SourceTriggerOptions {
	system: SystemDefinition;
	/** Name of the node type. */
	name: string;
	credential: string;
}

/** The description of a source trigger: the same for every system, filled from its definition. */
export function describeSourceTrigger({ system, name }: SourceTriggerOptions): Omit<INodeTypeDescription, 'icon' | 'subtitle' | 'credentials'> {
	const objects = Object.entries(system.sources).map(([value, { label }]) => ({ name: label, value }));
	const properties: INodeProperties[] = [
		{
			displayName: 'Objects',
			name: 'objects',
			type: 'multiOptions',
			options: objects,
			default: objects.map(({ value }) => value),
			required: true,
			description: 'What to read',
		},
		{
			displayName: 'Deliver',
			name: 'delivery',
			type: 'options',
			options: [
				{ name: 'Store the First Run Directly, Then Items', value: 'backfill', description: 'The back-fill streams into the identity store page by page; after that, every change comes as an item' },
				{ name: 'Store Directly', value: 'store', description: 'Everything goes into the identity store; the workflow gets one summary item' },
				{ name: 'Items Only', value: 'items', description: 'Also the first run comes as items; for small accounts' },
			],
			default: 'backfill',
		},
		...settingProperties(system, 'source'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Changed Since',
					name: 'since',
					type: 'dateTime',
					default: '',
					description: 'The first run takes only what changed since then. Empty: everything.',
				},
				{
					displayName: 'Default Country',
					name: 'defaultCountry',
					type: 'string',
					default: '',
					placeholder: 'US',
					description: 'Two-letter code, for phone numbers without a country code where the record itself names no country. Counts for what is stored directly.',
				},
				{
					displayName: 'Safety Window (Minutes)',
					name: 'overlapMinutes',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1440 },
					default: 5,
					description: 'How far each run looks back behind the last one, for changes that became visible late. What was handed out already is left out.',
				},
			],
		},
	];
	return {
		displayName: `${system.label} Source Trigger`,
		name,
		group: ['trigger'],
		version: 1,
		description: `Read new and changed ${objects.map((object) => object.name.toLowerCase()).join(', ')} from ${system.label}, from where the last run stopped`,
		defaults: { name: `${system.label} Source` },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Records', 'Stored'],
		properties,
	};
}
