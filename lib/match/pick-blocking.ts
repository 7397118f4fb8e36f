import type { Entity } from '../domain';
import { type BlockingRule, BLOCKING_RULES } from './blocking';
import type { WithBreaks } from './breaks';
import type { Comparable } from './comparable';
import { BLOCKING_LIMIT } from './keys';

/** Candidate pairs that a record may cost, all rules together. */
const PAIRS_A_RECORD = 25;
/** So many pairs are compared in no time, however few records there are. */
const PAIRS_FOR_FREE = 100_000;

/** The blocking rules that fit into a budget of candidate pairs, counted before any pair is made; the cheaper and the more telling come first. */
export function* pickBlocking(records: readonly Comparable[], entity: Entity): WithBreaks<string[]> {
	let left = records.length * PAIRS_A_RECORD + PAIRS_FOR_FREE;
	const picked: string[] = [];
	for (const rule of BLOCKING_RULES.filter((one) => one.entity === entity)) {
		const pairs = countPairs(blocksOf(records, rule));
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

function countPairs(blocks: ReadonlyMap<string, readonly Comparable[]>): number {
	let pairs = 0;
	for (const { length } of blocks.values()) if (length <= BLOCKING_LIMIT) pairs += (length * (length - 1)) / 2;
	return pairs;
}
