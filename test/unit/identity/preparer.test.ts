import fc from 'fast-check';
import {
	contentOf, defaultModel, type FieldMapping, headOf, matchKeys, type Normalized, normalizeRecord, openPreparer, PackedRecord, type PrepareBatch, type Preparer,
	preparingPart, recordContent, toComparable,
} from '../../../lib';
import { readyComparable } from '../../../lib/identity/prepare/prepared';
import { writtenRecord } from '../../../lib/store/written-record';
import { build, prepareProgram } from '../cli/built';

const MODEL = defaultModel(['crm', 'shop']);
let threaded: Preparer;

beforeAll(() => {
	build();
	threaded = openPreparer(2, prepareProgram);
}, 120_000);
afterAll(() => threaded.close());

const MAPPINGS: PrepareBatch['mappings'] = [
	{
		...{ system: 'crm', object: 'person', kind: 'person', defaultCountry: 'GB' },
		fields: [{ path: 'name', type: 'full_name' }, { path: 'email', attribute: 'email', separator: ';' }, { path: 'phone', attribute: 'phone' }, { path: 'born', attribute: 'birth_date' }, { path: 'note', attribute: 'note' }],
	},
	{ system: 'shop', object: 'company', kind: 'company', fields: [{ path: 'name', attribute: 'company_name' }, { path: 'employees', attribute: 'employees' }] },
];

/** All that the store and matching make of a record: content to the letter, what it is compared by, and its keys. */
function faceOf({ record, rejected }: Normalized): unknown {
	if (!record) return rejected;
	const { json, hash } = recordContent(record);
	const stored = writtenRecord(record, { no: 7, profileNo: null, firstSeenAt: '2026-01-01T00:00:00Z', hash });
	const made = readyComparable(stored, 7, MODEL);
	expect(made !== undefined).toBe(record instanceof PackedRecord);
	const comparable = made ?? toComparable(record, 7, MODEL);
	return { ...headOf(record), json, hash, attributes: JSON.parse(JSON.stringify(stored.attributes)) as unknown, comparable, keys: matchKeys(comparable, MODEL), content: contentOf(comparable) };
}

function batchOf(rows: readonly { company: boolean; raw: Record<string, unknown> }[]): PrepareBatch {
	return {
		records: rows.map(({ company, raw }, index) => ({ ...(company ? { system: 'shop', object: 'company' } : { system: 'crm', object: 'person' }), sourceId: String(index), version: '1', updatedAt: '2025-01-31T12:00:00Z', raw })),
		mappings: MAPPINGS,
		mappingOf: rows.map(({ company }) => (company ? 1 : 0)),
		defaultCountry: 'US',
		model: preparingPart(MODEL),
	};
}

const cell = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('Ann Hill', 'ann@acorn.com; a.hill@acorn.com', '020 7946 0018', '31.12.1970', '1/2/80', '1,200', '-0', '', '\ud800', '\0'));
const row = fc.record({ company: fc.boolean(), raw: fc.record({ name: cell, email: cell, phone: cell, born: cell, note: cell, employees: cell }, { requiredKeys: [] }) });

test('threads give to the letter what this thread would, whatever stands in the records', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(row, { maxLength: 8 }), { minLength: 1, maxLength: 9 }), async (lists) => {
			const batches = lists.map(batchOf);
			const results = await Promise.all(batches.map((batch) => threaded.prepare(batch)));
			results.forEach((list, place) => {
				const batch = batches[place] as PrepareBatch;
				expect(list.map((one) => faceOf(one))).toEqual(
					batch.records.map((raw, index) => faceOf(normalizeRecord(raw, batch.mappings[batch.mappingOf[index] ?? -1] as FieldMapping, { defaultCountry: batch.defaultCountry }))),
				);
			});
		}),
		{ numRuns: 60 },
	);
});

test('a batch that fails does so with the same message in a thread and here, and fails alone', async () => {
	const good = batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]);
	const bad = { ...good, mappings: [{ ...MAPPINGS[0], fields: [{ path: 'a..b', attribute: 'email' }] }] } as PrepareBatch;
	const message = await openPreparer(0).prepare(bad).catch((error: unknown) => (error as Error).message);
	expect(message).toMatch(/field mapping of crm person is not valid/);
	const settled = await Promise.allSettled([good, bad, good, bad, good].map((batch) => threaded.prepare(batch)));
	expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.length : (one.reason as Error).message))).toEqual([1, message, 1, message, 1]);
});

test('where the program of the threads was not built, the calling thread does the work', async () => {
	const preparer = openPreparer(3);
	expect(preparer.threads).toBe(0);
	const batch = batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]);
	expect((await preparer.prepare(batch)).map(({ record }) => record?.identifiers)).toEqual([[{ kind: 'email', value: 'ann@acorn.com' }]]);
	await preparer.close();
});

test('what is under way when the threads end says so, and does not wait for ever', async () => {
	const preparer = openPreparer(1, prepareProgram);
	const under = preparer.prepare(batchOf([{ company: false, raw: { email: 'ann@acorn.com' } }]));
	await Promise.all([expect(under).rejects.toThrow('A thread that makes records ready ended before its work was done'), preparer.close()]);
	await expect(preparer.prepare(batchOf([]))).rejects.toThrow('ended before');
});

test('records that were made ready by one model are compared as another one wants it', async () => {
	const [result] = await threaded.prepare(batchOf([{ company: false, raw: { email: 'ann@acorn.com', name: 'Ann Hill' } }]));
	if (!result?.record) throw new Error('the record was rejected');
	const { hash } = recordContent(result.record);
	const stored = writtenRecord(result.record, { no: 1, profileNo: null, firstSeenAt: '2026-01-01T00:00:00Z', hash });
	const weightsOnly = { ...MODEL, matching: { ...MODEL.matching, person: { ...MODEL.matching.person, prior: 0.001 } } };
	expect(readyComparable(stored, 1, weightsOnly)?.emails).toEqual(['ann@acorn.com']);
	expect(readyComparable(stored, 1, { ...MODEL, blockedValues: [{ kind: 'email', value: 'ann@acorn.com' }] })).toBeUndefined();
});
