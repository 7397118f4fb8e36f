import fc from 'fast-check';
import { identifierValue, normalizeEmail } from '../../../lib/normalize';

const keyOf = (text: string) => {
	const email = normalizeEmail(text);
	return email?.valid ? (email.key ?? email.value) : undefined;
};

test.each([
	['spaces around', ' jane@acme.com ', 'jane@acme.com'],
	['a display name', 'Jane Doe <jane@acme.com>', 'jane@acme.com'],
	['a link', 'mailto:jane@acme.com?subject=Hello', 'jane@acme.com'],
	['a final dot', 'jane@acme.com.', 'jane@acme.com'],
	['capitals in the domain', 'Jane@ACME.com', 'Jane@acme.com'],
	['a tag', 'jane+news@acme.com', 'jane+news@acme.com'],
	['dots at Gmail', 'j.a.n.e@gmail.com', 'j.a.n.e@gmail.com'],
	['a domain with umlaut', 'jane@MÜLLER.de', 'jane@müller.de'],
])('with %s the stored mailbox is what the person wrote', (_, raw, value) => {
	expect(normalizeEmail(raw)).toMatchObject({ value, valid: true });
});

test.each([
	['case', 'Jane.Doe@Acme.com', 'jane.doe@acme.com'],
	['a tag', 'jane+shop@acme.com', 'jane@acme.com'],
	['dots at Gmail', 'ja.ne@gmail.com', 'jane@gmail.com'],
	['the other name of Gmail', 'jane@googlemail.com', 'jane@gmail.com'],
	['punycode', 'jane@müller.de', 'jane@xn--mller-kva.de'],
	['composed and decomposed letters', 'rene\u0301@acme.fr', 'ren\u00e9@acme.fr'],
])('two spellings that differ by %s have one key', (_, one, other) => {
	expect(keyOf(one)).toBe(keyOf(other));
});

test('dots count everywhere but at Gmail', () => {
	expect(keyOf('jane.doe@acme.com')).not.toBe(keyOf('janedoe@acme.com'));
});

test.each([
	['info@acme.com', 'role_mailbox'],
	['Buchhaltung@firma.de', 'role_mailbox'],
	['sales-uk@acme.co.uk', 'role_mailbox'],
	['customer.service@acme.com', 'role_mailbox'],
	['jane@mailinator.com', 'disposable_domain'],
	['jane@gmail.com', 'free_mail_domain'],
	['jane@web.de', 'free_mail_domain'],
])('%s is flagged %s and stays valid', (raw, flag) => {
	expect(normalizeEmail(raw)).toMatchObject({ valid: true, flags: expect.arrayContaining([flag]) });
});

test.each(['maria.salesi@acme.com', 'jane@acme.com', 'smith@smith.com', 'infante@acme.com'])('%s is a person with no flag', (raw) => {
	expect(normalizeEmail(raw)).toEqual({ value: raw, valid: true });
});

test.each([
	'test@test.com', 'noreply@acme.com', 'no-reply@acme.com', 'jane@example.com', 'jane@shop.test', 'none@none', 'asdf@', 'asdf@asdf.com',
	'a@a.com', 'x@y.com',
	'xxxx@acme.com', 'user@domain.com', 'N.A@acme.com',
])('%s is a placeholder and identifies nobody', (raw) => {
	expect(normalizeEmail(raw)).toMatchObject({ valid: false, flags: expect.arrayContaining(['placeholder']) });
	expect(identifierValue('email', raw)).toBeUndefined();
});

test.each([
	['jane', 'no @'],
	['jane@@acme.com', 'more than one @'],
	['@acme.com', 'before the @'],
	['jane@acme', 'ending'],
	['jane doe@acme.com', 'character'],
	['jane@-acme-.com', 'domain'],
	['jane..doe@acme.com', 'dot'],
	[`${'j'.repeat(65)}@acme.com`, 'longer'],
	[`jane@${'acme.'.repeat(60)}com`, 'longer'],
])('%s is kept and refused for its reason', (raw, reason) => {
	expect(normalizeEmail(raw)).toMatchObject({ value: raw, valid: false, reason: expect.stringContaining(reason) });
});

test.each([null, undefined, '', '  ', 'null', 'N/A', '-'])('%p is no value at all', (raw) => {
	expect(normalizeEmail(raw)).toBeUndefined();
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{2,9}q$/);

test('the key does not depend on case, tag, Gmail dots or spaces around', () => {
	fc.assert(
		fc.property(word, word, fc.constantFrom('gmail.com', 'acme.com', 'mail.acme.co.uk'), fc.boolean(), (local, tag, domain, large) => {
			const dotted = domain === 'gmail.com' ? [...local].join('.') : local;
			const written = ` ${dotted}+${tag}@${domain} `;
			expect(keyOf(large ? written.toUpperCase() : written)).toBe(keyOf(`${local}@${domain}`));
		}),
	);
});

test('reading a value again changes nothing, and no text makes it throw', () => {
	const anything = fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' }), fc.string().map((text) => `${text}@acme.com`), fc.anything());
	fc.assert(
		fc.property(anything, (raw) => {
			const once = normalizeEmail(raw);
			if (!once?.valid) return;
			const { raw: _, ...same } = once;
			expect(normalizeEmail(once.value)).toEqual(same);
		}),
		{ numRuns: 500 },
	);
});
