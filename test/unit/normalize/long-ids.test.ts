import { MAX_NAME, MAX_SOURCE_ID, sourceRecordSchema, type FieldMapping } from '../../../lib/domain';
import { normalizeRecord } from '../../../lib/normalize';

const contacts: FieldMapping = {
	system: 'crm', object: 'contact', kind: 'person',
	fields: [{ path: 'email', attribute: 'email' }, { path: 'tax', attribute: 'national_id', identifier: 'national_id' }],
	links: [{ path: 'company', type: 'member_of', system: 'crm', object: 'company' }],
};

function normalize(sourceId: string, content: Record<string, unknown> = {}, mapping: FieldMapping = contacts) {
	return normalizeRecord({ system: 'crm', object: 'contact', sourceId, version: '1', updatedAt: '2026-01-01T00:00:00Z', raw: { email: 'ann@acorn-mail.com', ...content } }, mapping);
}

test.each([
	{ what: 'a thousand letters', sourceId: 'x'.repeat(MAX_SOURCE_ID), taken: true },
	{ what: 'one letter more', sourceId: 'x'.repeat(MAX_SOURCE_ID + 1), taken: false },
	{ what: '500 letters of two bytes', sourceId: 'ü'.repeat(500), taken: true },
	{ what: '501 letters of two bytes', sourceId: 'ü'.repeat(501), taken: false },
	{ what: '166 halves of an emoji, each kept as six characters', sourceId: '\ud83d'.repeat(166), taken: true },
	{ what: '167 halves of an emoji', sourceId: '\ud83d'.repeat(167), taken: false },
])('an ID of $what', ({ sourceId, taken }) => {
	expect(normalize(sourceId).rejected === undefined).toBe(taken);
});

test('the rejection names system, object, field and remedy, and has of the ID only the beginning; two IDs that begin alike stay two', () => {
	const [one, other] = ['1', '2'].map((end) => normalize(`${'4711-'.repeat(1000)}${end}`).rejected);
	expect(one).toMatchObject({
		system: 'crm', object: 'contact', field: 'sourceId', raw: { email: 'ann@acorn-mail.com' },
		reason: 'One record of crm contact has a source ID that is longer than 1,000 bytes.', remedy: 'Give it a shorter ID in crm, or take another field for the ID.',
	});
	expect(one?.sourceId).toMatch(/^(4711-){12}\.\.\.[\w-]{16}$/);
	expect(one?.sourceId).not.toBe(other?.sourceId);
	expect(one?.sourceId).toBe(normalize(`${'4711-'.repeat(1000)}1`).rejected?.sourceId);
});

test('a record that is deleted is rejected like any other, and one that came to the wrong mapping keeps its reference short', () => {
	const long = 'x'.repeat(5000);
	const deleted = normalizeRecord({ system: 'crm', object: 'contact', sourceId: long, version: '1', updatedAt: '2026-01-01T00:00:00Z', raw: {}, deleted: true }, contacts);
	expect(deleted.rejected?.field).toBe('sourceId');
	const astray = normalizeRecord({ system: long, object: long, sourceId: long, version: '1', updatedAt: '2026-01-01T00:00:00Z', raw: {} }, contacts);
	expect(JSON.stringify(astray.rejected).length).toBeLessThan(1000);
});

test('a link leads to every ID that a record may have; a longer one leads nowhere and harms nothing', () => {
	const [longest, longer] = ['x'.repeat(MAX_SOURCE_ID), 'x'.repeat(MAX_SOURCE_ID + 1)];
	const { record } = normalize('1', { company: [longest, longer, true, 'n/a'] });
	expect(record?.links).toEqual([{ type: 'member_of', system: 'crm', object: 'company', sourceId: longest }]);
});

test('what Normalize lets through is short enough for Match, however a value grows in its comparison form', () => {
	const { record } = normalize('1', { tax: '\u0390'.repeat(255) });
	expect(record?.identifiers.find(({ kind }) => kind === 'national_id')?.value.length).toBeGreaterThan(255);
	expect(sourceRecordSchema.safeParse(record).success).toBe(true);
});

test.each<{ what: string; changes: Partial<FieldMapping>; says: RegExp }>([
	{ what: 'system', changes: { system: 'x'.repeat(MAX_NAME + 1) }, says: /"x{60}\.\.\.[\w-]{16}" of a system or object is longer than 150 bytes$/ },
	{ what: "link's object", changes: { links: [{ path: 'company', type: 'member_of', system: 'crm', object: 'x'.repeat(5000) }] }, says: /crm contact .* is longer than 150 bytes$/ },
	{ what: 'kind of identifier', changes: { fields: [{ path: 'no', identifier: 'x'.repeat(5000) }] }, says: /field "no" \(no attribute\): the identifier's kind is longer than 150 bytes$/ },
])('a mapping with a $what of absurd length is refused before any record', ({ changes, says }) => {
	expect(() => normalize('1', {}, { ...contacts, ...changes })).toThrow(says);
});
