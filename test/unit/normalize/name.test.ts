import fc from 'fast-check';
import { nameKey, nicknameKey, nicknameKeys, normalizeFullName, normalizeName } from '../../../lib/normalize';

const given = (raw: unknown) => normalizeName(raw, 'given_name').given_name;
const family = (raw: unknown) => normalizeName(raw, 'family_name').family_name;
const values = (raw: unknown) => Object.fromEntries(Object.entries(normalizeFullName(raw)).map(([part, value]) => [part, value?.value]));

test.each([
	['JOHN', 'John'], ['anne-marie', 'Anne-Marie'], ['John', 'John'], ['DeShawn', 'DeShawn'], ['McKenna', 'McKenna'], ['Dr. Jane', 'Jane'],
	['JP', 'JP'], ['J.R.', 'J.R.'],
	['  Mary \n Ann ', 'Mary Ann'], ['Zoe 😀', 'Zoe'], ['\u0000Zoe\u200B', 'Zoe'], ['محمد', 'محمد'], ['小明', '小明'], ['ИВАН', 'Иван'],
	['Rene\u0301', 'Ren\u00e9'],
])('the given name %p is %p', (raw, value) => {
	expect(given(raw)).toMatchObject({ value, valid: true });
});

test.each([
	['MCDONALD', 'McDonald'], ["O'NEILL", "O'Neill"], ['VAN DER BERG', 'van der Berg'], ['de la cruz', 'de la Cruz'], ['von Trapp', 'von Trapp'],
	['SMITH-JONES', 'Smith-Jones'],
	["dell'acqua", "Dell'Acqua"], ['Ma', 'Ma'], ['Na', 'Na'], ['Smith, PhD', 'Smith'],
])('the family name %p is %p', (raw, value) => {
	expect(family(raw)).toMatchObject({ value, valid: true });
});

test('a generational suffix is kept apart, a degree is dropped', () => {
	expect(normalizeName('Smith Jr.', 'family_name')).toMatchObject({ family_name: { value: 'Smith' }, name_suffix: { value: 'jr' } });
	expect(normalizeName('King III', 'family_name')).toMatchObject({ family_name: { value: 'King' }, name_suffix: { value: 'iii' } });
	expect(normalizeName('House MD', 'family_name')).not.toHaveProperty('name_suffix');
});

test.each([
	'test', 'Unknown', 'customer', 'xxx', 'First Name', 'Mr.', '123', 'jane@acme.com', 'https://acme.com', '😀', 'x '.repeat(200),
])('%p is no name', (raw) => {
	expect(given(raw)).toMatchObject({ valid: false, reason: expect.any(String) });
});

test.each([null, undefined, '', 'n/a', '-', 'NULL'])('%p is no value at all', (raw) => {
	expect(normalizeName(raw, 'given_name')).toEqual({});
	expect(normalizeFullName(raw)).toEqual({});
});

test.each([
	['John Smith', { given_name: 'John', family_name: 'Smith' }],
	['Smith, John', { given_name: 'John', family_name: 'Smith' }],
	['SMITH, JOHN A.', { given_name: 'John', middle_name: 'A.', family_name: 'Smith' }],
	['Dr. John F. Kennedy Jr.', { given_name: 'John', middle_name: 'F.', family_name: 'Kennedy', name_suffix: 'jr' }],
	['Smith Jr., John', { given_name: 'John', family_name: 'Smith', name_suffix: 'jr' }],
	['John Smith, III', { given_name: 'John', family_name: 'Smith', name_suffix: 'iii' }],
	['Frau Prof. Dr. Anna Müller', { given_name: 'Anna', family_name: 'Müller' }],
	['Sr. Juan Pérez', { given_name: 'Juan', family_name: 'Pérez' }],
	['Mr. Smith', { family_name: 'Smith' }],
	['\u2020, \u2020, & Ann', { given_name: '\u2020, \u2020, & Ann' }],
	['علي مد', { given_name: 'علي', family_name: 'مد' }],
	['Ludwig van der Rohe', { given_name: 'Ludwig', family_name: 'van der Rohe' }],
	['Gabriel García Márquez', { given_name: 'Gabriel', family_name: 'García Márquez' }],
	['Juan Carlos de la Cruz López', { given_name: 'Juan Carlos', family_name: 'de la Cruz López' }],
	['Jean Martin Dupont', { given_name: 'Jean', middle_name: 'Martin', family_name: 'Dupont' }],
	['Mary Ann Smith', { given_name: 'Mary Ann', family_name: 'Smith' }],
	['Robert "Bob" Jones', { given_name: 'Robert', family_name: 'Jones' }],
	['Robert (Bob) Jones', { given_name: 'Robert', family_name: 'Jones' }],
	['DUPONT Jean', { given_name: 'Jean', family_name: 'Dupont' }],
	['john smith', { given_name: 'John', family_name: 'Smith' }],
	['Иванов Иван Иванович', { given_name: 'Иван', middle_name: 'Иванович', family_name: 'Иванов' }],
	['محمد بن سلمان', { given_name: 'محمد', family_name: 'بن سلمان' }],
	['王小明', { given_name: '王小明' }],
	['Hans und Eva Müller', { given_name: 'Hans und Eva', family_name: 'Müller' }],
	['HANS UND EVA MÜLLER', { given_name: 'Hans und Eva', family_name: 'Müller' }],
	['Müller, Hans & Eva', { given_name: 'Hans & Eva', family_name: 'Müller' }],
	['Juan y Ana López', { given_name: 'Juan y Ana', family_name: 'López' }],
	['José Ortega y Gasset', { given_name: 'José', middle_name: 'Ortega', family_name: 'y Gasset' }],
	['MARY E SMITH', { given_name: 'Mary', middle_name: 'E', family_name: 'Smith' }],
	['Ana Costa e Silva', { given_name: 'Ana', middle_name: 'Costa', family_name: 'e Silva' }],
	['Hans Müller und Eva Schmidt', { given_name: 'Hans und Eva', family_name: 'Müller und Schmidt' }],
	['Hans Müller und Eva Müller', { given_name: 'Hans und Eva', family_name: 'Müller' }],
	['Mr. and Mrs. Smith', { given_name: 'Mr. and Mrs.', family_name: 'Smith' }],
	['Herr und Frau Hans Müller', { given_name: 'Herr und Frau Hans', family_name: 'Müller' }],
	['Familie Müller', { given_name: 'Familie', family_name: 'Müller' }],
	['Familie Hans und Eva Müller', { given_name: 'Hans und Eva', family_name: 'Müller' }],
	['Prince', { given_name: 'Prince' }],
])('the whole name %p is taken apart', (raw, parts) => {
	expect(values(raw)).toEqual(parts);
});

