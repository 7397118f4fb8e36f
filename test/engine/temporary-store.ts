import { userFolder } from './user-folder';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { closeAllStores, type IdentityStore, openStore } from '../../lib/store';
import type { CredentialData } from './additional-data';

export interface TemporaryStore {
	file: string;
	/** Chosen on a node, it makes the node use this store. */
	credentials: CredentialData;
	/** Opens the same store beside the nodes, to look into it. */
	open(): Promise<IdentityStore>;
}

afterAll(closeAllStores);

/** A new, empty identity store in the folder of the tests. */
export function temporaryStore(): TemporaryStore {
	const file = join(mkdtempSync(join(userFolder, 'store-')), 'identity.sqlite');
	return { file, credentials: { customer360StoreApi: { file } }, open: () => openStore({ file }) };
}
