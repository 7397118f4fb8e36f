import fc from 'fast-check';
import { metadataForm, metadataValue } from '../../../../lib/systems/stripe/metadata';
import { decodeForm } from '../../../sandbox/stripe/form';

test('whatever is written arrives under its own name', () => {
	const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((text) => !/[[\]]/.test(text));
	const entry = fc.tuple(name, fc.string({ unit: 'grapheme', maxLength: 60 }));
	fc.assert(
		fc.property(fc.uniqueArray(entry, { selector: ([key]) => key, minLength: 1 }), (entries) => {
			const sent = Object.fromEntries(entries);
			const received = decodeForm(new URLSearchParams(metadataForm(sent).toString())).metadata;
			expect({ ...(received as object) }).toEqual(sent);
		}),
	);
});

test('a value of any length fits, is well-formed text, and says when it was cut', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 400, maxLength: 1200 }), (text) => {
			const value = metadataValue(text);
			expect(value.length).toBeLessThanOrEqual(500);
			expect(() => encodeURIComponent(value)).not.toThrow();
			expect(value.endsWith(' [cut]')).toBe(text.length > 500 || text.endsWith(' [cut]'));
		}),
	);
});

test('a list is cut between its entries', () => {
	const ids = Array.from({ length: 40 }, (_, index) => `company-number-${index}`);
	const value = metadataValue(ids.join(';'));
	const whole = value.replace(/ \[cut\]$/, '').split(';');
	expect(ids.slice(0, whole.length)).toEqual(whole);
});

test.each([
	[null, ''],
	[0, '0'],
	[false, 'false'],
	['', ''],
])('%p is kept as "%s"', (value, kept) => {
	expect(metadataValue(value)).toBe(kept);
});
