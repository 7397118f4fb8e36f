import { StoreShare } from '../store/shared-store';
import type { HostedStore, TaskListener } from './hosted-store';
import type { TaskInput, TaskName, TaskOutput, TaskPart } from './tasks';
import type { ThreadedStore } from './threaded-store';

/** One holder's share in a store with a thread. */
export class HostedShare extends StoreShare<ThreadedStore> implements HostedStore {
	async run<Name extends TaskName>(name: Name, input: TaskInput<Name>, listener?: TaskListener<TaskPart<Name>>): Promise<TaskOutput<Name>> {
		return await this.store.run(name, input, listener);
	}

	/** Of the thread that works on the store now. */
	async threadId(): Promise<number> {
		return await this.store.threadId();
	}
}
