import fc from 'fast-check';
import { LEAST_RECORDS, shippedMatching, trainMatching, trainMatchingInTurns, type Comparable } from '../../../lib/match';
import { seededRandom } from '../../../lib/match/random';
import { people } from './given';

/** So many people, a third of them twice with a slip. */
function town(count: number): Comparable[] {
	const random = seededRandom(7);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
	const syllables = ['ka', 'ro', 'mi', 'tel', 'va', 'son', 'bri', 'lud', 'fen', 'gar', 'os', 'pel'];
	const word = () => pick(syllables) + pick(syllables) + pick(syllables);
	const [givens, families] = [Array.from({ length: 60 }, word), Array.from({ length: 300 }, word)];
	const fields = Array.from({ length: count }, () => {
		const born = `${1940 + Math.floor(random() * 60)}-0${1 + Math.floor(random() * 9)}-${10 + Math.floor(random() * 18)}`;
		return { given: pick(givens), family: pick(families), born, street: `${Math.floor(random() * 90)} ${pick(families)} street`, zip: `${10_000 + Math.floor(random() * 400)}` };
	});
	const again = fields.filter((_, index) => index % 3 === 0).map((one, index) => (index % 4 === 0 ? { ...one, family: `${one.family}e` } : one));
	return people(...fields, ...again).map((one) => ({ ...one, identifiers: [] }));
}

describe('a trained model', () => {
	const records = town(600);
	const trained = trainMatching(records, { seed: 1 });

	it('does not depend on the order of the records', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
				expect(trainMatching(shuffled, { seed: 1 })).toEqual(trained);
			}),
			{ numRuns: 1 },
		);
	});

	it('has learned how common names are, and keeps what the data says nothing about', () => {
		const { person, company } = trained;
		const shipped = shippedMatching();
		expect(company).toEqual(shipped.company);
		expect(person.termFrequencies.map(({ column }) => column)).toEqual(['given_name', 'family_name', 'birth_date']);
		const levelsOf = (model: typeof person, name: string) => model.comparisons.find(({ comparison }) => comparison === name)?.levels.map(({ m, u }) => Math.log2(m / u));
		for (const [index, weight] of (levelsOf(person, 'phone') ?? []).entries()) expect(weight).toBeCloseTo(levelsOf(shipped.person, 'phone')?.[index] ?? Number.NaN, 1);
		expect(person.prior).not.toBe(shipped.person.prior);
	});

	it('never lets a level speak for a pair that speaks against it', () => {
		for (const { levels } of trained.person.comparisons) {
			const last = levels.at(-1);
			expect(last && last.m <= last.u).toBe(true);
		}
	});

	it('is the one to start with as long as there are few records', () => {
		expect(trainMatching(records.slice(0, LEAST_RECORDS - 1), { seed: 1 })).toEqual(shippedMatching());
	});

	it('is the same where others have their turn meanwhile, who may end it', async () => {
		let turns = 0;
		expect(await trainMatchingInTurns(records, { seed: 1 }, async () => (turns += 1))).toEqual(trained);
		expect(turns).toBeGreaterThan(20);
		await expect(trainMatchingInTurns(records, { seed: 1 }, () => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
	});
});
