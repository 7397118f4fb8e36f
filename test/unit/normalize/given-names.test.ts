import { hasShortFormIn, isFrequentGivenName, mayBeShortFor, nameKey, sexesOf } from '../../../lib/normalize';
import { EITHER, MEN, WOMEN } from '../../../lib/normalize/given-name-tables';

const namesIn = (table: string) => table.trim().split(/[\s=]+/);

test('the tables hold names as they are compared, and one that men and women have stands in the third', () => {
	const [women, men, either] = [namesIn(WOMEN), namesIn(MEN), namesIn(EITHER)];
	expect([...women, ...men, ...either].filter((name) => name !== nameKey(name) || !/^[a-z]{2,}$/.test(name))).toEqual([]);
	expect(women.filter((name) => men.includes(name))).toEqual([]);
});

test.each([
	['dennis', 'denise', 'two'],
	['isabel', 'isabella', 'one'],
	['tina', 'marina', 'one'],
	['bob', 'robert', 'one'],
	['marion', 'martin', undefined],
	['chris', 'martin', undefined],
	['franceso', 'martina', undefined],
])('%s and %s: sexes %s', (x, y, expected) => {
	expect([sexesOf(x, y), sexesOf(y, x)]).toEqual([expected, expected]);
});

test.each([
	['kate', 'katherine', true],
	['kate', 'kathrine', true],
	['bert', 'bertie', true],
	['mohammed', 'muhammad', true],
	['mohammed', 'mahmoud', false],
	['dennis', 'denise', false],
])('%s may be short for or a spelling of %s: %s', (x, y, expected) => {
	expect([mayBeShortFor(x, y), mayBeShortFor(y, x)]).toEqual([expected, expected]);
});

test('a slip is no frequent name, and an initial may be that of a short form', () => {
	expect(['francesco', 'franceso', 'bob', 'michal'].map(isFrequentGivenName)).toEqual([true, false, true, false]);
	expect([hasShortFormIn('robert', 'b'), hasShortFormIn('robert', 'j'), hasShortFormIn('franceso', 'f')]).toEqual([true, false, false]);
});
