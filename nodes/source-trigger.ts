import type { INodeExecutionData, IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { TransientError } from '../lib';
import { type Activation, activationOf } from './activation';
import { toNodeError } from './node-errors';
import { withPatience } from './polling';
import { keptOf, paceOf } from './pull-report';
import { readChoices, type SourceChoices, sourceOf } from './source-choices';
import type { SourceTriggerOptions } from './source-description';
import { leaveToNextPoll, type PulledObject, pullObject, toItems } from './source-pull';
import { storeFor } from './store-access';

/** A pull that takes longer goes on with the next poll. Milliseconds. */
const LONGEST_PULL_MS = 60 * 60_000;

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

async function pullAll(context: IPollFunctions, options: SourceTriggerOptions, activation: Activation): Promise<void> {
	const { system } = options;
	const chosen = await choicesUnlessDown(context, options);
	if (!chosen) return;
	const store = await storeFor(context);
	const deadline = Date.now() + LONGEST_PULL_MS;
	const tell = (line: string) => context.logger.info(`${context.getNode().name}: ${line}`);
	const refusals: (NodeApiError | NodeOperationError)[] = [];
	for (const object of chosen.objects) {
		const started = Date.now();
		const pulled = await pullObject({ context, system, chosen, store, activation, deadline, tell }, object);
		const { result, reading } = pulled;
		if (pulled.refusal) refusals.push(pulled.refusal);
		if (result?.ended) {
			// n8n starts no executions any more, and would say so as an error.
			tell(`${reading} was ended, as the workflow was unpublished or published anew. ${keptOf(result) ?? 'The next run goes on from where the last one stopped'}.`);
			return;
		}
		emitSummary(context, { system: system.id, object }, pulled, Date.now() - started);
	}
	if (refusals[0]) throw refusals[0];
}

function choicesUnlessDown(context: IPollFunctions, options: SourceTriggerOptions): Promise<SourceChoices | undefined> {
	return readChoices(context, options).catch((error: unknown) => {
		if (!(error instanceof TransientError)) throw error;
		leaveToNextPoll(context, options.system, error);
		return undefined;
	});
}

/** What was stored directly, if anything. */
function emitSummary(context: IPollFunctions, what: { system: string; object: string }, { result, failure }: PulledObject, ms: number): void {
	if (!result?.stored || result.stored.read === 0) return;
	const summary = { ...what, ...result.stored, ...paceOf(result.stored.read, ms), complete: result.caughtUp, ...(failure && { failure }) };
	// Nothing depends on what becomes of it, and in queue mode n8n may never tell the end of an execution that takes no time.
	context.__emit([[], [{ json: summary }]]);
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
