import { outcomeOf, pairOf, resolved } from './given';

/** A family's mailbox and the telephone of their house: all that a couple, siblings and one person may share. */
const FAMILY = { family: 'Hill', email: 'hills@acorn-mail.com', phone: '+1 212 642 8891' };
const asOne = (x: string, y: string) => outcomeOf(...pairOf({ ...FAMILY, given: x }, { ...FAMILY, given: y }));

describe('two given names that are spelled alike are two people of one family, and asked about', () => {
	test.each([
		['a man\'s name and a woman\'s', ['Dennis', 'Denise'], ['Julia', 'Julian'], ['Marie', 'Mario'], ['Sunita', 'Sunil'], ['Olga', 'Oleg'], ['Daniel', 'Danielle']],
		['two women\'s names', ['Marina', 'Martina'], ['Maria', 'Mariana'], ['Sabine', 'Sabrina'], ['Jane', 'Janet'], ['Ellen', 'Helen']],
		['two men\'s names', ['Marian', 'Martin'], ['Martin', 'Marvin'], ['Bryan', 'Ryan'], ['Rajesh', 'Ramesh'], ['Gerald', 'Gerard'], ['Jamal', 'Jamil']],
		['names that men and women have', ['Marion', 'Martin'], ['Joan', 'John'], ['Jean', 'Joan']],
		['names that sound alike and have another number of syllables', ['Mohammed', 'Mahmoud'], ['Muhammad', 'Mahmud']],
		['names of two words with one in common', ['Hans-Peter', 'Hans-Dieter'], ['Anna Lena', 'Anna Lina'], ['Jean-Paul', 'Jean-Pascal']],
	])('%s', (_what, ...pairs) => {
		expect(pairs.filter(([x = '', y = '']) => asOne(x, y) !== 'review')).toEqual([]);
	});
});

describe('slips and spellings of one name are one person', () => {
	test.each([
		['a slip that is nobody\'s name', ['Francesco', 'Franceso'], ['Timothy', 'Timoty'], ['Daniel', 'Danial'], ['Martina', 'Marrtina']],
		['a slip that some have for a name', ['Micheal', 'Michael'], ['Jon', 'John'], ['Kathrine', 'Katherine'], ['Jeffery', 'Jeffrey']],
		['spellings', ['Kathryn', 'Catherine'], ['Steven', 'Stephen'], ['Geoffrey', 'Jeffrey'], ['Oleksandr', 'Alexander'], ['Olivia', 'Oliwia']],
		['Arabic names as they are heard', ['Mohamed', 'Mohammed'], ['Mohammed', 'Muhammad'], ['Mahmoud', 'Mahmood'], ['Hussein', 'Hussain'], ['Said', 'Saeed']],
		['forms of one woman\'s or man\'s name', ['Isabel', 'Isabella'], ['Karolin', 'Karolina'], ['Christoph', 'Christopher'], ['Marco', 'Marcos']],
		['names of two words', ['Hans-Peter', 'Hans Peter'], ['Anna-Lena', 'Annalena'], ['Marie-Luise', 'Marie-Louise'], ['Hans-Peter', 'Hans']],
	])('%s', (_what, ...pairs) => {
		expect(pairs.filter(([x = '', y = '']) => asOne(x, y) !== 'match')).toEqual([]);
	});
});

test('one birthday does not make one of two names, and one name stays one with it', () => {
	const home = { family: 'Hill', street: '1 Elm Street', zip: '78704', born: '1990-02-03' };
	const outcomes = [['Hans-Peter', 'Hans-Dieter'], ['Marian', 'Martin'], ['Dennis', 'Denise'], ['Kathrin', 'Katrin']].map(([x, y]) => outcomeOf(...pairOf({ ...home, given: x }, { ...home, given: y })));
	expect(outcomes).toEqual(['none', 'review', 'review', 'match']);
});

test('a mailbox without a name does not make one of two whose names are alike', () => {
	expect(resolved({ ...FAMILY, given: 'Dennis' }, { ...FAMILY, given: 'Denise' }, { email: FAMILY.email }).profiles).toEqual([[1], [2], [3]]);
});

test('a short form of another spelling ties nobody apart', () => {
	expect(resolved({ ...FAMILY, given: 'Katherine' }, { ...FAMILY, given: 'Kathrine' }, { ...FAMILY, given: 'Kate' }).profiles).toEqual([[1, 2, 3]]);
});

test.each([
	['two, although one of them stands in the wrong fields', { given: 'Hill', family: 'Joseph' }, { given: 'Theresa', family: 'Hill' }, 'review'],
	['one, in the wrong fields with a new family name', { given: 'Hill', family: 'Theresa' }, { given: 'Theresa', family: 'Wood' }, 'match'],
	['one, whose given name stands alone in the wrong field', { given: '', family: 'Theresa' }, { given: 'Theresa', family: 'Hill' }, 'match'],
])('names in the wrong fields: %s', (_what, x, y, expected) => {
	expect(outcomeOf(...pairOf({ ...FAMILY, ...x }, { ...FAMILY, ...y }))).toBe(expected);
});

test.each([
	['another name\'s', 'J.', 'Violette', 'review'],
	['a short form\'s', 'B.', 'Robert', 'match'],
	['the long form\'s', 'E.', 'Gene', 'match'],
	['a middle name\'s', 'J.', 'Violette Jane', 'match'],
])('an initial in place of the given name may be %s', (_what, x, y, expected) => {
	expect(asOne(x, y)).toBe(expected);
});
