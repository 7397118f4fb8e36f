import fc from 'fast-check';
import { type Comparable, clusterRecords, contentOf, copiesKey, copyKeys, COPY_HOLDER, isCopiesKey, isTooCommon, judgePair, matchKeys, MOST_HOLDERS, toComparable, weighEdges } from '../../../lib/match';
import { groupBy } from '../../../lib/identity/assemble';
import { person, type PersonFields } from '../identity/given';
import { model } from './given';

const NOTHING_COMMON: ReadonlySet<string> = new Set();
const presets: PersonFields[] = [
	{ given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' },
	{ given: 'Bob', family: 'Hill', email: 'hill@acorn-mail.com', phone: '+1 212 642 8891' },
	{ given: 'Robert', family: 'Hill', email: 'hill@acorn-mail.com', born: '1950-02-03' },
	{ email: 'hill@acorn-mail.com' },
	{ email: 'info@acorn.com', phone: '+44 20 7946 0321' },
	{ given: 'Ann', family: 'Hill', phone: '+1 212 642 8891', street: '12 Mill Road', zip: '78704' },
];
const comparables = (chosen: readonly PersonFields[]): Comparable[] => chosen.map((fields, index) => toComparable(person(`crm:${index + 1}`, fields), index + 1, model));

function edgesAmong(records: readonly Comparable[]) {
	const evidence = records.flatMap((a, index) =>
		records.slice(index + 1).flatMap((b) => judgePair(a, b, model, NOTHING_COMMON).map((line) => ({ a: a.no, b: b.no, modelVersion: 1, at: '', ...line }))),
	);
	return weighEdges(evidence, 'match');
}

test('clusters are the same whether evidence names every copy of a record or one of them', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...presets), { minLength: 2, maxLength: 14 }), fc.infiniteStream(fc.nat(99)), (chosen, dice) => {
			const records = comparables(chosen);
			const all = edgesAmong(records);
			const groups = [...groupBy(records, contentOf).values()];
			// Any of the copies may stand for the others.
			const standing = groups.map((group) => group[(dice.next().value as number) % group.length] as Comparable);
			const isKept = ({ a, b }: { a: number; b: number }) => {
				const [x, y] = [a, b].map((no) => standing.some((one) => one.no === no));
				const copies = groups.some((group) => group.some(({ no }) => no === a) && group.some(({ no }) => no === b));
				return copies ? x || y : x && y;
			};
			const few = all.filter(isKept);
			expect(clusterRecords({ records, edges: few, decisions: [] }).clusters).toEqual(clusterRecords({ records, edges: all, decisions: [] }).clusters);
		}),
	);
});

test('what a record says is its content, not where it comes from', () => {
	const [one, other] = [person('crm:1', presets[1] ?? {}), person('billing:9', presets[1] ?? {})].map((record, index) => toComparable(record, index, model));
	const [third] = comparables([presets[2] ?? {}]);
	if (!one || !other || !third) throw new Error('three records were asked for');
	expect(contentOf(one)).toBe(contentOf(other));
	expect(contentOf(one)).not.toBe(contentOf(third));
	expect(isCopiesKey(copiesKey(one))).toBe(true);
	expect(matchKeys(one, model).filter(({ key }) => isCopiesKey(key))).toEqual([]);
});

test('a copy is found by its identifiers, and counts for none of them', () => {
	const [one] = comparables([presets[1] ?? {}]);
	if (!one) throw new Error('a record was asked for');
	const keys = copyKeys(one);
	expect(keys.map(({ key }) => key)).toEqual(['person|email:hill@acorn-mail.com', 'person|phone:+12126428891']);
	const names = ['ann|hill|', 'bob|wood|', 'carl|stone|'].map((who) => ({ who }));
	const copies = Array.from({ length: MOST_HOLDERS * 2 }, () => ({ who: keys[0]?.who ?? '' }));
	expect(keys.map(({ who }) => who)).toEqual([COPY_HOLDER, COPY_HOLDER]);
	expect([isTooCommon([...names, ...copies], 3), isTooCommon([...names, ...copies], 2)]).toEqual([false, true]);
});

test.each([
	{ title: 'as many nameless holders as a key may have', holders: MOST_HOLDERS, common: false },
	{ title: 'one more', holders: MOST_HOLDERS + 1, common: true },
])('$title', ({ holders, common }) => {
	expect(isTooCommon(Array.from({ length: holders }, () => ({ who: '' })), 10)).toBe(common);
});
