import { writeSync } from 'node:fs';
import { openStore, type StoreWriter } from '../../../lib/store';
import { AT, person } from '../samples';

/**
 * A process that writes batches of records to a store and says so, a line each, after each commit.
 * Arguments: the file, a name for its records, how many batches, and how many records a batch has.
 */
async function main(file: string, name: string, batches: number, size: number): Promise<void> {
	const store = await openStore({ file });
	for (let batch = 0; batch < batches; batch++) {
		await store.write(async (tx) => await writeBatch(tx, `${name}-${batch}`, size));
		writeSync(1, `${name}-${batch}\n`);
	}
	await store.close();
}

async function writeBatch(tx: StoreWriter, batch: string, size: number): Promise<void> {
	const records = Array.from({ length: size }, (_, i) => person(`${batch}-${i}`));
	const results = await tx.records.put(records, AT);
	await tx.keys.replace(results.map(({ no }) => ({ no, keys: [{ key: `batch:${batch}`, who: '' }] })), new Map());
	const [profileNo = 0] = await tx.profiles.create([{ canonicalId: `c-${batch}`, entity: 'person', at: AT }]);
	await tx.records.assign(results.map(({ no }) => ({ no, profileNo })));
	await tx.events.append([{ type: 'profile.created', canonicalId: `c-${batch}`, entity: 'person', at: AT, data: {} }]);
	await tx.cursors.set('batches', Number((await tx.cursors.get('batches')) ?? 0) + 1, AT);
}

const [file = '', name = '', batches = '', size = ''] = process.argv.slice(2);
main(file, name, Number(batches), Number(size)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
