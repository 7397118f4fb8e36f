import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, openStore, type IdentityStore } from '../../lib/store';
import { temporarySchemas } from '../postgres/schemas';

interface StoreKind {
	name: string;
	/** Gives a function that opens a new, empty store; what it made is gone after the test. Called once in a describe block. */
	temporary: () => () => Promise<IdentityStore>;
}

/** Every implementation of the store's interface; each goes through the same tests. */
const kinds: StoreKind[] = [
	{
		name: 'embedded store',
		temporary: () => {
			const newFolder = temporaryFolders();
			return async () => await openStore({ file: join(newFolder(), 'identity.sqlite') });
		},
	},
	{
		name: 'PostgreSQL',
		temporary: () => {
			const newSchema = temporarySchemas();
			return async () => await openStore(await newSchema());
		},
	},
];

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
	describe.each(kinds)(`${title} ($name)`, ({ temporary }) => tests(temporary()));
}
