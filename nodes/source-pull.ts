import type { INodeExecutionData, IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { type HostedStore, LongWork, pullSource, type PullSourceOptions, type PullSourceResult, type RawRecord, sourceWork, SYSTEM_IDS, type SystemDefinition, TerminalError, TransientError } from '../lib';
import type { Activation } from './activation';
import { toNodeError } from './node-errors';
import { emitAndWait } from './polling';
import { keptOf } from './pull-report';
import { type SourceChoices, sourceOf } from './source-choices';

/** HTTP status: a key that is refused reads no object. */
const REFUSED_KEY = 401;

/** An activation's first poll waits so long for what the one before it still has under way, or for the lease of a process that was ended to run out. Milliseconds. */
const HAND_OVER_MS = 150_000;

/** One poll of a source trigger. */
export interface Poll {
	context: IPollFunctions;
	system: SystemDefinition;
	chosen: SourceChoices;
	store: HostedStore;
	activation: Activation;
	/** No further page is read then. Milliseconds since 1970. */
	deadline: number;
	/** Into n8n's log. */
	tell: (line: string) => void;
}

/** What became of one object. */
export interface PulledObject {
	/** As in `Reading contacts of HubSpot`. */
	reading: string;
	/** Undefined when nothing of it was kept. */
	result?: PullSourceResult | undefined;
	/** Why it is not all, where the next poll tries again. */
	failure?: string;
	/** Why it cannot be read, where the others can be. */
	refusal?: NodeApiError | NodeOperationError;
}

/**
 * Reads one object from where its last run stopped.
 * @throws NodeApiError, NodeOperationError for what concerns all objects
 */
export async function pullObject(poll: Poll, object: string): Promise<PulledObject> {
	const { context, system, tell } = poll;
	const progress = new LongWork(tell);
	const reading = `Reading ${sourceOf(system, object).label.toLowerCase()} of ${system.label}`;
	let soFar: PullSourceResult | undefined;
	try {
		const result = await pullSource({
			...whatToPull(poll, object),
			onProgress: (step, done, total) => (step === 'reading' ? progress.at(reading, done) : progress.at('Golden records', done, total, 'profiles')),
			onFailure: (kept) => (soFar = kept),
		});
		return { reading, result };
	} catch (error) {
		const kept = keptOf(soFar);
		if (error instanceof TransientError) {
			// The cursor stands behind what was kept.
			leaveToNextPoll(context, system, error);
			return { reading, result: soFar, failure: [error.message, kept].filter(Boolean).join('. ') };
		}
		const told = toNodeError(context.getNode(), error, undefined, kept);
		if (!(error instanceof TerminalError) || error.context.status === REFUSED_KEY) throw told;
		// One object may be closed to this key, or one of its records be unreadable; the others are read all the same.
		return { reading, refusal: told };
	} finally {
		for (const summary of progress.end()) tell(summary);
	}
}

function whatToPull({ context, system, chosen, store, activation, deadline }: Poll, object: string): PullSourceOptions {
	const { client, account, delivery, defaultCountry, settings, overlapMs, since } = chosen;
	return {
		...{ store, client, object, delivery, defaultCountry, settings, overlapMs, since },
		system: system.id,
		source: sourceOf(system, object),
		scope: `source:${system.id}:${object}@${account}#${context.getWorkflow().id}:${context.getNode().id}`,
		systems: SYSTEM_IDS,
		work: sourceWork(store, { system: system.id, object, systems: SYSTEM_IDS, defaultCountry }, (line) => context.logger.warn(`${context.getNode().name}: ${line}`)),
		budgetMs: Math.max(1000, deadline - Date.now()),
		isOver: () => activation.isOver(),
		patienceMs: activation.isNew ? HAND_OVER_MS : 0,
		now: Date.now,
		emit: (records) => emitAndWait(context, [toItems(records), []]),
	};
}

/** The vendor is down for the moment, which is no failure of the workflow. */
export function leaveToNextPoll(context: IPollFunctions, { label }: SystemDefinition, { message }: TransientError): void {
	context.logger.warn(`${label} Source Trigger: ${message}. The next poll tries again.`);
}

export function toItems(records: readonly RawRecord[]): INodeExecutionData[] {
	return records.map((record) => ({ json: record }));
}
