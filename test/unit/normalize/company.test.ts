import fc from 'fast-check';
import { companyNameKey, identifierValue, normalizeCompanyName, normalizeDomain } from '../../../lib/normalize';

test.each([
	['Acme, Inc.', 'ACME Incorporated'], ['Acme GmbH & Co. KG', 'Acme'], ['Müller & Söhne AG', 'Muller und Sohne'], ['Foo S.A.', 'Foo SA'],
	['Foo S. A.', 'foo'],
	['Foo Sp. z o.o.', 'Foo'], ['Foo S.p.A.', 'Foo SPA'], ['Foo S.à r.l.', 'Foo Sarl'], ['Foo Pty. Ltd.', 'Foo'], ['Foo B.V.', 'foo bv'],
	['Oy Foo Ab', 'Foo Oy'],
	['Foo S.A. de C.V.', 'Foo'], ['Lloyds Public Limited Company', 'Lloyds plc'], ['Fund X L.P.', 'Fund X'], ['I.B.M. Corp', 'IBM'],
	['The Home Depot', 'Home Depot, Inc'], ['Bed Bath & Beyond', 'Bed Bath and Beyond'], ['株式会社トヨタ', 'トヨタ'],
	['ООО Ромашка', 'Romashka'], ['Foo S.A.S.', 'Foo SAS'], ['Ελιά Αγρός Α.Ε.', 'Ελιά Αγρός'], ['Công ty TNHH Lúa Vàng', 'Lúa Vàng'],
	['زيتون ش.م.م', 'زيتون'], ['شركة النخيل ذ.م.م', 'النخيل'], ['זית ירוק בע"מ', 'זית ירוק'], ['บริษัท ดอกบัว จำกัด (มหาชน)', 'ดอกบัว'], ['Huber Ges.m.b.H.', 'Huber'],
])('%p and %p are one company', (one, other) => {
	expect(companyNameKey(one)).toBe(companyNameKey(other));
});

test.each([
	['Siemens', 'Siemens Energy'], ['Acme UK Ltd', 'Acme US Inc'], ['AG', 'Limited'], ['Fund X L.P.', 'Fund V L.P.'],
])('%p and %p are two', (one, other) => {
	expect(companyNameKey(one)).not.toBe(companyNameKey(other));
});

test('the stored name is what the company calls itself', () => {
	expect(normalizeCompanyName('  Acme,\n Inc. ')).toMatchObject({ value: 'Acme, Inc.', key: 'acme', valid: true });
});

test.each(['test', 'self-employed', 'unknown', 'Company Name', '???', 'x'.repeat(600)])('%p is no company', (raw) => {
	expect(normalizeCompanyName(raw)).toMatchObject({ valid: false });
});

test('a company\'s key is stable under case, diacritics and when it is read again', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[a-zà-öø-ý&., -]{1,30}$/), (name) => {
			const key = companyNameKey(name);
			expect(companyNameKey(name.toUpperCase())).toBe(key);
			expect(companyNameKey(name.normalize('NFD'))).toBe(key);
		}),
	);
});

test.each([
	['https://www.acme.co.uk/about?x=1', 'acme.co.uk'], ['jane@acme.com', 'acme.com'], ['Acme.DE', 'acme.de'], ['shop.acme.com:8080', 'acme.com'],
	['müller.de', 'xn--mller-kva.de'],
	['acme.myshopify.com', 'acme.myshopify.com'], ['//acme.com', 'acme.com'],
])('%p belongs to %p', (raw, value) => {
	expect(normalizeDomain(raw)).toMatchObject({ value, valid: true });
	expect(identifierValue('company_domain', raw)).toBe(value);
});

test.each([
	['jane@gmail.com', 'mail provider'], ['mailinator.com', 'throw-away'], ['example.com', 'placeholder'], ['linkedin.com/company/acme', 'share'],
	['localhost', 'no internet domain'],
	['10.1.2.3', 'no internet domain'], ['co.uk', 'no internet domain'], ['acme', 'no internet domain'],
])('%p names no company', (raw, reason) => {
	expect(normalizeDomain(raw)).toMatchObject({ valid: false, reason: expect.stringContaining(reason) });
});
