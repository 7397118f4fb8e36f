import type { IExecuteFunctions, ILoadOptionsFunctions, INodeExecutionData, INodePropertyOptions } from 'n8n-workflow';
import { assertAccepted, checkSettings, openAccount, type SyncResult, syncDestination } from '../lib';
import { toNodeError } from './node-errors';
import { choiceParameter, flagParameter } from './parameters';
import { pairedWith, profilePairs } from './profile-pairs';
import { readSettings } from './settings';
import { storeFor } from './store-access';
import type { SyncNodeOptions } from './sync-description';
import { readDestination, readNamed } from './sync-parameters';
import { SyncOutputs } from './sync-outputs';
import { describeSummary } from './sync-summary';

/** Another workflow may be writing to the same destination; its run is waited for this long. Milliseconds. */
const PATIENCE_MS = 5 * 60_000;

/** One run of a sync node. */
export async function executeSync(context: IExecuteFunctions, { system, credential }: SyncNodeOptions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const outputs = new SyncOutputs(context, items.length);
	try {
		// What is wrong on this side is told without waiting for the other one.
		const store = await storeFor(context);
		const { client, account } = await openAccount(system, await context.getCredentials(credential));
		const settings = readSettings(system, (name) => context.getNodeParameter(name, 0, ''));
		await checkSettings(system, client, settings);
		const destination = readDestination(context, system, account);
		const dryRun = flagParameter(context, 'dryRun', 0, false);
		const named = choiceParameter(context, 'what', 0, ['pending', 'items'], 'Profiles') === 'items' ? await readNamed(context, store, items.length) : undefined;
		for (const { index, error } of named?.wrong ?? []) outputs.refuse(index, error);
		const indexesOf = ({ namedAs = [] }: SyncResult) => [...new Set(namedAs.flatMap((id) => named?.indexes.get(id) ?? []))].sort((x, y) => x - y);
		await assertAccepted(system, client);
		const pairsOf = named ? undefined : await profilePairs(store, items);
		const summary = await syncDestination(store, client, destination, {
			what: named ? { canonicalIds: [...named.indexes.keys()] } : 'pending',
			dryRun,
			settings,
			patienceMs: PATIENCE_MS,
			now: Date.now,
			onResults: (results) => {
				for (const result of results) {
					const indexes = indexesOf(result);
					outputs.add(result, `${system.id}:${destination.object}`, pairsOf?.(result.canonicalId) ?? pairedWith(indexes), indexes);
				}
			},
		});
		context.addExecutionHints({ message: describeSummary(system.label, summary, dryRun), type: summary.failed + summary.retry > 0 || summary.busy ? 'warning' : 'info', location: 'outputPane' });
	} catch (error) {
		outputs.end(error);
	}
	return outputs.all();
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
