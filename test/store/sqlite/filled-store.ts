import type { NewChangeEvent } from '../../../lib/domain';
import type { IdentityStore } from '../../../lib/store';
import { AT } from '../samples';

function events(count: number): NewChangeEvent[] {
	const data = { attributes: ['a name of an attribute that is rather long'.repeat(5)] };
	return Array.from({ length: count }, () => ({ type: 'profile.changed', canonicalId: 'per_1', entity: 'person', at: AT, data }));
}

/** Appends events until the store refuses; returns how many were kept, and the refusal. */
export async function fill(store: IdentityStore, most = 100_000): Promise<{ kept: number; error: unknown }> {
	for (let kept = 0; kept < most; kept += 100) {
		try {
			await store.write(async (tx) => await tx.events.append(events(100)));
		} catch (error) {
			return { kept, error };
		}
	}
	return { kept: most, error: undefined };
}

export async function storedEvents(store: IdentityStore): Promise<number> {
	return await store.read(async (tx) => (await tx.events.since(0, [], 1_000_000)).length);
}
