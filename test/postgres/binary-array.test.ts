import fc from 'fast-check';
import { Client } from 'pg';
import { arrayTypes, binaryArray } from '../../lib/store/postgres/binary-array';
import { postgresUrl } from './server';

let client: Client;
beforeAll(async () => {
	client = new Client(await postgresUrl());
	await client.connect();
});
afterAll(async () => await client.end());

const text = fc.string({ unit: 'grapheme' }).filter((one) => one.isWellFormed() && !one.includes('\0'));
const VALUES: readonly [type: string, value: fc.Arbitrary<unknown>][] = [
	['text', fc.oneof(text, fc.constantFrom('', '{}', '"', '\\', 'NULL', ',', ' '))],
	['bigint', fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 32, 2 ** 32 - 1, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER))],
	['boolean', fc.boolean()],
	['float8', fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)],
];

test.each(VALUES)('a list of %s comes back from the database as it went in', async (type, value) => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.option(value)), async (list) => {
			const { rows } = await client.query<{ text: string }>(`SELECT to_jsonb($1::${type}[])::text AS text`, [binaryArray(list, type)]);
			expect(JSON.parse(rows[0]?.text ?? '')).toEqual(list);
		}),
		{ numRuns: 60 },
	);
});

test('which arrays a statement takes is read from it', () => {
	const types = arrayTypes('SELECT * FROM unnest($1::bigint[], $2::text[]) WHERE a = $3 AND b = ANY ($12::float8[])');
	expect([...types]).toEqual([[0, 'bigint'], [1, 'text'], [11, 'float8']]);
	expect(binaryArray(['x'], 'jsonb')).toBeUndefined();
});
