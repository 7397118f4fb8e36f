import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, openStore, type IdentityStore } from '../../lib/store';

interface StoreKind {
	name: string;
	/** Opens a new, empty store. */
	open: (folder: string) => Promise<IdentityStore>;
}

/** Every implementation of the store's interface; each goes through the same tests. */
const kinds: StoreKind[] = [{ name: 'embedded store', open: async (folder) => await openStore({ file: join(folder, 'identity.sqlite') }) }];

/** A folder of its own for each test, gone afterwards; call it once in a describe block. */
export function temporaryFolders(): () => string {
	const folders: string[] = [];
	afterEach(async () => {
		await closeAllStores();
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	});
	return () => {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-store-'));
		folders.push(folder);
		return folder;
	};
}

/** Runs `tests` against every kind of store; `newStore` opens an empty one. */
export function describeStore(title: string, tests: (newStore: () => Promise<IdentityStore>) => void): void {
	describe.each(kinds)(`${title} ($name)`, ({ open }) => {
		const newFolder = temporaryFolders();
		tests(async () => await open(newFolder()));
	});
}
