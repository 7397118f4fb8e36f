import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, type StoreTarget } from '../../lib';
import { temporarySchemas } from '../postgres/schemas';

interface StoreKind {
	name: string;
	/** Gives a function that names a new, empty store; what stands there is gone after the test. Called once in a describe block. */
	temporary: () => () => Promise<StoreTarget>;
}

/** Every kind of store, for tests in which several processes open one. */
export const STORE_KINDS: readonly StoreKind[] = [
	{ name: 'embedded store', temporary: temporaryFiles },
	{ name: 'PostgreSQL', temporary: temporarySchemas },
];

function temporaryFiles(): () => Promise<StoreTarget> {
	const folders: string[] = [];
	afterEach(async () => {
		await closeAllStores();
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	});
	return async () => {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-kind-'));
		folders.push(folder);
		return { file: join(folder, 'identity.sqlite') };
	};
}
