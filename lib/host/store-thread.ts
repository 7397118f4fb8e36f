import type { IdentityStore, StoreWriter } from '../store';
import { endedError } from '../store/misuse';
import type { Answer, Request, RoomName } from './messages';
import { packError, type SentError, unpackError } from './sent-error';
import type { Outlet } from './task';
import { taskNamed } from './tasks';

/** Thrown inside a transaction that its caller doesn't want to keep. */
class NotKept extends Error {}

/** Answers what the main thread asks of one store; runs in the store's thread. */
export class StoreThread {
	readonly #items = new Map<number, unknown[]>();
	readonly #handed = new Map<number, (error: SentError | undefined) => void>();
	readonly #running = new Set<Promise<void>>();
	readonly #transactions = new Map<number, { rooms: StoreWriter; end: (keep: boolean) => void }>();

	constructor(
		private readonly store: IdentityStore,
		private readonly answer: (answer: Answer) => void,
		private readonly closed: () => void,
	) {}

	receive(request: Request): void {
		switch (request.kind) {
			case 'items':
				this.#items.set(request.id, [...(this.#items.get(request.id) ?? []), ...(JSON.parse(request.json) as unknown[])]);
				return;
			case 'task':
				this.#settle(request.id, () => this.#perform(request));
				return;
			case 'taken':
				this.#handed.get(request.id)?.(request.error);
				return;
			case 'begin':
				this.#settle(request.id, () => this.#transact(request.id));
				return;
			case 'call':
				void this.#call(request);
				return;
			case 'end':
				this.#transactions.get(request.id)?.end(request.keep);
				return;
			case 'close':
				void this.#close();
		}
	}

	#settle(id: number, work: () => Promise<unknown>): void {
		const running = work()
			.then((value) => this.answer({ kind: 'done', id, value }))
			.catch((error: unknown) => this.answer({ kind: 'failed', id, error: packError(error) }))
			.finally(() => this.#running.delete(running));
		this.#running.add(running);
	}

	/** Waits for what is under way: a task would meet a closed store at its next transaction. */
	async #close(): Promise<void> {
		await Promise.all(this.#running);
		await this.store.close().finally(this.closed);
	}

	async #perform({ id, name, input, hasItems }: Extract<Request, { kind: 'task' }>): Promise<unknown> {
		const items = this.#items.get(id) ?? [];
		this.#items.delete(id);
		const whole = hasItems ? { ...(input as object), items } : input;
		return await taskNamed(name)(this.store, whole, this.#outlet(id));
	}

	#outlet(id: number): Outlet<unknown> {
		return {
			progress: (progress) => this.answer({ kind: 'progress', id, progress }),
			hand: async (part) => {
				const taken = new Promise<SentError | undefined>((resolve) => this.#handed.set(id, resolve));
				this.answer({ kind: 'part', id, json: JSON.stringify(part) });
				const error = await taken;
				this.#handed.delete(id);
				if (error) throw unpackError(error);
			},
		};
	}

	/** A transaction that stays open until the main thread ends it. */
	async #transact(id: number): Promise<void> {
		const notKept = new NotKept();
		try {
			await this.store.write(async (rooms) => {
				const ended = new Promise<boolean>((end) => this.#transactions.set(id, { rooms, end }));
				this.answer({ kind: 'begun', id });
				if (!(await ended)) throw notKept;
			});
		} catch (error) {
			if (error !== notKept) throw error;
		} finally {
			this.#transactions.delete(id);
		}
	}

	async #call({ id, call, room, method, values }: Extract<Request, { kind: 'call' }>): Promise<void> {
		try {
			const rooms = this.#transactions.get(id)?.rooms;
			if (!rooms) throw endedError('write');
			this.answer({ kind: 'returned', id, call, value: await methodOf(rooms, room, method)(...values) });
		} catch (error) {
			this.answer({ kind: 'threw', id, call, error: packError(error) });
		}
	}
}

function methodOf(rooms: StoreWriter, room: RoomName, method: string): (...values: unknown[]) => Promise<unknown> {
	const found: unknown = Reflect.get(rooms[room], method);
	if (typeof found !== 'function') throw new Error(`The identity store's ${room} has no operation "${method}"`);
	return (...values) => Reflect.apply(found, rooms[room], values) as Promise<unknown>;
}
