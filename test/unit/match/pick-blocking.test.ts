import { atOnce } from '../../../lib/match/breaks';
import { pickBlocking } from '../../../lib/match/pick-blocking';
import { people } from './given';

describe('blocking rules', () => {
	/** Of 20,000 people so many live under each postal code. */
	const town = (neighbours: number) => people(...Array.from({ length: 20_000 }, (_, index) => ({ zip: String(10_000 + (index % (20_000 / neighbours))) })));

	it.each([
		['are taken as long as few share a value', 10, true],
		['are left out where the pairs of all records would be too many', 100, false],
		['are taken where a value is so common that it proposes nobody', 400, true],
	])('%s, whether all records are looked at or one of four', (_, neighbours, isPicked) => {
		const everybody = town(neighbours);
		const [picked, ofSample] = [atOnce(pickBlocking(everybody, 'person')), atOnce(pickBlocking(everybody.slice(0, 5000), 'person', 4))];
		expect([picked.includes('postal_code'), ofSample.includes('postal_code')]).toEqual([isPicked, isPicked]);
	});
});
