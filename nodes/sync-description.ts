import { type INodeProperties, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import type { DestinationObject } from '../lib';
import { settingProperties } from './settings';
import type { SourceTriggerOptions } from './source-description';
import { FIELD_TYPES, SOURCES } from './sync-values';

export type SyncNodeOptions = SourceTriggerOptions;

/** The description of a sync node: the same for every system, filled from its definition. */
export function describeSync({ system, name }: SyncNodeOptions): Omit<INodeTypeDescription, 'icon' | 'subtitle' | 'credentials'> {
	const destinations = Object.entries(system.destinations);
	const canCreate = destinations.filter(([, { canCreate: can }]) => can).map(([value]) => value);
	const hasTags = destinations.filter(([, { tags }]) => tags).map(([value]) => value);
	const properties: INodeProperties[] = [
		{
			displayName: 'Write To',
			name: 'object',
			type: 'options',
			noDataExpression: true,
			options: destinations.map(([value, { label }]) => ({ name: label, value })),
			default: destinations[0]?.[0] ?? '',
		},
		{
			displayName: 'Profiles',
			name: 'what',
			type: 'options',
			options: [
				{ name: 'Everything Pending', value: 'pending', description: 'All that changed since the last run; runs once, however many items come in' },
				{ name: 'Those of the Items', value: 'items', description: 'The profiles whose canonical ID stands in the items; each comes out at one of the outputs, also where nothing is to be sent' },
			],
			default: 'pending',
		},
		{
			displayName: 'Canonical ID',
			name: 'canonicalId',
			type: 'string',
			default: '={{ $json.canonicalId }}',
			required: true,
			displayOptions: { show: { what: ['items'] } },
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to show what would be sent, at the first output, and send nothing',
		},
		{
			displayName: 'Fields',
			name: 'fieldChoice',
			type: 'options',
			options: [
				{ name: 'The Usual Ones', value: 'default', description: `Canonical ID, segments, churn risk and a few more, in fields that are made for them (${defaultTargets(destinations)})` },
				{ name: 'Own Choice', value: 'own' },
			],
			default: 'default',
		},
		{
			displayName: 'Own Fields',
			name: 'ownFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			default: {},
			placeholder: 'Add Field',
			displayOptions: { show: { fieldChoice: ['own'] } },
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{ displayName: 'Value From', name: 'source', type: 'options', options: SOURCES, default: 'canonical_id' },
						{
							displayName: 'Field Name or ID',
							name: 'target',
							type: 'options',
							typeOptions: { loadOptionsMethod: 'loadFields', loadOptionsDependsOn: ['object', ...(system.settings ?? []).map((setting) => setting.name)] },
							default: '',
							description: 'Field in the system. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>. A name that does not exist is created.',
						},
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: FIELD_TYPES,
							default: 'text',
							description: 'How the value is written, and of which type the field is made when it does not exist',
						},
					],
				},
			],
		},
		...(canCreate.length > 0
			? [
					{
						displayName: 'Create Missing Records',
						name: 'createMissing',
						type: 'boolean',
						default: false,
						description: `Whether a profile that has no record in ${system.label} gets one. Where adding someone means contacting them, only those who agreed are added.`,
						displayOptions: { show: { object: canCreate } },
					} satisfies INodeProperties,
				]
			: []),
		...(hasTags.length > 0
			? [
					{
						displayName: 'Segments as Tags',
						name: 'segmentTags',
						type: 'boolean',
						default: true,
						description: 'Whether to keep a tag for each segment, for audiences and automations',
						displayOptions: { show: { object: hasTags } },
					} satisfies INodeProperties,
				]
			: []),
		...settingProperties(system, 'create'),
	];
	return {
		displayName: `${system.label} Sync`,
		name,
		group: ['output'],
		version: 1,
		description: `Write canonical ID, segments and chosen attributes to ${system.label}; only what differs from what it has acknowledged`,
		defaults: { name: `${system.label} Sync` },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Synced', 'Skipped', 'Failed'],
		properties,
	};
}

function defaultTargets(destinations: readonly (readonly [string, DestinationObject])[]): string {
	return (destinations[0]?.[1].defaultFields ?? []).slice(0, 3).map(({ target }) => target).join(', ');
}
