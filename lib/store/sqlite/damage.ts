import { StoreError } from '../errors';
import { openReader } from './open-connection';
import { toStoreError } from './sqlite-errors';

/** Faults that are listed; a file with one often has thousands. */
const MOST = 20;

/**
 * What SQLite finds damaged in a store's file, a line a fault: pages that can't be read, and indexes that don't agree with their tables, which a reader
 * meets only on his way through just these. Reads the whole file. Empty where all is in order.
 * @throws StoreError when the file can't be read at all
 */
export function damageOf(file: string): string[] {
	try {
		const reader = openReader(file);
		try {
			const lines = reader.all<{ integrity_check: string }>(`PRAGMA integrity_check(${MOST})`).flatMap((row) => row.integrity_check.split('\n'));
			return lines.filter((line) => line !== 'ok' && !line.startsWith('*** in database'));
		} finally {
			reader.close();
		}
	} catch (error) {
		const fault = toStoreError(error, file);
		// Some damage ends the check instead of being listed by it.
		if (fault instanceof StoreError && fault.code === 'not_a_store') return [error instanceof Error ? error.message : String(error)];
		throw fault;
	}
}
