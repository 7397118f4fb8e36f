import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject, INode, INodeCredentialTestResult } from 'n8n-workflow';
import { embeddedStorePath, type IdentityStore, openStore, StoreError } from '../lib';

/** What a node's context offers for reading a credential; the same in execute, poll and drop-downs. */
export interface CredentialContext {
	getNode(): INode;
	getCredentials(type: string): Promise<IDataObject>;
}

export const STORE_CREDENTIAL = 'customer360StoreApi';

/** The entry of a node's description: optional, since everything works without one. */
export const storeCredential = { name: STORE_CREDENTIAL, required: false };

/** One handle a file for the life of the process: opening is cheap then, and every node shares it. */
const handles = new Map<string, Promise<IdentityStore>>();

/** What n8n shows when someone tests the store's credential. */
export async function testStore(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		refuseQueueMode();
		const store = await handleFor(fileOf(credential.data));
		const { profiles } = await store.read((tx) => tx.profiles.counts());
		return { status: 'OK', message: `${store.location}: ${profiles.person} people, ${profiles.company} companies` };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}

/**
 * The identity store that the node's credential names; without one, the file in n8n's own user folder.
 * @throws StoreError when it can't be used, with what to do
 */
export async function storeFor(context: CredentialContext): Promise<IdentityStore> {
	const chosen = context.getNode().credentials?.[STORE_CREDENTIAL] ? await context.getCredentials(STORE_CREDENTIAL) : undefined;
	refuseQueueMode();
	return handleFor(fileOf(chosen));
}

function fileOf(credential: IDataObject | undefined): string {
	return typeof credential?.file === 'string' && credential.file.trim() !== '' ? credential.file.trim() : defaultStoreFile();
}

function handleFor(file: string): Promise<IdentityStore> {
	let handle = handles.get(file);
	if (!handle) {
		handle = openStore({ file });
		handles.set(file, handle);
		// A store that could not be opened is tried again by the next execution.
		handle.catch(() => handles.delete(file));
	}
	return handle;
}

/** `<n8n's folder>/customer360/identity.sqlite`. */
export function defaultStoreFile(): string {
	return embeddedStorePath(join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n'));
}

/** One file can't be shared by several workers: they would lock each other out, or sit on different disks and see different customers. */
function refuseQueueMode(): void {
	if (process.env.EXECUTIONS_MODE !== 'queue') return;
	throw new StoreError(
		'queue_mode',
		'n8n runs in queue mode (EXECUTIONS_MODE=queue), where several workers would share the embedded identity store. That loses data, so it is refused. Run n8n in regular mode; a PostgreSQL store for queue mode is not part of this version.',
	);
}
