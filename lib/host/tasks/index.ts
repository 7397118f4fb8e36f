import type { Task } from '../task';
import { decide, previewDecision } from './decisions';
import { count, explain, questions, search } from './looks';
import { compact } from './upkeep';
import { applyNewModel, previewOfModel, putModel, train } from './model';
import { build, ingest, match } from './records';

/** Everything that can be asked of the thread in which a store lives, by name. */
export const TASKS = { match, build, ingest, train, previewModel: previewOfModel, applyModel: applyNewModel, putModel, decide, previewDecision, search, questions, explain, count, compact } as const;

/** Those that compute for long and hardly touch the store: each runs in a thread of its own, so that nobody has to wait for it. */
export const ASIDE: ReadonlySet<TaskName> = new Set<TaskName>(['train', 'previewModel']);

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[1];
export type TaskOutput<Name extends TaskName> = Tasks[Name] extends (...values: never[]) => Promise<infer Output> ? Output : never;
export type TaskPart<Name extends TaskName> = Tasks[Name] extends Task<never, unknown, infer Part> ? Part : never;

/** The task of this name, for a caller that knows the name only at run time. */
export function taskNamed(name: TaskName): Task<unknown, unknown, unknown> {
	return TASKS[name] as Task<never, unknown, unknown> as Task<unknown, unknown, unknown>;
}

export type { Change, Decided, DecideInput, Previewed } from './decisions';
export type { Explained } from './looks';
export type { ApplyModelInput, PreviewModelInput, PutModelInput, TrainInput } from './model';
export type { BuildInput, IngestInput, MatchInput } from './records';
