import type { StoreWriter } from '../store';
import type { SentError } from './sent-error';
import type { TaskProgress } from './task';
import type { TaskName } from './tasks';

export type RoomName = keyof StoreWriter;

/** What the main thread asks. `id` names one task or transaction from its first message to its last. */
export type Request =
	/** More of the list that the task's `items` will be, as JSON. */
	| { kind: 'items'; id: number; json: string }
	| { kind: 'task'; id: number; name: TaskName; input: unknown; hasItems: boolean }
	/** The part of the result was taken, or the receiver threw. */
	| { kind: 'taken'; id: number; error?: SentError }
	| { kind: 'begin'; id: number }
	| { kind: 'call'; id: number; call: number; room: RoomName; method: string; values: unknown[] }
	| { kind: 'end'; id: number; keep: boolean }
	| { kind: 'close' };

/** What the store's thread answers. */
export type Answer =
	| { kind: 'opened' }
	| { kind: 'unopened'; error: SentError }
	| { kind: 'progress'; id: number; progress: TaskProgress }
	| { kind: 'part'; id: number; json: string }
	| { kind: 'begun'; id: number }
	| { kind: 'returned'; id: number; call: number; value: unknown }
	| { kind: 'threw'; id: number; call: number; error: SentError }
	| { kind: 'done'; id: number; value: unknown }
	| { kind: 'failed'; id: number; error: SentError };
