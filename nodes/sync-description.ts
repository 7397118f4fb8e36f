import { type INodeProperties, type INodePropertyOptions, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import type { DestinationObject, SystemDefinition } from '../lib';
import { settingProperties } from './settings';
import type { SourceTriggerOptions } from './source-description';
import { FIELD_TYPES, SOURCES } from './sync-values';

export type SyncNodeOptions = SourceTriggerOptions;

/** The description of a sync node: the same for every system, filled from its definition. Parameters stand in the order of the panel. */
export function describeSync({ system, name }: SyncNodeOptions): Omit<INodeTypeDescription, 'icon' | 'subtitle' | 'credentials'> {
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
		properties: [
			writeTo(system),
			PROFILES,
			CANONICAL_ID,
			DRY_RUN,
			FIELDS,
			...recommendedFields(system),
			ownFields(system),
			...createMissing(system),
			...segmentTags(system),
			...settingProperties(system, 'create'),
		],
	};
}

function writeTo({ destinations, label }: SystemDefinition): INodeProperties {
	const options = Object.entries(destinations).map(
		([value, { label: name, entity }]): INodePropertyOptions => ({ name, value, description: entity === 'person' ? 'Profiles of people' : 'Profiles of companies' }),
	);
	const description = `Which records of ${label} are written`;
	return { displayName: 'Write To', name: 'object', type: 'options', noDataExpression: true, options, default: options[0]?.value ?? '', description };
}

const PROFILES: INodeProperties = {
	displayName: 'Profiles',
	name: 'what',
	type: 'options',
	// The editor shows two lines of each description.
	options: [
		{ name: 'Everything Pending', value: 'pending', description: 'All that changed since the last run; runs once, however many items come in' },
		{ name: 'Those of the Items', value: 'items', description: 'Those whose canonical ID stands in the items; each comes out, also where nothing is sent' },
	],
	default: 'pending',
	description: 'Which profiles are written. Of each, only what differs from what was written before is sent.',
};

const CANONICAL_ID: INodeProperties = {
	displayName: 'Canonical ID',
	name: 'canonicalId',
	type: 'string',
	default: '={{ $json.canonicalId }}',
	required: true,
	displayOptions: { show: { what: ['items'] } },
	description: 'ID of the profile; one that it had before a merge will do, too',
};

const DRY_RUN: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to show what would be sent, at the first output, and send nothing',
};

const FIELDS: INodeProperties = {
	displayName: 'Fields',
	name: 'fieldChoice',
	type: 'options',
	options: [
		{ name: 'Recommended', value: 'default', description: 'Canonical ID, segments, churn risk and the like, in fields that are made for them' },
		{ name: 'Own Choice', value: 'own', description: 'A list of your own: which value of the profile goes to which field' },
	],
	default: 'default',
	description: 'What is written of a profile',
};

/** Says what those hold, and where they are to be found. */
function recommendedFields({ destinations }: SystemDefinition): INodeProperties[] {
	const nameOf = (source: string) => SOURCES.find(({ value }) => value === source)?.name ?? source;
	return Object.entries(destinations).map(
		([object, { defaultFields }]): INodeProperties => ({
			displayName: `${defaultFields.map(({ source }) => nameOf(source)).join(', ')}. Their fields begin with ${defaultFields[0]?.target.split('_')[0]}_ and are created where they are missing.`,
			name: `recommended_${object}`,
			type: 'notice',
			default: '',
			displayOptions: { show: { fieldChoice: ['default'], object: [object] } },
		}),
	);
}

function ownFields({ settings = [] }: SystemDefinition): INodeProperties {
	const loadOptionsDependsOn = ['object', ...settings.map((setting) => setting.name)];
	const values: INodeProperties[] = [
		{ displayName: 'Value From', name: 'source', type: 'options', options: SOURCES, default: 'canonical_id', description: 'What of the profile is written' },
		{
			displayName: 'Field Name or ID',
			name: 'target',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'loadFields', loadOptionsDependsOn },
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
	];
	return {
		displayName: 'Own Fields',
		name: 'ownFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		placeholder: 'Add Field',
		displayOptions: { show: { fieldChoice: ['own'] } },
		options: [{ displayName: 'Field', name: 'field', values }],
	};
}

function createMissing(system: SystemDefinition): INodeProperties[] {
	return whereSome(system, ({ canCreate }) => canCreate, {
		displayName: 'Create Missing Records',
		name: 'createMissing',
		type: 'boolean',
		default: false,
		description: `Whether a profile that has no record in ${system.label} gets one. Where adding someone means contacting them, only those who agreed are added.`,
	});
}

function segmentTags(system: SystemDefinition): INodeProperties[] {
	return whereSome(system, ({ tags }) => tags, {
		displayName: 'Segments as Tags',
		name: 'segmentTags',
		type: 'boolean',
		default: true,
		description: 'Whether to keep a tag for each segment, for audiences and automations',
	});
}

/** A parameter for those destinations to which it applies; none where it applies to none. */
function whereSome({ destinations }: SystemDefinition, applies: (definition: DestinationObject) => boolean, property: INodeProperties): INodeProperties[] {
	const objects = Object.keys(destinations).filter((object) => applies(destinations[object] as DestinationObject));
	return objects.length === 0 ? [] : [{ ...property, displayOptions: { show: { object: objects } } }];
}
