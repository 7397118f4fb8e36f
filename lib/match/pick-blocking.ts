import type { Entity } from '../domain';
import { type BlockingRule, BLOCKING_RULES } from './blocking';
import type { WithBreaks } from './breaks';
import type { Comparable } from './comparable';
import { BLOCKING_LIMIT } from './keys';

/** Candidate pairs that a record of a large store may cost, all rules together. More of them found nobody else among 100,000 contacts, and took twice as long. */
const PAIRS_A_RECORD = 6;
/** So many pairs take a second or two, however few records there are. */
const PAIRS_FOR_FREE = 300_000;

/**
 * The blocking rules that fit into a budget of candidate pairs, counted before any pair is made; the cheaper and the more telling come first.
 * @param oneOf each record stands for so many of the store: there are as many times more holders of a value, and pairs a record
 */
export function* pickBlocking(records: readonly Comparable[], entity: Entity, oneOf = 1): WithBreaks<string[]> {
	let left = records.length * oneOf * PAIRS_A_RECORD + PAIRS_FOR_FREE;
	const picked: string[] = [];
	for (const rule of BLOCKING_RULES.filter((one) => one.entity === entity)) {
		const pairs = countPairs(blocksOf(records, rule), oneOf);
		yield;
		if (pairs > left) continue;
		left -= pairs;
		picked.push(rule.name);
	}
	return picked;
}

/** Records by the rule's value; each record once under a value. */
export function blocksOf(records: readonly Comparable[], rule: Pick<BlockingRule, 'values'>): Map<string, Comparable[]> {
	const blocks = new Map<string, Comparable[]>();
	for (const record of records) {
		for (const value of new Set(rule.values(record))) {
			const block = blocks.get(value);
			if (block) block.push(record);
			else blocks.set(value, [record]);
		}
	}
	return blocks;
}

/** Pairs in the whole store: of two who share a value one sample holds both as rarely as it holds any pair. */
function countPairs(blocks: ReadonlyMap<string, readonly Comparable[]>, oneOf: number): number {
	let pairs = 0;
	for (const { length } of blocks.values()) if (length * oneOf <= BLOCKING_LIMIT) pairs += ((length * (length - 1)) / 2) * oneOf * oneOf;
	return pairs;
}
