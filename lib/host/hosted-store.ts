import type { IdentityStore } from '../store';
import type { TaskProgress } from './task';
import type { TaskInput, TaskName, TaskOutput, TaskPart } from './tasks';

/** What the caller hears of a task while it runs. */
export interface TaskListener<Part> {
	/** The next part of the result is there; what this throws ends the task with that error. */
	part?: (part: readonly Part[]) => void | Promise<void>;
	/** How far the task is; what this throws is the task's error, once its work has come to its end and is kept. */
	progress?: (progress: TaskProgress) => void;
}

/** An identity store whose heavy work is done elsewhere: in a thread of its own, where there is one. */
export interface HostedStore extends IdentityStore {
	/** Does one of the named tasks where the store lives. @throws what the task throws; StoreError `interrupted` when the thread ended under it */
	run<Name extends TaskName>(name: Name, input: TaskInput<Name>, listener?: TaskListener<TaskPart<Name>>): Promise<TaskOutput<Name>>;
}
