import { userFolder } from './user-folder';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type HostedStore, type MatchResult, openThreadedStore, type SourceRecord } from '../../lib';
import { nodeBinary } from '../n8n/install';

export type Threaded = Awaited<ReturnType<typeof openThreadedStore>>;

export const SYSTEMS = ['shop'];

const root = resolve(__dirname, '..', '..');
/** A copy of the built library, so that a build beside the tests doesn't take it away. */
const library = join(userFolder, 'lib');
/** For programs that require it. */
export const libraryFile = join(library, 'index.js');
export const threadFile = join(library, 'identity.worker.js');

export const newFile = () => join(mkdtempSync(join(userFolder, 'thread-')), 'identity.sqlite');

/** Builds the library for the tests of a file, and gives what opens a store with a thread until the test ends. Called once in a file. */
export function threadedStores(): (file?: string, script?: string) => Promise<Threaded> {
	const open: Threaded[] = [];
	beforeAll(async () => {
		await promisify(execFile)(nodeBinary(), [join(root, 'scripts', 'build.mjs'), '--once'], { cwd: root });
		cpSync(join(root, 'dist', 'lib'), library, { recursive: true });
	}, 120_000);
	afterEach(async () => {
		for (const store of open.splice(0)) await store.close();
	});
	return async (file = newFile(), script = threadFile) => {
		const store = await openThreadedStore({ file }, script);
		open.push(store);
		return store;
	};
}

/** Two of each three are one person, by their email. */
export function buyers(count: number): SourceRecord[] {
	return Array.from({ length: count }, (_, index) => ({
		system: 'shop',
		object: 'buyer',
		sourceId: String(index),
		version: '1',
		updatedAt: '2026-03-01T10:00:00.000Z',
		kind: 'person',
		attributes: { given_name: [{ raw: 'Ann', value: 'Ann', valid: true }], family_name: [{ raw: `Hill${index % 100}`, value: `Hill${index % 100}`, valid: true }] },
		identifiers: [{ kind: 'email', value: `box${index - (index % 3 === 1 ? 1 : 0)}@larkmill.com` }],
		consent: [],
		links: [],
	}));
}

export async function matchAll(store: HostedStore, items: SourceRecord[]): Promise<MatchResult[]> {
	const results: MatchResult[] = [];
	await store.run('match', { items, systems: SYSTEMS, now: Date.now() }, { part: (part) => void results.push(...part) });
	return results;
}

export const lastCursor = async (store: Threaded) => store.read((tx) => tx.cursors.get('test'));
