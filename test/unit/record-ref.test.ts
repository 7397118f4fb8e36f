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
