import { trainMatching, type Comparable } from '../../../lib/match';
import { seededRandom } from '../../../lib/match/random';
import type { PersonFields } from '../identity/given';
import { model, people } from './given';

const random = seededRandom(11);
const syllables = ['ka', 'ro', 'mi', 'tel', 'va', 'son', 'bri', 'lud', 'fen', 'gar', 'os', 'pel'];
const pick = () => syllables[Math.floor(random() * syllables.length)] ?? '';
const word = () => pick() + pick() + pick();
const somebody = (index: number): PersonFields => ({
	...{ given: word(), family: word(), email: `${word()}${index}@acorn-mail.com`, born: `${1940 + (index % 60)}-0${1 + (index % 9)}-${10 + (index % 18)}` },
	...{ street: `${1 + (index % 90)} ${word()} road`, zip: `${10_000 + (index % 400)}` },
});
const times = (count: number, make: (index: number) => PersonFields) => Array.from({ length: count }, (_, index) => make(index));
const one = somebody(0);

const odd: { title: string; fields: PersonFields[] }[] = [
	{ title: 'almost everybody bears one name', fields: times(520, (index) => (index < 500 ? { ...somebody(index), given: 'Ann', family: 'Hill' } : somebody(index))) },
	{ title: 'nobody is there twice', fields: times(520, somebody) },
	{ title: 'everybody is there twice', fields: times(260, somebody).flatMap((fields) => [fields, { ...fields, family: `${fields.family}e` }]) },
	{ title: 'all are one person', fields: times(520, (index) => ({ ...one, zip: `${10_000 + index}` })) },
	{ title: 'all but the mailbox is the same for all', fields: times(520, (index) => ({ ...one, email: `${word()}${index}@acorn-mail.com` })) },
];

describe.each(odd)('a model trained where $title', ({ fields }) => {
	const records: Comparable[] = people(...fields).map((record) => ({ ...record, identifiers: record.identifiers.filter(({ kind }) => kind === 'email') }));
	const options = { seed: 1, identifiers: model.identifiers };
	const trained = trainMatching(records, options);

	it('has probabilities everywhere, and no agreement that counts less than a difference', () => {
		const { prior, comparisons, termFrequencies } = trained.person;
		const probabilities = [prior, ...comparisons.flatMap(({ levels }) => levels.flatMap(({ m, u }) => [m, u])), ...termFrequencies.flatMap(({ floor, values }) => [floor, ...values.map(([, share]) => share)])];
		for (const probability of probabilities) {
			expect(probability).toBeGreaterThan(0);
			expect(probability).toBeLessThanOrEqual(1);
		}
		for (const { levels } of comparisons) {
			const weights = levels.map(({ m, u }) => Math.log2(m / u));
			expect(weights[0]).toBeGreaterThanOrEqual(weights.at(-1) ?? Number.NaN);
		}
	});

	it('is the same for the records in another order and with other numbers', () => {
		const turned = [...records].reverse().map((record, index) => ({ ...record, no: index + 1 }));
		expect(trainMatching(turned, options)).toEqual(trained);
	});
});
