import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type NodeRun, type RunOptions, runNode } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { fill, type RunningVendor, startVendor, SYSTEM_NAMES, type SystemName, VENDORS } from './vendors';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

/** One of the small world's people who are in all systems. */
export const HANNAH = 'hubspot:contact:1004';
const filled = temporaryStore();

beforeAll(async () => {
	for (const system of SYSTEM_NAMES) await fill(filled, system, await startVendor(system));
});

/** A copy of the store with everybody in it, and a fresh look-alike of one system with the same people. */
export async function ready(system: SystemName): Promise<{ store: TemporaryStore; vendor: RunningVendor }> {
	const store = temporaryStore();
	await (await filled.open()).backup(store.file);
	return { store, vendor: await startVendor(system) };
}

export function sync(system: SystemName, { store, vendor }: { store: TemporaryStore; vendor: RunningVendor }, parameters: INodeParameters = {}, options: RunOptions = {}): Promise<NodeRun> {
	const { sync: node, credential, people } = VENDORS[system];
	return runNode(node, {
		...options,
		credentials: { ...store.credentials, [credential]: vendor.credentials, ...options.credentials },
		parameters: { object: people, what: 'pending', ...parameters },
	});
}

export const idOf = async (store: TemporaryStore, record: string) => {
	const { outputs } = await runNode(Customer360Profile, { ...store, parameters: { operation: 'get', findBy: 'record', record } });
	return outputs[0]?.[0]?.json.canonicalId as string;
};
export const json = (items: INodeExecutionData[] | undefined) => (items ?? []).map((item) => item.json);
export const hintsOf = ({ hints }: NodeRun) => hints.map(({ message }) => message);
export const field = (source: string, target: string, type = 'text') => ({ fieldChoice: 'own', ownFields: { field: [{ source, target, type }] } });
