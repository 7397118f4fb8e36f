import type { WithBreaks } from './breaks';
import type { Comparable } from './comparable';
import type { Pattern } from './expectation-maximisation';
import { contradiction } from './guards';
import { BLOCKING_LIMIT } from './keys';
import { viewPair } from './pair-view';
import { blocksOf } from './pick-blocking';
import { placeOf, type Scorer } from './scoring';

const RANDOM_PAIRS = 150_000;
/** Of few records fewer pairs say as much. */
const PAIRS_A_RECORD = 60;
const SESSION_PAIRS = 60_000;
/** Random pairs between two breaks. */
const AT_A_TIME = 10_000;

/** Pairs of strangers, nearly all of them: drawn at random, counted by the levels that they are at. */
export function* randomPatterns(records: readonly Comparable[], scorer: Scorer, generic: ReadonlySet<string>, random: () => number): WithBreaks<Pattern[]> {
	const collected = new Patterns(scorer, generic);
	for (let drawn = 0; drawn < Math.min(RANDOM_PAIRS, records.length * PAIRS_A_RECORD); drawn += 1) {
		const [x, y] = [Math.floor(random() * records.length), Math.floor(random() * records.length)];
		const [a, b] = [records[x], records[y]];
		if (x !== y && a && b) collected.add(a, b);
		if (drawn % AT_A_TIME === AT_A_TIME - 1) yield;
	}
	return collected.list();
}

/** Pairs that a blocking rule brings together, at most some tens of thousands, counted by the levels that they are at. */
export function blockPatterns(records: readonly Comparable[], rule: { values(record: Comparable): Iterable<string> }, scorer: Scorer, generic: ReadonlySet<string>, random: () => number): Pattern[] {
	const blocks = [...blocksOf(records, rule).values()].filter(({ length }) => length > 1 && length <= BLOCKING_LIMIT);
	const pairs = blocks.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
	const share = Math.min(SESSION_PAIRS / Math.max(pairs, 1), 1);
	const collected = new Patterns(scorer, generic);
	for (const block of blocks) {
		for (const [a, b] of pairsOf(block, Infinity, random)) {
			// A household isn't a person written in many ways: who clearly bear two names are strangers, whatever they share.
			if ((share >= 1 || random() < share) && !contradiction(a, b)) collected.add(a, b);
		}
	}
	return collected.list();
}

/** Every pair of a block, or so many drawn at random (some of them twice) where there are more. */
export function* pairsOf(block: readonly Comparable[], most: number, random: () => number): Generator<[Comparable, Comparable]> {
	const count = block.length;
	if ((count * (count - 1)) / 2 <= most) {
		for (const [index, a] of block.entries()) for (const b of block.slice(index + 1)) yield [a, b];
		return;
	}
	for (let drawn = 0; drawn < most; drawn += 1) {
		const first = Math.floor(random() * count);
		const second = (first + 1 + Math.floor(random() * (count - 1))) % count;
		const [a, b] = [block[Math.min(first, second)], block[Math.max(first, second)]];
		if (a && b) yield [a, b];
	}
}

/** Counts pairs by the levels that they are at. */
class Patterns {
	private readonly byName = new Map<string, { levels: number[]; count: number }>();

	constructor(
		private readonly scorer: Scorer,
		private readonly generic: ReadonlySet<string>,
	) {}

	add(a: Comparable, b: Comparable): void {
		const pair = viewPair(a, b, this.generic);
		const levels = this.scorer.compiled.map(({ comparison, tests }) => placeOf(pair, comparison, tests).index);
		const name = levels.join(',');
		const known = this.byName.get(name);
		if (known) known.count += 1;
		else this.byName.set(name, { levels, count: 1 });
	}

	list(): Pattern[] {
		return [...this.byName].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, pattern]) => pattern);
	}
}
