import type { IdentityModel, RecordNo } from '../domain';
import { COPY_HOLDER, isBlockingKey, isCopiesKey, isTooCommon, keyLimit } from '../match';
import type { KeyHolder, RecordKey, StoreWriter } from '../store';
import type { Regrouped } from './copy-groups';
import type { RecordCache } from './record-cache';

export interface ChangedKeys {
	/** Holders as they now are, of the keys that may propose a pair or whose mark may change. */
	holders: ReadonlyMap<string, readonly KeyHolder[]>;
	/** Which of the keys of the entries, before and now, are too common. */
	generic: ReadonlySet<string>;
	becameGeneric: readonly string[];
	becameUseful: readonly string[];
	/** Records that had keys before; others have no evidence. */
	known: readonly RecordNo[];
}

/** Stores keys, and marks those that became too common or ceased to be. */
export async function changeKeys(tx: StoreWriter, { entries, before: former }: Regrouped, model: IdentityModel, cache: RecordCache): Promise<ChangedKeys> {
	const { affected, lost, claimed, joining } = movesOf(entries, former);
	const wasGeneric = await tx.keys.generic([...affected]);
	// Of a blocking value that was too common and lost nobody it is clear without a look at its holders, who may be very many;
	// and so it is of a value that only copies came to hold, who don't count.
	const open = [...affected].filter((key) => lost.has(key) || (claimed.has(key) && !(wasGeneric.has(key) && isBlockingKey(key))));
	const before = await tx.keys.holders(open);
	const changing = new Set(entries.map(({ no }) => no));
	const holders = new Map<string, KeyHolder[]>();
	const generic = new Set(wasGeneric);
	const [becameGeneric, becameUseful]: [string[], string[]] = [[], []];
	for (const key of open) {
		const list = (before.get(key) ?? []).filter(({ no }) => !changing.has(no));
		for (const holder of joining.get(key) ?? []) list.push(holder);
		holders.set(key, list);
		const common = isTooCommon(list, keyLimit(key, model));
		if (common === wasGeneric.has(key)) continue;
		(common ? becameGeneric : becameUseful).push(key);
		if (common) generic.add(key);
		else generic.delete(key);
	}
	await tx.keys.replace(entries.map((entry) => ({ ...entry, forms: cache.formsOf(entry.no) })), former);
	await tx.keys.markGeneric(becameGeneric, true);
	await tx.keys.markGeneric(becameUseful, false);
	const known = [...former].flatMap(([no, keys]) => (keys.length > 0 ? [no] : []));
	return { holders, generic, becameGeneric, becameUseful, known };
}

/** Holders that stand for themselves or for their copies. */
export function countingHolders(holders: readonly KeyHolder[] | undefined): RecordNo[] {
	return (holders ?? []).filter(({ who }) => who !== COPY_HOLDER).map(({ no }) => no);
}

interface Moves {
	/** Keys that somebody held before or holds now. */
	affected: Set<string>;
	/** Those that somebody holds no longer, or as somebody else. */
	lost: Set<string>;
	/** Those that somebody holds now who counts. */
	claimed: Set<string>;
	/** Who holds each now. */
	joining: Map<string, KeyHolder[]>;
}

function movesOf(entries: Regrouped['entries'], former: ReadonlyMap<RecordNo, readonly RecordKey[]>): Moves {
	const [affected, lost, claimed] = [new Set<string>(), new Set<string>(), new Set<string>()];
	const joining = new Map<string, KeyHolder[]>();
	for (const { no, keys } of entries) {
		const had = former.get(no) ?? [];
		const now = new Map(had.length === 0 ? [] : keys.map(({ key, who }) => [key, who]));
		for (const { key, who } of had) {
			if (isCopiesKey(key)) continue;
			affected.add(key);
			if (now.get(key) !== who) lost.add(key);
		}
		for (const { key, who } of keys) {
			if (isCopiesKey(key)) continue;
			affected.add(key);
			if (who !== COPY_HOLDER) claimed.add(key);
			const holders = joining.get(key);
			if (holders) holders.push({ no, who });
			else joining.set(key, [{ no, who }]);
		}
	}
	return { affected, lost, claimed, joining };
}
