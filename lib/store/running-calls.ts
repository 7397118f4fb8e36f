import { AsyncLocalStorage } from 'node:async_hooks';

export type CallKind = 'read' | 'write';

interface Call {
	kind: CallKind;
	running: boolean;
	outer: Call | undefined;
}

/** Knows within which calls of `read` and `write` of one store the asking code runs, and refuses what would wait for itself. */
export class RunningCalls {
	readonly #calls = new AsyncLocalStorage<Call>();

	async run<T>(kind: CallKind, work: () => Promise<T>): Promise<T> {
		const call: Call = { kind, running: true, outer: this.#calls.getStore() };
		try {
			return await this.#calls.run(call, work);
		} finally {
			call.running = false;
		}
	}

	isInside(...kinds: CallKind[]): boolean {
		for (let call = this.#calls.getStore(); call; call = call.outer) {
			if (call.running && kinds.includes(call.kind)) return true;
		}
		return false;
	}

	/** How many running calls the asking code stands in. */
	get depth(): number {
		let depth = 0;
		for (let call = this.#calls.getStore(); call; call = call.outer) if (call.running) depth += 1;
		return depth;
	}

	/** @throws Error when the caller runs inside `write`. */
	refuseSecondWrite(): void {
		if (!this.isInside('write')) return;
		throw new Error('write() was called inside write() of the same identity store, which would wait for itself; use the tx of the outer one');
	}

	/** @throws Error when the caller runs inside `write`. */
	refuseCompacting(): void {
		if (!this.isInside('write')) return;
		throw new Error('compact() was called inside write() of the same identity store, which would wait for itself; call it after that ended');
	}

	/** @throws Error when the caller runs inside `read` or `write`: closing would wait for it. */
	refuseFromInside(): void {
		if (!this.isInside('read', 'write')) return;
		throw new Error('close() was called inside read() or write() of the same identity store, which would wait for itself; call it after they ended');
	}
}
