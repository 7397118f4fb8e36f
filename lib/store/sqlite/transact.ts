import type { StoreWriter } from '../interface';
import type { CallKind, RunningCalls } from '../running-calls';
import type { Connection } from './connection';
import { openRooms } from './rooms';
import { toStoreError } from './sqlite-errors';
import { Transaction } from './transaction';
import { giveTurn } from './turn';

/**
 * One call of `read` or `write`: what it did is kept when `work` resolves, and nothing of it otherwise.
 * @param begin begins the transaction; fails with what is meant for people
 */
export async function transact<T>(
	connection: Connection,
	{ kind, location, calls, begin }: { kind: CallKind; location: string; calls: RunningCalls; begin: () => Promise<void> },
	work: (tx: StoreWriter) => Promise<T>,
): Promise<T> {
	const transaction = new Transaction(kind, location);
	try {
		await begin();
		const rooms = openRooms(connection, transaction);
		const result = await calls.run(kind, () => work(rooms));
		transaction.end();
		if (transaction.failure) throw transaction.failure.error;
		commit(connection, location);
		return result;
	} catch (error) {
		connection.rollback();
		throw error;
	} finally {
		transaction.end();
		await giveTurn();
	}
}

function commit(connection: Connection, location: string): void {
	try {
		connection.commit();
	} catch (error) {
		throw toStoreError(error, location);
	}
}
