import fc from 'fast-check';
import { type GoldenRecord, goldenRecordSchema, type Lineage, type RecordRef } from '../../lib/domain';
import { packGolden, unpackGolden } from '../../lib/store/packed-golden';
import { golden } from './samples';

const text = fc.string({ unit: 'binary', maxLength: 6 });
/** Few of each, so that several values come from one record, and what is unlike itself only in where one part ends and the next begins is met too. */
const ref: fc.Arbitrary<RecordRef> = fc.record({ system: fc.constantFrom('a', 'ab', 'a:b'), object: fc.constantFrom('b', 'bc', 'b:c'), sourceId: fc.constantFrom('1', 'c1', ':1', '') });
const lineageFrom = (records: readonly RecordRef[]): fc.Arbitrary<Lineage[]> =>
	fc.array(
		fc
			.record({
				rule: fc.constantFrom('most_recent', 'union', 'most_complete address'),
				ref: records.length === 0 ? ref : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...records) }, ref),
				updatedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', ''),
				candidates: fc.nat(9),
			})
			.map(({ rule, ref: { system, object, sourceId }, updatedAt, candidates }) => ({ rule, system, object, sourceId, updatedAt, candidates })),
		{ maxLength: 3 },
	);
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0));
const names = fc.oneof(fc.constantFrom('email', 'city', '__proto__', 'constructor', '7'), text);

const goldens: fc.Arbitrary<GoldenRecord> = fc.array(ref, { maxLength: 4 }).chain((records) =>
	fc.record({
		attributes: fc.dictionary(names, fc.record({ value: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), lineage: lineageFrom(records) })),
		identifiers: fc.array(fc.record({ kind: fc.constantFrom('email', 'phone'), value: fc.string({ minLength: 1 }), display: text }, { requiredKeys: ['kind', 'value'] }), { maxLength: 3 }),
		consent: fc.dictionary(names, fc.record({ status: fc.constantFrom('granted', 'denied', 'unknown'), at: text, lineage: lineageFrom(records) }, { requiredKeys: ['status', 'lineage'] })),
		records: fc.constant(records),
		metrics: fc.dictionary(names, fc.record({ value: fc.oneof(scalar, fc.constant(null)), reasons: fc.array(text, { maxLength: 3 }) })),
		segments: fc.array(fc.record({ name: text, reason: text }), { maxLength: 2 }),
	}),
);

test('a golden record comes back to the letter as it was kept, with every line of its lineage', () => {
	fc.assert(
		fc.property(goldens, (one) => {
			expect(JSON.stringify(unpackGolden(packGolden(one), 'per_1'))).toBe(JSON.stringify(one));
		}),
		{ numRuns: 500 },
	);
});

test('a golden record of three records takes less than half the room of its JSON, and its values stand where SQL finds them', () => {
	const records = ['1', '2', '3'].map((sourceId) => ({ system: 'crm', object: 'contact', sourceId }));
	const lineage = records.slice(0, 1).map((record) => ({ rule: 'system_of_record', ...record, updatedAt: '2026-01-01T00:00:00.000Z', candidates: 1 }));
	const attributes = Object.fromEntries(['given_name', 'family_name', 'email', 'phone', 'street', 'city', 'country'].map((name) => [name, { value: name, lineage }]));
	const one = goldenRecordSchema.parse(golden({ records, attributes, metrics: { open_tickets: { value: 2, reasons: ['2 open tickets'] } } }));
	const packed = packGolden(one);
	expect(packed.length).toBeLessThan(JSON.stringify(one).length / 2);
	expect(JSON.parse(packed)).toMatchObject({ attributes: { email: ['email', 0, 0, 1] }, metrics: { open_tickets: [2, '2 open tickets'] } });
});
