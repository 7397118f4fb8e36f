import { openStore } from '../../lib/store';
import { ingestRecords } from './ingest-records';
import { overlappingRecords } from './overlapping-people';

/** Arguments: URL, schema, people, size of a page, part, parts. Takes every record whose turn it is, and prints a line after every page. */
async function main([url = '', schema = '', people, size, part, parts]: string[]): Promise<void> {
	const own = overlappingRecords(Number(people)).filter((_, index) => index % Number(parts) === Number(part));
	const store = await openStore({ url, schema });
	await ingestRecords(store, own, Number(size), () => process.stdout.write('page\n'));
	await store.close();
}

void main(process.argv.slice(2));
