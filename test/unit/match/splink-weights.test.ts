import fc from 'fast-check';
import type { Comparison, EntityMatching } from '../../../lib/domain';
import { scorePair, shareKey, shippedMatching, splinkColumns, toSplinkRow, toSplinkSettings, toSplinkTermFrequencies, type Comparable, type SplinkRow } from '../../../lib/match';
import { model } from './given';
import { blockedPairs, comparePairs, load, withDuckDb } from './splink-in-duckdb';
import { comparables, everyPair, records } from './splink-records';

const NOTHING: ReadonlySet<string> = new Set();
/** Half of the last of the six decimals to which each weight is rounded here. */
const ROUNDING = 0.5e-6 + 1e-9;

const probability = fc.double({ min: 1e-6, max: 1, noNaN: true });

/** The shipped levels with any probabilities, and with counted frequencies of some of the values that occur. */
function trained(entity: 'person' | 'company'): fc.Arbitrary<EntityMatching> {
	const shipped = shippedMatching()[entity];
	const columns = shipped.comparisons.filter(({ levels }) => levels.some(({ termFrequency }) => termFrequency)).map(({ column }) => column);
	const common = ['ann', 'anna', 'robert', 'maria', 'maria luisa', 'hill', 'garcia', 'smith', '1980-02-01', 'austin', 'berlin', 'acorn', 'northern lights bakery'];
	return fc.record({
		prior: fc.double({ min: 1e-7, max: 0.4, noNaN: true }),
		chances: fc.array(fc.tuple(probability, probability), { minLength: 120, maxLength: 120 }),
		counted: fc.array(fc.record({ floor: probability, values: fc.array(fc.tuple(fc.constantFrom(...common), probability)) }), { minLength: columns.length, maxLength: columns.length }),
		isCounted: fc.boolean(),
	}).map(({ prior, chances, counted, isCounted }) => {
		let next = 0;
		const comparisons = shipped.comparisons.map((comparison): Comparison => ({
			...comparison,
			levels: comparison.levels.map((level) => {
				const [m, u] = chances[next++ % chances.length] as [number, number];
				return { ...level, m, u };
			}),
		}));
		return { ...shipped, prior, comparisons, termFrequencies: isCounted ? columns.map((column, index) => ({ column, floor: 0.001, values: [], ...counted[index] })) : [] };
	});
}

/** Whether the two rows say the same in the columns whose frequency counts, so that both sides mean one value. */
function sameTerms(left: SplinkRow | undefined, right: SplinkRow | undefined, column: string): boolean {
	const name = column === 'address' ? 'city' : column;
	return left?.[name] === right?.[name];
}

test.each(['person', 'company'] as const)('the match weight of any two records of a %s, before reservations, is what Splink computes from the exported settings', async (entity) => {
	await withDuckDb(async (connection) => {
		await fc.assert(
			fc.asyncProperty(trained(entity), fc.array(records[entity], { minLength: 2, maxLength: 14 }), async (matching, given) => {
				const settings = toSplinkSettings(matching, entity);
				const columns = splinkColumns(settings);
				const all = comparables(entity, given);
				const rows = new Map(all.map((one) => [one.ref, toSplinkRow(one, columns)]));
				const pairs = everyPair(all);
				await load(connection, columns, [...rows.values()], toSplinkTermFrequencies(matching, [...rows.values()]));
				const theirs = await comparePairs(connection, settings, columns, pairs.map(([a, b]) => [a.ref, b.ref]));
				for (const [index, [a, b]] of pairs.entries()) {
					const ours = scorePair(a, b, { ...model, matching: { ...model.matching, [entity]: matching } }, NOTHING).comparisons.filter(({ comparison }) => comparison !== 'reservation');
					const compared = matching.comparisons.filter(({ comparison, column, levels }) => {
						const level = levels[theirs[index]?.levels[comparison] ?? -1];
						return !level?.termFrequency || sameTerms(rows.get(a.ref), rows.get(b.ref), column);
					});
					for (const { comparison } of compared) {
						const line = ours.find((one) => one.comparison === comparison);
						expect(Math.abs((line?.weight ?? 0) - (theirs[index]?.weights[comparison] ?? Number.NaN))).toBeLessThanOrEqual(ROUNDING);
					}
					if (compared.length < matching.comparisons.length) continue;
					const total = ours.reduce((sum, { weight }) => sum + weight, 0);
					expect(Math.abs(total - (theirs[index]?.matchWeight ?? Number.NaN))).toBeLessThanOrEqual(ours.length * ROUNDING);
				}
			}),
			{ numRuns: 6, interruptAfterTimeLimit: 10_000 },
		);
	});
});

test('a value that several spell in other ways has the frequency of its most frequent spelling', () => {
	const shipped = shippedMatching().person;
	const matching: EntityMatching = { ...shipped, termFrequencies: [{ column: 'given_name', floor: 0.001, values: [['ann', 0.05], ['maria', 0.02]] }] };
	const all = comparables('person', [{ given_name: ['Ann'] }, { given_name: ['Ann', 'Zita'] }, { given_name: ['Zita'] }, { family_name: ['Hill'] }]);
	const columns = splinkColumns(toSplinkSettings(matching, 'person'));
	const frequencies = toSplinkTermFrequencies(matching, all.map((one) => toSplinkRow(one, columns)));
	expect(frequencies.find(({ column }) => column === 'given_name')?.rows).toEqual([
		{ given_name: 'ann', tf_given_name: 0.05 },
		{ given_name: 'ann|zita', tf_given_name: 0.05 },
		{ given_name: 'zita', tf_given_name: 0.001 },
	]);
	// Nothing was counted in this column: Splink gets an empty table and adjusts nothing.
	expect(frequencies.find(({ column }) => column === 'family_name')?.rows).toEqual([]);
});

test.each(['person', 'company'] as const)('the exported blocking rules propose the pairs of a %s that the engine compares', async (entity) => {
	const matching = shippedMatching()[entity];
	const settings = toSplinkSettings(matching, entity);
	const columns = splinkColumns(settings);
	const common = new Set([`${entity}|phone:+12126428891`, `${entity}|email:info@example.com`, `${entity}|~birth_date:1980-01-02`, `${entity}|~name:acorn`]);
	await withDuckDb(async (connection) => {
		await fc.assert(
			fc.asyncProperty(fc.array(records[entity], { minLength: 2, maxLength: 20 }), fc.constantFrom(NOTHING, common), async (given, generic) => {
				const all = comparables(entity, given);
				await load(connection, columns, all.map((one) => toSplinkRow(one, columns, generic)), []);
				const proposed = (a: Comparable, b: Comparable) => shareKey(a, b, { matching: { ...model.matching, [entity]: matching } }, generic);
				expect([...await blockedPairs(connection, settings)].sort()).toEqual(everyPair(all).filter(([a, b]) => proposed(a, b)).map(([a, b]) => `${a.ref} ${b.ref}`).sort());
			}),
			{ numRuns: 10 },
		);
	});
});

test('a value that is too common is no evidence in the rows either', () => {
	const [one] = comparables('person', [{ phone: ['+12126428891', '+442071838750'], email: ['ann@example.com'] }]);
	const columns = splinkColumns(toSplinkSettings(shippedMatching().person, 'person'));
	const row = toSplinkRow(one as Comparable, columns, new Set(['person|phone:+12126428891', 'person|email:ann@example.com']));
	expect(row).toMatchObject({ phone: '+442071838750', email: null, blocking_identifier: ['phone:+442071838750'] });
});
