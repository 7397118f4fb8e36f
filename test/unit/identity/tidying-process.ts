import { tidyStore } from '../../../lib/identity';
import { openStore, type StoreTarget } from '../../../lib/store';

/** Tidies a store as if very long after; says so when it begins. Its words: where the store is, as JSON. */
async function main(target: string): Promise<void> {
	const store = await openStore(JSON.parse(target) as StoreTarget);
	process.stdout.write('tidying\n');
	await tidyStore(store, { now: () => Date.parse('2028-01-01T00:00:00.000Z') });
	await store.close();
}

void main(process.argv[2] ?? '');
