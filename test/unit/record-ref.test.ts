import fc from 'fast-check';
import { parseRefKey, recordRefSchema, refKey } from '../../lib/domain';

const part = fc.string({ minLength: 1 }).filter((text) => !text.includes(':'));

test('a reference survives being written as text and read again', () => {
	fc.assert(
		fc.property(part, part, fc.string({ minLength: 1 }), (system, object, sourceId) => {
			const ref = { system, object, sourceId };
			expect(recordRefSchema.parse(parseRefKey(refKey(ref)))).toEqual(ref);
		}),
	);
});

test.each(['', 'hubspot', 'hubspot:contact', 'hubspot:contact:', '::1', ':contact:1'])('"%s" is refused with the form that is wanted', (text) => {
	expect(() => parseRefKey(text)).toThrow('system:object:id');
});

test.each([
	{ what: 'system', key: `${'x'.repeat(151)}:contact:42`, says: /the system is longer than 150 bytes, and no record has such a one/ },
	{ what: 'object', key: `hubspot:${'x'.repeat(151)}:42`, says: /the object is longer than 150 bytes/ },
	{ what: 'ID', key: `hubspot:contact:${'x'.repeat(1001)}`, says: /the ID is longer than 1,000 bytes/ },
	{ what: 'text that is no reference', key: 'x'.repeat(5000), says: /system:object:id/ },
])('a reference with a $what of absurd length is refused without repeating it', ({ key, says }) => {
	expect(() => parseRefKey(key)).toThrow(says);
	expect(() => parseRefKey(key)).not.toThrow(key);
});
