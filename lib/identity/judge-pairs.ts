import type { Evidence, IdentityModel, RecordNo, VersionedModel } from '../domain';
import { type Comparable, judgePair, judgeProposed, matchKeys } from '../match';
import type { StoreReader } from '../store';
import type { PairsToJudge } from './pairs-to-judge';
import type { RecordCache } from './record-cache';

/** What the records of these pairs are compared by; of those that are known already it is not read again. */
export async function comparablesIn(
	tx: StoreReader,
	{ proposed, again, copies }: PairsToJudge,
	known: ReadonlyMap<RecordNo, Comparable>,
	model: IdentityModel,
	cache: RecordCache,
): Promise<Map<RecordNo, Comparable>> {
	const nos = new Set([...proposed.flat(), ...again.flat(), ...copies.map(({ first }) => first)]);
	const missing = [...nos].filter((no) => !known.has(no));
	return new Map([...known, ...(await cache.read(tx, missing, model))]);
}

/**
 * The evidence that the rules find, of the proposed pairs first.
 * @param generic which keys of the records that propose pairs are too common
 */
export async function judgePairs(
	tx: StoreReader,
	{ proposed, again, copies }: PairsToJudge,
	views: ReadonlyMap<RecordNo, Comparable>,
	generic: ReadonlySet<string>,
	{ model, version }: VersionedModel,
	at: string,
): Promise<Evidence[]> {
	const stamp = { modelVersion: version, at };
	const found: Evidence[] = [];
	const judge = (list: readonly (readonly [RecordNo, RecordNo])[], how: typeof judgePair, tooCommon: ReadonlySet<string>) => {
		for (const [a, b] of list) {
			const [left, right] = [views.get(a), views.get(b)];
			if (left && right) for (const judgement of how(left, right, model, tooCommon)) found.push({ a, b, ...judgement, ...stamp });
		}
	};
	judge(proposed, judgeProposed, generic);
	const others = new Set([...again.flat(), ...copies.map(({ first }) => first)]);
	const genericOfOthers = await tx.keys.generic([...new Set([...others].flatMap((no) => namesOf(views.get(no), model)))]);
	judge(again, judgePair, genericOfOthers);
	for (const { first, copies: rest } of copies) {
		const one = views.get(first);
		if (!one) continue;
		const judgements = judgePair(one, { ...one, ref: `${one.ref}\n` }, model, genericOfOthers);
		for (const copy of rest) {
			const [a, b] = [Math.min(first, copy), Math.max(first, copy)];
			for (const judgement of judgements) found.push({ a, b, ...judgement, ...stamp });
		}
	}
	return found;
}

function namesOf(record: Comparable | undefined, model: IdentityModel): string[] {
	return record ? matchKeys(record, model).map(({ key }) => key) : [];
}