test('a single word is the family name where the mapping says so', () => {
	expect(normalizeFullName('Smith', 'family_name')).toMatchObject({ family_name: { value: 'Smith', valid: true } });
});

test('a name in another script is compared in Latin letters', () => {
	expect(family('Щукин')).toMatchObject({ value: 'Щукин', key: 'shchukin' });
	expect(nameKey('Müller-Straße')).toBe('muller strasse');
});

const letters = fc.stringMatching(/^[a-zà-öø-ýšžčřęąłńőа-я]{1,12}$/);

test('keys do not depend on case, diacritics, spacing and apostrophes', () => {
	fc.assert(
		fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), (words) => {
			const name = words.join(' ');
			const key = nameKey(name);
			expect(nameKey(name.toUpperCase())).toBe(key);
			expect(nameKey(` ${words.join('   ')}\t`)).toBe(key);
			expect(nameKey(words.join('-'))).toBe(key);
			expect(nameKey(name.normalize('NFD'))).toBe(key);
			expect(nameKey(key)).toBe(key);
		}),
	);
	expect(nameKey("O'Neill")).toBe(nameKey('o’neill'));
	expect(nameKey('José Nuñez')).toBe('jose nunez');
});

test('reading a name again changes nothing, whatever it is', () => {
	const anything = fc.oneof(letters, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
	fc.assert(
		fc.property(anything, fc.constantFrom('given_name', 'family_name'), (raw, part) => {
			const once = normalizeName(raw, part)[part];
			if (!once?.valid) return;
			const { raw: _, ...same } = once;
			expect(normalizeName(once.value, part)[part]).toEqual(same);
		}),
		{ numRuns: 1000, examples: [['ⓜᲀ', 'given_name']] },
	);
});

test('no whole name makes it throw or lose every letter', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (raw) => {
			const parts = Object.values(normalizeFullName(raw));
			if (/\p{L}/u.test(raw.trim()) && parts.every((part) => part.valid)) expect(parts.length).toBeGreaterThan(0);
		}),
		{ numRuns: 500 },
	);
});

const agree = (one: string, other: string) => nicknameKeys(one).some((key) => nicknameKeys(other).includes(key));

test.each([
	['Bob', 'Robert'], ['LIZ', 'Elizabeth'], ['Alex', 'Alexander'], ['Alex', 'Alexandra'], ['Chris', 'Christine'], ['Sam', 'Samuel'],
	['Pat', 'Patricia'], ['Hans', 'Johannes'],
	['Paco', 'Francisco'], ['Beppe', 'Giuseppe'], ['Wim', 'Willem'], ['Kasia', 'Katarzyna'], ['Misha', 'Mikhail'], ['Steffi', 'Stefanie'],
	['Manu', 'Emmanuel'],
	['Bill J.', 'William'],
])('%s may be %s', (short, name) => {
	expect(agree(short, name)).toBe(true);
});

test.each([
	['Alexander', 'Alexandra'], ['Robert', 'William'], ['Patrick', 'Patricia'], ['John', 'Juan'], ['Christopher', 'Christine'],
])('%s is not %s', (one, other) => {
	expect(agree(one, other)).toBe(false);
});

test('an ambiguous short form has no single key but itself', () => {
	expect(nicknameKey('Bob')).toBe('robert');
	expect(nicknameKey('Alex')).toBe('alex');
	expect(nicknameKey('Robert')).toBe('robert');
	expect(nicknameKey('Zebulon')).toBe('zebulon');
});
