import fc from 'fast-check';
import { type NormalizeBatch, normalizeBatch, type Normalizer, openNormalizer } from '../../../lib';
import { build, normalizeProgram } from '../cli/built';

let threaded: Normalizer;

beforeAll(() => {
	build();
	threaded = openNormalizer(2, normalizeProgram);
}, 120_000);
afterAll(() => threaded.close());

const MAPPINGS: NormalizeBatch['mappings'] = [
	{
		...{ system: 'crm', object: 'person', kind: 'person', defaultCountry: 'GB' },
		fields: [{ path: 'name', type: 'full_name' }, { path: 'email', attribute: 'email', separator: ';' }, { path: 'phone', attribute: 'phone' }, { path: 'born', attribute: 'birth_date' }, { path: 'note', attribute: 'note' }],
	},
	{ system: 'shop', object: 'company', kind: 'company', fields: [{ path: 'name', attribute: 'company_name' }, { path: 'employees', attribute: 'employees' }] },
];

function batchOf(rows: readonly { company: boolean; raw: Record<string, unknown> }[]): NormalizeBatch {
	return {
		records: rows.map(({ company, raw }, index) => ({ ...(company ? { system: 'shop', object: 'company' } : { system: 'crm', object: 'person' }), sourceId: String(index), version: '1', updatedAt: '2025-01-31T12:00:00Z', raw })),
		mappings: MAPPINGS,
		mappingOf: rows.map(({ company }) => (company ? 1 : 0)),
		defaultCountry: 'US',
	};
}

const cell = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('Ann Hill', 'ann@acorn.com; a.hill@acorn.com', '020 7946 0018', '31.12.1970', '1/2/80', '1,200', '-0', '', '\ud800', '\0'));
const row = fc.record({ company: fc.boolean(), raw: fc.record({ name: cell, email: cell, phone: cell, born: cell, note: cell, employees: cell }, { requiredKeys: [] }) });

test('threads give to the letter what this thread would, whatever stands in the records', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(row, { maxLength: 8 }), { minLength: 1, maxLength: 9 }), async (lists) => {
			const batches = lists.map(batchOf);
			const results = await Promise.all(batches.map((batch) => threaded.normalize(batch)));
			// The letter: what the store keeps is JSON text.
			expect(results.map((list) => JSON.stringify(list))).toEqual(batches.map((batch) => JSON.stringify(normalizeBatch(batch))));
		}),
		{ numRuns: 60 },
	);
});

test('a batch that fails does so with the same message in a thread and here, and fails alone', async () => {
	const good = batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]);
	const bad = { ...good, mappings: [{ ...MAPPINGS[0], fields: [{ path: 'a..b', attribute: 'email' }] }] } as NormalizeBatch;
	const message = await openNormalizer(0).normalize(bad).catch((error: unknown) => (error as Error).message);
	expect(message).toMatch(/field mapping of crm person is not valid/);
	const settled = await Promise.allSettled([good, bad, good, bad, good].map((batch) => threaded.normalize(batch)));
	expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.length : (one.reason as Error).message))).toEqual([1, message, 1, message, 1]);
});

test('where the program of the threads was not built, the calling thread does the work', async () => {
	const normalizer = openNormalizer(3);
	expect(normalizer.threads).toBe(0);
	const batch = batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]);
	expect(await normalizer.normalize(batch)).toEqual(normalizeBatch(batch));
	await normalizer.close();
});

test('what is under way when the threads end says so, and does not wait for ever', async () => {
	const normalizer = openNormalizer(1, normalizeProgram);
	const under = normalizer.normalize(batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]));
	await Promise.all([expect(under).rejects.toThrow('A thread that normalizes records ended before its work was done'), normalizer.close()]);
	await expect(normalizer.normalize(batchOf([]))).rejects.toThrow('ended before');
});
