import { setImmediate } from 'node:timers/promises';
import type { INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { type IdentityStore, slices } from '../lib';

/** IDs that are looked up at a time: others on n8n's main thread have their turn in between. */
const PART = 500;

type PairedItems = IPairedItemData | IPairedItemData[];

/** Those that name this profile; `whole` where none does. */
export function pairedWith(indexes: readonly number[] | undefined, whole: PairedItems = { item: 0 }): PairedItems {
	const [only, ...others] = indexes ?? [];
	if (only === undefined) return whole;
	return others.length === 0 ? { item: only } : [only, ...others].map((item) => ({ item }));
}

/**
 * What a node that works for all items at once pairs each profile with: the items that carry its canonical ID, also one that it had before.
 * A profile of which no item says anything belongs to the run: it points to the first item and the last one, so that n8n refuses to take a value of "the"
 * item, where a single one would give it somebody else's.
 */
export async function profilePairs(store: IdentityStore, items: readonly INodeExecutionData[]): Promise<(canonicalId: string) => PairedItems> {
	const named = items.flatMap(({ json: { canonicalId } }, index) => (typeof canonicalId === 'string' && canonicalId !== '' ? [{ id: canonicalId, index }] : []));
	const indexes = await itemsByProfile(store, named);
	const whole = items.length < 2 ? { item: 0 } : [{ item: 0 }, { item: items.length - 1 }];
	return (canonicalId) => pairedWith(indexes.get(canonicalId), whole);
}

/** Places of the items by the canonical ID that the profile they name has now; one that was never issued stands for itself. Several items can mean one. */
export async function itemsByProfile(store: IdentityStore, named: readonly { id: string; index: number }[]): Promise<Map<string, number[]>> {
	const current = await currentIds(store, [...new Set(named.map(({ id }) => id))]);
	const indexes = new Map<string, number[]>();
	for (const { id, index } of named) {
		const now = current.get(id) ?? id;
		const known = indexes.get(now);
		if (known) known.push(index);
		else indexes.set(now, [index]);
	}
	return indexes;
}

async function currentIds(store: IdentityStore, ids: readonly string[]): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (const part of slices(ids, PART)) {
		for (const [id, current] of await store.read((tx) => tx.profiles.currentIds(part))) found.set(id, current);
		await setImmediate();
	}
	return found;
}
