import type { Compacted, IdentityStore, StoreReader, StoreWriter } from '../store';
import { hearProgress } from './hear-progress';
import type { HostedStore, TaskListener } from './hosted-store';
import type { Outlet } from './task';
import { taskNamed, type TaskInput, type TaskName, type TaskOutput, type TaskPart } from './tasks';

/** A store whose tasks run in the calling thread: where the thread's file is not there, as for sources that run as they are. */
export class DirectStore implements HostedStore {
	constructor(private readonly store: IdentityStore) {}

	get kind(): IdentityStore['kind'] {
		return this.store.kind;
	}

	get location(): string {
		return this.store.location;
	}

	async run<Name extends TaskName>(name: Name, input: TaskInput<Name>, { part, progress }: TaskListener<TaskPart<Name>> = {}): Promise<TaskOutput<Name>> {
		return await hearProgress(progress, async (tell) => {
			const outlet: Outlet<TaskPart<Name>> = { hand: async (items) => await part?.(items), progress: tell };
			return (await taskNamed(name)(this.store, input, outlet)) as TaskOutput<Name>;
		});
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		return await this.store.write(work);
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		return await this.store.read(work);
	}

	async backup(to: string): Promise<void> {
		await this.store.backup(to);
	}

	async compact(): Promise<Compacted> {
		return await this.store.compact();
	}

	async close(): Promise<void> {
		await this.store.close();
	}
}
