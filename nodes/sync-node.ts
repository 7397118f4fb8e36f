import {
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import {
	type Destination,
	type DestinationField,
	type DestinationObject,
	METRICS,
	PERSON_ATTRIBUTES,
	type SyncResult,
	type SyncSummary,
	syncDestination,
	type SystemDefinition,
} from '../lib';
import { failAll, toNodeError } from './node-errors';
import { readSettings, settingProperties } from './settings';
import type { SourceTriggerOptions } from './source-trigger';
import { storeCredential, storeFor } from './store-access';
import { textParameter } from './parameters';

export type SyncNodeOptions = SourceTriggerOptions;

const SOURCES: INodePropertyOptions[] = [
	{ name: 'Canonical ID', value: 'canonical_id' },
	{ name: 'Segments', value: 'segments' },
	{ name: 'Companies (Canonical IDs)', value: 'company_ids' },
	{ name: 'Duplicate Records in This System', value: 'duplicate_records' },
	...Object.entries(METRICS).map(([value, name]) => ({ name, value })),
	...PERSON_ATTRIBUTES.map((value) => ({ name: value.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase()), value })),
];

/** The description of a sync node: the same for every system, filled from its definition. */
export function describeSync({ system, name, credential }: SyncNodeOptions): Omit<INodeTypeDescription, 'icon' | 'subtitle'> {
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
				{ name: 'Those of the Items', value: 'items', description: 'The profiles whose canonical ID stands in the items' },
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
				{ name: 'The Usual Ones', value: 'default', description: `Canonical ID, segments, churn risk and a few more, in fields of our own (${defaultTargets(destinations)})` },
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
							typeOptions: { loadOptionsMethod: 'loadFields' },
							default: '',
							description: 'Field in the system. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>. A name that does not exist is created.',
						},
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Boolean', value: 'boolean' },
								{ name: 'Date', value: 'date' },
								{ name: 'Long Text', value: 'long_text' },
								{ name: 'Number', value: 'number' },
								{ name: 'Text', value: 'text' },
							],
							default: 'text',
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
		credentials: [{ name: credential, required: true }, storeCredential],
		properties,
	};
}

/** One run of a sync node. */
export async function executeSync(context: IExecuteFunctions, { system, credential }: SyncNodeOptions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const outputs: Record<'synced' | 'skipped' | 'failed', INodeExecutionData[]> = { synced: [], skipped: [], failed: [] };
	try {
		const credentials = await context.getCredentials(credential);
		const store = await storeFor(context);
		const destination = readDestination(context, system, system.account(credentials));
		const byId = context.getNodeParameter('what', 0) === 'items' ? itemsByCanonicalId(context, items.length) : undefined;
		const summary = await syncDestination(store, system.connect(credentials), destination, {
			what: byId ? { canonicalIds: [...byId.keys()] } : 'pending',
			dryRun: context.getNodeParameter('dryRun', 0) as boolean,
			settings: readSettings(system, (name) => context.getNodeParameter(name, 0, '')),
			now: Date.now,
			onResults: (results) => {
				for (const result of results) {
					outputs[outputOf(result)].push({ json: { destination: `${system.id}:${destination.object}`, ...result }, pairedItem: { item: byId?.get(result.canonicalId) ?? 0 } });
				}
			},
		});
		context.addExecutionHints({ message: describeSummary(system.label, summary), type: summary.failed > 0 || summary.busy ? 'warning' : 'info', location: 'outputPane' });
	} catch (error) {
		return failAll(context, error, items.length, 3);
	}
	return [outputs.synced, outputs.skipped, outputs.failed];
}

/** Choices for the fields of the object that is chosen on the node, from the live system. */
export function fieldLoader({ system, credential }: SyncNodeOptions): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		try {
			const object = this.getCurrentNodeParameter('object') as string;
			const settings = readSettings(system, (name) => this.getCurrentNodeParameter(name));
			const fields = await system.destinations[object]?.listFields(system.connect(await this.getCredentials(credential)), settings);
			return (fields ?? []).map(({ name, label }) => ({ name: label, value: name }));
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

function readDestination(context: IExecuteFunctions, system: SystemDefinition, account: string): Destination {
	const object = context.getNodeParameter('object', 0) as string;
	const definition = system.destinations[object];
	if (!definition) throw new Error(`${system.label} has no "${object}" to write to. Choose "Write To" again.`);
	return {
		system: system.id,
		object,
		account,
		definition,
		fields: context.getNodeParameter('fieldChoice', 0) === 'own' ? readOwnFields(context) : definition.defaultFields,
		createMissing: definition.canCreate && (context.getNodeParameter('createMissing', 0, false) as boolean),
		segmentTags: definition.tags && (context.getNodeParameter('segmentTags', 0, true) as boolean),
	};
}

function readOwnFields(context: IExecuteFunctions): DestinationField[] {
	const chosen = context.getNodeParameter('ownFields.field', 0, []) as { source: string; target: string; type: DestinationField['type'] }[];
	if (chosen.length === 0) throw new Error('"Own Fields" is empty. Add at least one field, or set "Fields" to "The Usual Ones".');
	return chosen.map(({ source, target, type }) => {
		if (target === '') throw new Error(`The value "${source}" has no field to go to. Choose "Field Name or ID" for it.`);
		return { source, target, type, label: SOURCES.find(({ value }) => value === source)?.name ?? source };
	});
}

function itemsByCanonicalId(context: IExecuteFunctions, count: number): Map<string, number> {
	const byId = new Map<string, number>();
	for (let index = 0; index < count; index += 1) {
		const id = textParameter(context, 'canonicalId', index);
		if (id === '') throw new Error(`Item ${index} has no canonical ID. Connect a node whose items carry "canonicalId", such as Merge, Profile or the Customer 360 Trigger.`);
		if (!byId.has(id)) byId.set(id, index);
	}
	return byId;
}

function outputOf({ status }: SyncResult): 'synced' | 'skipped' | 'failed' {
	if (status === 'synced' || status === 'planned') return 'synced';
	return status === 'skipped' ? 'skipped' : 'failed';
}

function describeSummary(label: string, summary: SyncSummary): string {
	if (summary.busy) return `Another execution is writing to ${label} right now; it sends what is pending, and this one did nothing.`;
	const parts = [
		`${summary.synced} synced`,
		`${summary.unchanged} already right`,
		...(summary.planned > 0 ? [`${summary.planned} would be sent`] : []),
		...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
		...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
		...(summary.retry > 0 ? [`${summary.retry} to be tried again by the next run`] : []),
		...(summary.fieldsCreated.length > 0 ? [`fields created: ${summary.fieldsCreated.join(', ')}`] : []),
	];
	return `${label}: ${parts.join(', ')}.`;
}

function defaultTargets(destinations: readonly (readonly [string, DestinationObject])[]): string {
	return (destinations[0]?.[1].defaultFields ?? []).slice(0, 3).map(({ target }) => target).join(', ');
}
