import type { StoreWriter } from '../store';
import { endedError } from '../store/misuse';
import type { RoomName } from './messages';

/** A transaction that another thread holds open. */
export interface RemoteTransaction {
	call: (room: RoomName, method: string, values: unknown[]) => Promise<unknown>;
	/** Resolves when it was committed, or rolled back. */
	end: (keep: boolean) => Promise<void>;
}

const ROOMS: Record<RoomName, true> = {
	records: true, keys: true, evidence: true, decisions: true, profiles: true, promises: true, departures: true, events: true, reviews: true, cursors: true, ledger: true, rejections: true, models: true, texts: true,
};

/** The rooms of a store as they stand in another thread: each operation is a message there and one back. */
export function remoteRooms(transaction: RemoteTransaction): { rooms: StoreWriter; end: () => void } {
	let isOver = false;
	const room = (name: RoomName) =>
		new Proxy(
			{},
			{
				get: (_, method) => async (...values: unknown[]) => {
					if (isOver) throw endedError('write');
					return await transaction.call(name, String(method), values);
				},
			},
		);
	const rooms = Object.fromEntries(Object.keys(ROOMS).map((name) => [name, room(name as RoomName)])) as unknown as StoreWriter;
	return { rooms, end: () => (isOver = true) };
}
