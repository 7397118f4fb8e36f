import type { INodeExecutionData, IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	type Delivery,
	type HttpClient,
	LongWork,
	pullSource,
	type PullSourceResult,
	type RawRecord,
	type Settings,
	type SourceObject,
	sourceWork,
	SYSTEM_IDS,
	type SystemDefinition,
	TerminalError,
	TransientError,
} from '../lib';
import { type Activation, activationOf } from './activation';
import { readDefaultCountry } from './default-country';
import { toNodeError } from './node-errors';
import { toChoice, toText } from './parameters';
import { emitAndWait, withPatience } from './polling';
import { keptOf, paceOf } from './pull-report';
import { readSettings } from './settings';
import type { SourceTriggerOptions } from './source-description';
import { storeFor } from './store-access';

/** A pull that takes longer goes on with the next poll. Milliseconds. */
const LONGEST_PULL_MS = 60 * 60_000;

/** An activation's first poll waits so long for what the one before it still has under way, or for the lease of a process that was ended to run out. Milliseconds. */
const HAND_OVER_MS = 150_000;

/** HTTP status: a key that is refused reads no object. */
const REFUSED_KEY = 401;

const DELIVERIES = {
	backfill: { firstRun: 'store', later: 'items' },
	store: { firstRun: 'store', later: 'store' },
	items: { firstRun: 'items', later: 'items' },
} satisfies Record<string, { firstRun: Delivery; later: Delivery }>;

/**
 * One poll of a source trigger. Records go out at the first output, the summary of what was stored directly at the second.
 * n8n gives up on an activation whose first poll takes long, so a long pull goes on in the background:
 * its lease keeps the next polls from doing the same, and what goes wrong there is reported as a failed execution. It ends with its activation.
 */
export async function pollSource(context: IPollFunctions, options: SourceTriggerOptions): Promise<INodeExecutionData[][] | null> {
	try {
		if (context.getMode() === 'manual') return await sample(context, options);
		const activation = activationOf(context);
		const work = pullAll(context, options, activation);
		await withPatience(work, (error) => context.__emitError(toNodeError(context.getNode(), error)));
		return null;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function pullAll(context: IPollFunctions, { system, credential }: SourceTriggerOptions, activation: Activation): Promise<void> {
	const chosen = await readChoices(context, { system, credential });
	const store = await storeFor(context);
	const deadline = Date.now() + LONGEST_PULL_MS;
	const refusals: (NodeApiError | NodeOperationError)[] = [];
	const tell = (line: string) => context.logger.info(`${context.getNode().name}: ${line}`);
	const warn = (line: string) => context.logger.warn(`${context.getNode().name}: ${line}`);
	for (const object of chosen.objects) {
		const source = sourceOf(system, object);
		const started = Date.now();
		const progress = new LongWork(tell);
		const reading = `Reading ${source.label.toLowerCase()} of ${system.label}`;
		let soFar: PullSourceResult | undefined;
		let failure: string | undefined;
		const result = await pullSource({
			store,
			client: chosen.client,
			system: system.id,
			object,
			source,
			scope: `source:${system.id}:${object}@${chosen.account}#${context.getWorkflow().id}:${context.getNode().id}`,
			delivery: chosen.delivery,
			systems: SYSTEM_IDS,
			defaultCountry: chosen.defaultCountry,
			settings: chosen.settings,
			overlapMs: chosen.overlapMs,
			since: chosen.since,
			work: sourceWork(store, { system: system.id, object, systems: SYSTEM_IDS, defaultCountry: chosen.defaultCountry }, warn),
			budgetMs: Math.max(1000, deadline - Date.now()),
			isOver: () => activation.isOver(),
			patienceMs: activation.isNew ? HAND_OVER_MS : 0,
			now: Date.now,
			onProgress: (step, done, total) => (step === 'reading' ? progress.at(reading, done) : progress.at('Golden records', done, total, 'profiles')),
			onFailure: (result) => (soFar = result),
			emit: (records) => emitAndWait(context, [toItems(records), []]),
		}).catch((error: unknown) => {
			const kept = keptOf(soFar);
			if (error instanceof TransientError) {
				// The vendor is down for the moment: the cursor stands behind what was kept, and the next poll goes on from there.
				context.logger.warn(`${system.label} Source Trigger: ${error.message}. The next poll tries again.`);
				failure = [error.message, kept].filter(Boolean).join('. ');
				return soFar;
			}
			const told = toNodeError(context.getNode(), error, undefined, kept);
			if (!(error instanceof TerminalError) || error.context.status === REFUSED_KEY) throw told;
			// One object may be closed to this key, or one of its records be unreadable; the others are read all the same.
			refusals.push(told);
			return undefined;
		});
		for (const summary of progress.end()) tell(summary);
		if (result?.ended) {
			// n8n starts no executions any more, and would say so as an error.
			tell(`${reading} was ended, as the workflow was unpublished or published anew. ${keptOf(result) ?? 'The next run goes on from where the last one stopped'}.`);
			return;
		}
		if (result?.stored && result.stored.read > 0) {
			const pace = paceOf(result.stored.read, Date.now() - started);
			// Nothing depends on what becomes of it, and in queue mode n8n may never tell the end of an execution that takes no time.
			context.__emit([[], [{ json: { system: system.id, object, ...result.stored, ...pace, complete: result.caughtUp, ...(failure && { failure }) } }]]);
		}
	}
	if (refusals[0]) throw refusals[0];
}

interface Choices {
	client: HttpClient;
	account: string;
	objects: string[];
	settings: Settings;
	delivery: { firstRun: Delivery; later: Delivery };
	overlapMs: number;
	since: string | undefined;
	defaultCountry: string | undefined;
}

async function readChoices(context: IPollFunctions, { system, credential }: Pick<SourceTriggerOptions, 'system' | 'credential'>): Promise<Choices> {
	const credentials = await context.getCredentials(credential);
	const options = context.getNodeParameter('options', {}) as { since?: unknown; defaultCountry?: unknown; overlapMinutes?: unknown };
	const objects = [context.getNodeParameter('objects')].flat().map((object) => toText(object, 'Objects')).filter(Boolean);
	if (objects.length === 0) throw new Error('"Objects" is empty. Choose at least one.');
	return {
		client: system.connect(credentials),
		account: system.account(credentials),
		objects,
		settings: readSettings(system, (name) => context.getNodeParameter(name, '')),
		delivery: DELIVERIES[toChoice(context.getNodeParameter('delivery'), ['backfill', 'store', 'items'], 'Deliver')],
		overlapMs: readMinutes(toText(options.overlapMinutes ?? 5, 'Safety Window (Minutes)')) * 60_000,
		since: readTime(toText(options.since, 'Changed Since'), 'Changed Since'),
		defaultCountry: readDefaultCountry(toText(options.defaultCountry, 'Default Country')),
	};
}

/** Of less than none, each run would leave out what changed right behind the last one. */
function readMinutes(text: string): number {
	const minutes = Number(text);
	if (text === '' || !Number.isFinite(minutes) || minutes < 0) throw new Error(`"Safety Window (Minutes)" is "${text}" and must be a number, 0 or more.`);
	return minutes;
}

function readTime(text: string, label: string): string | undefined {
	if (text === '') return undefined;
	const time = new Date(text);
	if (Number.isNaN(time.getTime())) throw new Error(`"${label}" is no date and time. Choose it from the calendar.`);
	return time.toISOString();
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
