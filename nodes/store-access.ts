import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject, INode, INodeCredentialTestResult } from 'n8n-workflow';
import { databaseIdentity, type HostedStore, openHostedStore, StoreError, type StoreTarget } from '../lib';
import { targetOf } from './store-target';

/** What a node's context offers for reading a credential; the same in execute, poll and drop-downs. */
export interface CredentialContext {
	getNode(): INode;
	getCredentials(type: string): Promise<IDataObject>;
}

export const STORE_CREDENTIAL = 'customer360StoreApi';

/**
 * The entry of a node's description. n8n shows nothing of `required`, and would call this field "Credential", like the one that must be chosen.
 * A node that tests the credential names it once more: the linter looks for the name beside `testedBy`.
 */
export const storeCredential = { name: STORE_CREDENTIAL, displayName: 'Identity Store (Optional)', required: false };

/** One handle a store for the life of the process: opening is cheap then, and every node shares it. */
const handles = new Map<string, Promise<HostedStore>>();

/** What n8n shows when someone tests the store's credential. */
export async function testStore(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	let store: HostedStore | undefined;
	try {
		const target = targetOf(credential.data);
		if ('file' in target) refuseQueueMode();
		// A share of its own: what is tried here may never be used, and must not stay open until n8n ends.
		store = await openHostedStore(target);
		const { person, company } = await store.run('count', {});
		return { status: 'OK', message: `${store.location}: ${person} people, ${company} companies` };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	} finally {
		await store?.close();
	}
}

/**
 * The identity store that the node's credential names; without one, the file in n8n's own user folder.
 * @throws StoreError when it can't be used, with what to do
 */
export async function storeFor(context: CredentialContext): Promise<HostedStore> {
	const chosen = context.getNode().credentials?.[STORE_CREDENTIAL] ? await context.getCredentials(STORE_CREDENTIAL) : undefined;
	return handleFor(targetOf(chosen));
}

async function handleFor(target: StoreTarget): Promise<HostedStore> {
	if ('file' in target) refuseQueueMode();
	const name = 'file' in target ? target.file : databaseIdentity(target.url, target.schema);
	let handle = handles.get(name);
	if (!handle) {
		handle = openHostedStore(target);
		handles.set(name, handle);
		// A store that could not be opened is tried again by the next execution.
		handle.catch(() => handles.delete(name));
	}
	return handle;
}

/** One file can't be shared by several workers: they would lock each other out, or sit on different disks and see different customers. */
function refuseQueueMode(): void {
	if (process.env.EXECUTIONS_MODE !== 'queue') return;
	throw new StoreError(
		'queue_mode',
		'n8n runs in queue mode (EXECUTIONS_MODE=queue), where several workers would share the identity store in a file. That loses data, so it is refused. Make a credential "Customer 360 Store API" with "Store" set to PostgreSQL, and choose it on this node and all others of the package.',
	);
}
