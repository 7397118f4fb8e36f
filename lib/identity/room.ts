import { freemem, totalmem } from 'node:os';
import type { StoreReader } from '../store';

/** What matching all records of a store at once takes for each of them, of memory that nothing else can have meanwhile: CRM-like records, with keys and evidence. Bytes. */
const OF_A_RECORD = 1_000;
/** What it takes however few there are: the machine's own waste, and texts of records that are compared just now. Bytes. */
const FOR_ANY = 128 * 1024 * 1024;

/** Bytes that matching so many records at once takes. */
export function roomToMatch(records: number): number {
	return FOR_ANY + roomToHold(records);
}

/** Bytes of these that so many records take by themselves; of few it is nothing. */
export function roomToHold(records: number): number {
	return records * OF_A_RECORD;
}

/** How many records the store has, deleted ones aside. */
export async function countRecords(tx: StoreReader): Promise<number> {
	return (await tx.records.counts()).reduce((sum, { records }) => sum + records, 0);
}

/**
 * Bytes that this process may still take: of the machine, and of its container where one sets a limit. The kernel ends a process that takes more,
 * and n8n with it.
 */
export function freeRoom(): number {
	// What a Mac calls free leaves out most of what programs can have.
	const ofMachine = process.platform === 'darwin' ? totalmem() : freemem();
	const limit = process.constrainedMemory();
	// What a container holds of files that were read counts as taken there, and yet gives way.
	const ofContainer = limit > 0 ? limit - process.memoryUsage.rss() : Infinity;
	return Math.max(0, Math.min(ofMachine, ofContainer));
}
