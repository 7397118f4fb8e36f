import type { IdentityStore } from '../store';

/** How far a task has come. */
export interface TaskProgress {
	step: string;
	done: number;
	/** Left out where nobody knows it beforehand. */
	total?: number;
}

/** What a task says while it runs. */
export interface Outlet<Part> {
	/** Hands a part of the result over and resolves when it was taken. What the receiver throws is thrown here, and ends the task. */
	hand(part: readonly Part[]): Promise<void>;
	/** Nobody waits for it. */
	progress(progress: TaskProgress): void;
}

/**
 * Work that is done where the store lives. `input` and output can be cloned into another thread. Long lists travel as JSON:
 * the input's as `items`, the output's handed over part by part.
 */
export type Task<Input, Output, Part = never> = (store: IdentityStore, input: Input, outlet: Outlet<Part>) => Promise<Output>;
