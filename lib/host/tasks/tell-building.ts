import type { IdentityStore } from '../../store';
import type { Outlet } from '../task';

/** How long building goes on before it is worth a count of what is left. Milliseconds. */
const LONG = 3000;

/** Tells the outlet how many profiles are built; of how many, once it takes long. Called with each batch. */
export function tellBuilding(store: IdentityStore, outlet: Pick<Outlet<unknown>, 'progress'>): (built: readonly unknown[]) => Promise<void> {
	const started = Date.now();
	let done = 0;
	let total: number | undefined;
	return async (built) => {
		done += built.length;
		if (total === undefined && Date.now() - started > LONG) total = done + (await store.read((tx) => tx.profiles.counts())).waiting;
		outlet.progress({ step: 'building', done, ...(total !== undefined && { total }) });
	};
}
