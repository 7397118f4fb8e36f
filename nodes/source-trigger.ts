import {
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { type Delivery, pullSource, type RawRecord, SYSTEM_IDS, type SystemDefinition, TransientError } from '../lib';
import { toNodeError } from './node-errors';
import { emitAndWait, pollBudget } from './polling';
import { settingProperties, readSettings } from './settings';
import { storeCredential, storeFor } from './store-access';

/** What differs between the source triggers, beside the system itself. */
export interface SourceTriggerOptions {
	system: SystemDefinition;
	/** Name of the node type. */
	name: string;
	/** File name of the icon, without ending. */
	icon: string;
	credential: string;
}

const DELIVERIES: Record<string, { firstRun: Delivery; later: Delivery }> = {
	backfill: { firstRun: 'store', later: 'items' },
	store: { firstRun: 'store', later: 'store' },
	items: { firstRun: 'items', later: 'items' },
};

/** The description of a source trigger: the same for every system, filled from its definition. */
export function describeSourceTrigger({ system, name, icon, credential }: SourceTriggerOptions): INodeTypeDescription {
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
		icon: { light: `file:../icons/${icon}.svg`, dark: `file:../icons/${icon}.dark.svg` },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["objects"].join(", ") }}',
		description: `Read new and changed ${objects.map((object) => object.name.toLowerCase()).join(', ')} from ${system.label}, from where the last run stopped`,
		defaults: { name: `${system.label} Source` },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Records', 'Stored'],
		credentials: [{ name: credential, required: true }, storeCredential],
		properties,
	};
}

/** One poll of a source trigger. Records go out at the first output, the summary of what was stored directly at the second. */
export async function pollSource(context: IPollFunctions, { system, credential }: SourceTriggerOptions): Promise<INodeExecutionData[][] | null> {
	try {
		const credentials = await context.getCredentials(credential);
		const objects = context.getNodeParameter('objects') as string[];
		const options = context.getNodeParameter('options', {}) as IDataObject;
		const settings = readSettings(system, (name) => context.getNodeParameter(name, ''));
		const client = system.connect(credentials);
		const overlapMs = Number(options.overlapMinutes ?? 5) * 60_000;
		const since = options.since ? new Date(String(options.since)).toISOString() : undefined;
		if (context.getMode() === 'manual') return await sample(system, objects, (object) => system.sources[object]?.pull(client, { cursor: null, overlapMs, since, settings, pageSize: 5 }));

		const store = await storeFor(context);
		const deadline = Date.now() + pollBudget(context);
		for (const object of objects) {
			const source = system.sources[object];
			if (!source) throw new Error(`${system.label} has no "${object}". Choose the objects again.`);
			const result = await pullSource({
				store,
				client,
				system: system.id,
				object,
				source,
				scope: `source:${system.id}:${object}@${system.account(credentials)}#${context.getWorkflow().id}:${context.getNode().id}`,
				delivery: DELIVERIES[context.getNodeParameter('delivery') as string] ?? { firstRun: 'store', later: 'items' },
				systems: SYSTEM_IDS,
				defaultCountry: String(options.defaultCountry ?? '').trim().toUpperCase() || undefined,
				settings,
				overlapMs,
				since,
				budgetMs: Math.max(1000, deadline - Date.now()),
				now: Date.now,
				emit: (records) => emitAndWait(context, [toItems(records), []]),
			});
			if (result.stored && result.stored.read > 0) {
				await emitAndWait(context, [[], [{ json: { system: system.id, object, ...result.stored, complete: result.caughtUp } as unknown as IDataObject }]]);
			}
			if (Date.now() > deadline) break;
		}
		return null;
	} catch (error) {
		if (error instanceof TransientError && context.getMode() !== 'manual') {
			// The vendor is down for the moment: the cursor stands where it stood, and the next poll goes on from there.
			context.logger.warn(`${system.label} Source Trigger: ${error.message}. The next poll tries again.`);
			return null;
		}
		throw toNodeError(context.getNode(), error);
	}
}

/** What the editor shows for "Fetch test event": a few records, and no cursor is moved. */
async function sample(
	system: SystemDefinition,
	objects: readonly string[],
	pull: (object: string) => AsyncGenerator<{ records: RawRecord[] }> | undefined,
): Promise<INodeExecutionData[][] | null> {
	const items: INodeExecutionData[] = [];
	for (const object of objects) {
		const pages = pull(object);
		if (!pages) throw new Error(`${system.label} has no "${object}". Choose the objects again.`);
		const first = await pages.next();
		await pages.return(undefined);
		if (!first.done) items.push(...toItems(first.value.records.slice(0, 5)));
	}
	return items.length === 0 ? null : [items, []];
}

function toItems(records: readonly RawRecord[]): INodeExecutionData[] {
	return records.map((record) => ({ json: record as unknown as IDataObject }));
}
