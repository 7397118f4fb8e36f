import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode } from './harness';
import { temporaryStore } from './temporary-store';
import { fill, startVendor, SYSTEM_NAMES } from './vendors';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

export const ROBERT = 'hubspot:contact:1001';
export const HANNAH = 'hubspot:contact:1004';
export const LAURA = 'hubspot:contact:1010';
export const OTHER_LAURA = 'hubspot:contact:1011';

/** A store with the people of all systems, and the Profile node that works on it. To be called where tests are declared. */
export function profileDesk() {
	const store = temporaryStore();
	beforeAll(async () => {
		for (const system of SYSTEM_NAMES) await fill(store, system, await startVendor(system));
	});
	const profile = async (parameters: INodeParameters): Promise<{ items: IDataObject[]; error: Error | undefined }> => {
		const { outputs, error } = await runNode(Customer360Profile, { ...store, parameters });
		return { items: (outputs[0] ?? []).map(({ json }) => json), error };
	};
	const byRecord = async (record: string) => (await profile({ operation: 'get', findBy: 'record', record })).items[0] as IDataObject & { canonicalId: string };
	return { store, profile, byRecord };
}

export function recordsOf(item: IDataObject | undefined): string[] {
	return (item?.records as { system: string; object: string; sourceId: string }[]).map(({ system, object, sourceId }) => `${system}:${object}:${sourceId}`);
}
