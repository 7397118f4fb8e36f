import {
	type INodeExecutionData,
	type INodeProperties,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import {
	type Delivery,
	type HttpClient,
	pullSource,
	type RawRecord,
	type Settings,
	type SourceObject,
	SYSTEM_IDS,
	type SystemDefinition,
	TransientError,
} from '../lib';
import { toNodeError } from './node-errors';
import { emitAndWait, withPatience } from './polling';
import { settingProperties, readSettings } from './settings';
import { storeCredential, storeFor } from './store-access';

/** What differs between the source triggers, beside the system itself. */
export interface SourceTriggerOptions {
	system: SystemDefinition;
	/** Name of the node type. */
	name: string;
	credential: string;
}

/** A pull that takes longer goes on with the next poll. Milliseconds. */
const LONGEST_PULL_MS = 60 * 60_000;

const DELIVERIES: Record<string, { firstRun: Delivery; later: Delivery }> = {
	backfill: { firstRun: 'store', later: 'items' },
	store: { firstRun: 'store', later: 'store' },
	items: { firstRun: 'items', later: 'items' },
};

/** The description of a source trigger: the same for every system, filled from its definition. */
export function describeSourceTrigger({ system, name, credential }: SourceTriggerOptions): Omit<INodeTypeDescription, 'icon' | 'subtitle'> {
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
		credentials: [{ name: credential, required: true }, storeCredential],
		properties,
	};
}

/**
 * One poll of a source trigger. Records go out at the first output, the summary of what was stored directly at the second.
 * n8n gives up on an activation whose first poll takes long, so a long pull goes on in the background:
 * its lease keeps the next polls from doing the same, and what goes wrong there is reported as a failed execution.
 */
export async function pollSource(context: IPollFunctions, options: SourceTriggerOptions): Promise<INodeExecutionData[][] | null> {
	try {
		if (context.getMode() === 'manual') return await sample(context, options);
		const work = pullAll(context, options);
		await withPatience(work, (error) => context.__emitError(toNodeError(context.getNode(), error)));
		return null;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function pullAll(context: IPollFunctions, { system, credential }: SourceTriggerOptions): Promise<void> {
	const chosen = await readChoices(context, { system, credential });
	const store = await storeFor(context);
	const deliveries = DELIVERIES[context.getNodeParameter('delivery') as string] ?? { firstRun: 'store', later: 'items' };
	const deadline = Date.now() + LONGEST_PULL_MS;
	for (const object of chosen.objects) {
		const result = await pullSource({
			store,
			client: chosen.client,
			system: system.id,
			object,
			source: sourceOf(system, object),
			scope: `source:${system.id}:${object}@${chosen.account}#${context.getWorkflow().id}:${context.getNode().id}`,
			delivery: deliveries,
			systems: SYSTEM_IDS,
			defaultCountry: chosen.defaultCountry,
			settings: chosen.settings,
			overlapMs: chosen.overlapMs,
			since: chosen.since,
			budgetMs: Math.max(1000, deadline - Date.now()),
			now: Date.now,
			emit: (records) => emitAndWait(context, [toItems(records), []]),
		}).catch((error: unknown) => {
			if (!(error instanceof TransientError)) throw error;
			// The vendor is down for the moment: the cursor stands where it stood, and the next poll goes on from there.
			context.logger.warn(`${system.label} Source Trigger: ${error.message}. The next poll tries again.`);
			return undefined;
		});
		if (result?.stored && result.stored.read > 0) {
			await emitAndWait(context, [[], [{ json: { system: system.id, object, ...result.stored, complete: result.caughtUp } }]]);
		}
	}
}

interface Choices {
	client: HttpClient;
	account: string;
	objects: string[];
	settings: Settings;
	overlapMs: number;
	since: string | undefined;
	defaultCountry: string | undefined;
}

async function readChoices(context: IPollFunctions, { system, credential }: Pick<SourceTriggerOptions, 'system' | 'credential'>): Promise<Choices> {
	const credentials = await context.getCredentials(credential);
	const options = context.getNodeParameter('options', {}) as { since?: string; defaultCountry?: string; overlapMinutes?: number };
	return {
		client: system.connect(credentials),
		account: system.account(credentials),
		objects: context.getNodeParameter('objects') as string[],
		settings: readSettings(system, (name) => context.getNodeParameter(name, '')),
		overlapMs: (options.overlapMinutes ?? 5) * 60_000,
		since: options.since ? new Date(options.since).toISOString() : undefined,
		defaultCountry: options.defaultCountry?.trim().toUpperCase() || undefined,
	};
}

function sourceOf(system: SystemDefinition, object: string): SourceObject {
	const source = system.sources[object];
	if (!source) throw new Error(`${system.label} has no "${object}". Choose the objects again.`);
	return source;
}

/** What the editor shows for "Fetch test event": a few records, and no cursor is moved. */
async function sample(context: IPollFunctions, options: SourceTriggerOptions): Promise<INodeExecutionData[][] | null> {
	const { client, objects, settings, overlapMs, since } = await readChoices(context, options);
	const items: INodeExecutionData[] = [];
	for (const object of objects) {
		const pages = sourceOf(options.system, object).pull(client, { cursor: null, overlapMs, since, settings, pageSize: 5 });
		const first = await pages.next();
		await pages.return(undefined);
		if (!first.done) items.push(...toItems(first.value.records.slice(0, 5)));
	}
	return items.length === 0 ? null : [items, []];
}

function toItems(records: readonly RawRecord[]): INodeExecutionData[] {
	return records.map((record) => ({ json: record }));
}
