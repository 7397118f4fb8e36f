import fc from 'fast-check';
import { AccuracyCount } from '../../../lib/match';

interface Row {
	who: string;
	cluster: string | undefined;
}

const rows = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c', '["a"'), cluster: fc.constantFrom('x', 'y', 'z', undefined) }), { minLength: 1, maxLength: 20 });

/** B-cubed by its definition: for each record, the share of its cluster that is the same person, and the share of the person that is in its cluster. */
function bCubedByDefinition(list: readonly Row[]): { precision: number; recall: number } {
	let [precision, recall] = [0, 0];
	for (const [index, row] of list.entries()) {
		const together = (other: Row, at: number) => at === index || (row.cluster !== undefined && other.cluster === row.cluster);
		const cluster = list.filter(together);
		const person = list.filter(({ who }) => who === row.who);
		const both = list.filter((other, at) => together(other, at) && other.who === row.who);
		precision += both.length / cluster.length;
		recall += both.length / person.length;
	}
	return { precision: precision / list.length, recall: recall / list.length };
}

test('B-cubed from group sizes is B-cubed record by record, also for records without a cluster', () => {
	fc.assert(
		fc.property(rows, (list) => {
			const count = new AccuracyCount();
			for (const { who, cluster } of list) count.add(who, cluster);
			const { bCubed } = count.figures();
			const expected = bCubedByDefinition(list);
			expect(bCubed.precision).toBeCloseTo(expected.precision);
			expect(bCubed.recall).toBeCloseTo(expected.recall);
		}),
	);
});
