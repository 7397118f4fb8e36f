import fc from 'fast-check';
import { getExampleNumber, type CountryCode, type NumberFormat } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { redact } from '../../../lib';

const formats: NumberFormat[] = ['E.164', 'INTERNATIONAL', 'NATIONAL', 'RFC3966'];
const phone = fc.tuple(fc.constantFrom(...(Object.keys(examples) as CountryCode[])), fc.constantFrom(...formats)).map(
	([country, format]) => getExampleNumber(country, examples)?.format(format) ?? '+49 30 44556600',
	// A number of six digits rings on its own island only, and looks like any other number.
).filter((text) => text.replace(/\D/g, '').length >= 7);
const email = fc.oneof(
	fc.emailAddress(),
	fc.constantFrom('jürgen.müller@gmx.de', 'محمد@example.com', "o'neil@shop.ie", 'ann%40shop.com'),
	fc.constantFrom('"ann lee"@shop.com', 'a+b=c@x.io', 'Ann＠shop.com', 'ann@[10.0.0.1]'),
);
const unit = fc.constantFrom('a', 'b', 'X', 'Z', '0', '1', '8', '-', '_', '.', ':', '/', '+', '=', '&', '%', '$', '"', '\\');
const secret = fc.string({ minLength: 8, maxLength: 60, unit });
const around = fc.constantFrom<readonly [string, string]>(
	['Contact already exists: ', ''], ['"', '" is not valid'], ['(', ')'], ['value=', '&x=1'], ['{"email":"', '"}'],
	['<', '>'], ['is [', ']'], ["'", "' was refused"], ['x, ', ', y'],
);
const words = fc.lorem({ maxCount: 12 });

test.each([
	['an email', email, (value: string) => [value, value.split(/@|%40|＠/)[1] as string]],
	['a phone number', phone, (value: string) => [value.replace(/^tel:/, '')]],
])('%s never survives, whatever stands around it', (_, arbitrary, parts) => {
	fc.assert(
		fc.property(arbitrary, around, words, words, (value, [before, behind], first, last) => {
			const clean = redact(`${first} ${before}${value}${behind} ${last}`);
			for (const part of parts(value)) expect(clean).not.toContain(part);
		}),
		{ numRuns: 500 },
	);
});

test('a secret of the credentials never survives, not as part of an address or of JSON either', () => {
	const shown = fc.constantFrom((text: string) => text, encodeURIComponent, (text: string) => JSON.stringify(text));
	fc.assert(
		fc.property(secret, shown, around, words, (value, show, [before, behind], text) => {
			const clean = redact(`${text} ${before}${show(value)}${behind}`, [value]);
			expect(clean).not.toContain(show(value));
			expect(clean).not.toContain(value);
		}),
		{ numRuns: 500 },
	);
});

test('half a secret does not survive where a long text is cut', () => {
	fc.assert(
		// One mailbox of nearly all that is looked through, so that what stands behind it is still near the beginning when it is gone.
		fc.property(fc.integer({ min: 3_900, max: 4_050 }), (length) => {
			const clean = redact(`a@${'x'.repeat(length)} tok-3f9a81c2b7d4e5f6`, ['tok-3f9a81c2b7d4e5f6']);
			expect(clean).not.toMatch(/tok|xxx/);
		}),
		{ numRuns: 200 },
	);
});

test.each(['', 'or'])('a secret that is "%s" takes no words apart', (short) => {
	expect(redact('for or not', [short])).toBe('for or not');
});

test.each([
	['No such customer: \'cus_9s6XKzkNRiz8i3\'', 'No such customer: \'cus_9s6XKzkNRiz8i3\''],
	['the property c360_lifetime_value does not exist', 'the property c360_lifetime_value does not exist'],
	['read at 2026-03-02T12:00:00Z, line 120', 'read at 2026-03-02T12:00:00Z, line 120'],
	['The maximum batch size is 100', 'The maximum batch size is 100'],
	['job 550e8400-e29b-41d4-a716-446655440000 failed', 'job 550e8400-e29b-41d4-a716-446655440000 failed'],
	['Bearer abc.def sent, sk_live_51HxYzAbCdEf', '[credentials] sent, [secret]'],
	['call +49 (0)30 4455-6600 ext. 12 or 555-0123', 'call [number] ext. 12 or [number]'],
])('what helps to find the fault stays: %s', (text, expected) => {
	expect(redact(text)).toBe(expected);
});
