import type { IdentityStore } from '../store';
import { ForwardingStore } from '../store/forwarding-store';
import { hearProgress } from './hear-progress';
import type { HostedStore, TaskListener } from './hosted-store';
import type { Outlet } from './task';
import { taskNamed, type TaskInput, type TaskName, type TaskOutput, type TaskPart } from './tasks';

/** A store whose tasks run in the calling thread: where the thread's file is not there, as for sources that run as they are. */
export class DirectStore extends ForwardingStore<IdentityStore> implements HostedStore {
	async run<Name extends TaskName>(name: Name, input: TaskInput<Name>, { part, progress }: TaskListener<TaskPart<Name>> = {}): Promise<TaskOutput<Name>> {
		return await hearProgress(progress, async (tell) => {
			const outlet: Outlet<TaskPart<Name>> = { hand: async (items) => await part?.(items), progress: tell };
			return (await taskNamed(name)(this.store, input, outlet)) as TaskOutput<Name>;
		});
	}
}
