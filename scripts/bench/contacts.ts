import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { crmContacts } from '../accuracy/made/crm';

/** Rows made at one time; all of a million would not fit into memory. */
const LOT = 50_000;

/**
 * Contacts of five systems as CSV files, the same for the same seed: of 100 rows 39 are another row of somebody who has one already.
 * Returns the files and how many rows they have.
 */
export function writeContacts(folder: string, seed: number, size: number): { files: string[]; rows: number } {
	mkdirSync(folder, { recursive: true });
	const files = new Set<string>();
	let rows = 0;
	for (let lot = 0; lot * LOT < size; lot++) {
		const made = crmContacts(seed * 1000 + lot, Math.min(LOT, size - lot * LOT));
		for (const [system, own] of made.files) {
			const file = join(folder, `${system}.csv`);
			const [first] = own;
			if (!first) continue;
			const [idColumn = ''] = Object.keys(first);
			if (!files.has(file)) writeFileSync(file, stringify([Object.keys(first)]));
			files.add(file);
			appendFileSync(file, stringify(own.map((row) => Object.values({ ...row, [idColumn]: `${seed}.${lot}.${row[idColumn]}` }))));
			rows += own.length;
		}
	}
	return { files: [...files], rows };
}
