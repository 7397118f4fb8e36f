import { setImmediate } from 'node:timers/promises';
import type { StoreWriter } from '../interface';
import type { CallKind, RunningCalls } from '../running-calls';
import type { Connection } from './connection';
import { openRooms } from './rooms';
import { toStoreError } from './sqlite-errors';
import { Transaction } from './transaction';

/** One call of `read` or `write`: what it did is kept when `work` resolves, and nothing of it otherwise. */
export async function transact<T>(
	connection: Connection,
	{ kind, location, calls, begin }: { kind: CallKind; location: string; calls: RunningCalls; begin: () => Promise<void> },
	work: (tx: StoreWriter) => Promise<T>,
): Promise<T> {
	const transaction = new Transaction(kind, location);
	try {
		await inStoreTerms(location, begin);
		const rooms = openRooms(connection, transaction);
		const result = await calls.run(kind, async () => await work(rooms));
		transaction.end();
		if (transaction.failure) throw transaction.failure.error;
		await inStoreTerms(location, () => connection.exec('COMMIT'));
		return result;
	} catch (error) {
		connection.rollback();
		throw error;
	} finally {
		transaction.end();
		// SQLite answers without a wait, so a loop of calls would keep timers and sockets waiting until its end.
		await setImmediate();
	}
}

async function inStoreTerms(location: string, operation: () => void | Promise<void>): Promise<void> {
	try {
		await operation();
	} catch (error) {
		throw toStoreError(error, location);
	}
}
