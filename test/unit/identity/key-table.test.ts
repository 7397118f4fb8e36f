import fc from 'fast-check';
import { orderOfDigests } from '../../../lib/identity/at-once/digest-order';
import { Digests } from '../../../lib/identity/at-once/digests';
import { KeyTable } from '../../../lib/identity/at-once/key-table';
import { type Holds, HOLDS } from '../../../lib/identity/prepare/ready-record';
import { halfOf, keyDigest } from '../../../lib/store';

const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const digest = fc.oneof(
	fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), minLength: 16, maxLength: 16 }),
	// Many that differ in little, and many that are equal.
	fc.string({ unit: fc.constantFrom('-', 'z'), minLength: 3, maxLength: 3 }).map((end) => `AAAAAAAAAAAAA${end}`),
	fc.string({ unit: fc.constantFrom('0', '_'), minLength: 2, maxLength: 2 }).map((middle) => `AAAAAA${middle}AAAAAAAA`),
	fc.string({ maxLength: 3 }).map(keyDigest),
);

test('digests come in the order of their texts, equal ones in the order that they came, and none is changed', () => {
	fc.assert(
		fc.property(fc.array(digest, { maxLength: 200 }), (digests) => {
			const held = new Digests(digests.length + 5);
			for (const [row, text] of digests.entries()) held.set(row, halfOf(text, 0), halfOf(text, 1));
			const expected = digests.map((text, row) => ({ text, row })).sort((x, y) => (x.text < y.text ? -1 : x.text > y.text ? 1 : x.row - y.row));
			const order = [...orderOfDigests(held, digests.length)];
			expect(order).toEqual(expected.map(({ row }) => row));
			expect(order.map((row) => held.text(row))).toEqual(expected.map(({ text }) => text));
		}),
		{ numRuns: 300 },
	);
});

test('records propose those behind them with which they share a key that is not too common, each once, copies none', () => {
	const held = fc.record({ key: fc.nat(12), holds: fc.constantFrom<Holds>(...Object.values(HOLDS)) });
	fc.assert(
		fc.property(fc.array(fc.uniqueArray(held, { selector: ({ key }) => key, maxLength: 6 }), { maxLength: 25 }), fc.integer({ min: 2, max: 6 }), (records, limit) => {
			const table = tableOf(records.map((keys) => keys.map(({ key, holds }) => ({ digest: keyDigest(String(key)), holds }))));
			const common = new Set<string>();
			for (const group of table.groups(limit)) {
				common.add(table.at(group.from).digest);
				table.markCommon(group);
			}
			const holders = (key: number) => records.filter((keys) => keys.some((own) => own.key === key)).length;
			const proposing = records.map((keys) => new Set(keys.filter(({ key, holds }) => (holds === HOLDS.value || holds === HOLDS.identifier) && holders(key) < limit).map(({ key }) => key)));
			expect(common.size).toBe(new Set(records.flat().map(({ key }) => key).filter((key) => holders(key) >= limit)).size);
			for (const [place, own] of proposing.entries()) {
				const partners = new Set<number>();
				table.proposals().partners(place, partners);
				const expected = proposing.flatMap((others, other) => (other > place && [...own].some((key) => others.has(key)) ? [other] : []));
				expect([...partners].sort((x, y) => x - y)).toEqual(expected);
			}
		}),
		{ numRuns: 200 },
	);
});

test('a table knows what is in it, and refuses more than it has room for', () => {
	const digests = Array.from({ length: 5000 }, (_, record) => keyDigest(`key ${record % 2500}`));
	const table = tableOf(digests.map((one) => [{ digest: one, holds: HOLDS.value }]));
	expect(table.rowsOf({ from: 0, until: table.size }).map(({ digest: one }) => one)).toEqual([...digests].sort());
	expect([...table.groups(2)]).toHaveLength(2500);
	expect(() => table.add(HOLDS.value, 0, 0)).toThrow('room for 5000 keys only');
});

test('a copy keeps its identifiers, which propose nobody, and no blocking value', () => {
	const [email, name] = [keyDigest('email'), keyDigest('name')];
	const table = tableOf([0, 1, 2].map(() => [{ digest: email, holds: HOLDS.identifier }, { digest: name, holds: HOLDS.value }]));
	table.makeCopy(1);
	const partners = new Set<number>();
	table.proposals().partners(0, partners);
	expect([...partners]).toEqual([2]);
	const holds = (digest: string) => table.rowsOf({ from: 0, until: table.size }).filter((row) => row.digest === digest).map((row) => row.holds);
	expect([holds(email), holds(name)]).toEqual([[HOLDS.identifier, HOLDS.asCopy, HOLDS.identifier], [HOLDS.value, HOLDS.not, HOLDS.value]]);
});

function tableOf(records: readonly (readonly { digest: string; holds: Holds }[])[]): KeyTable {
	const table = new KeyTable(records.flat().length, records.length);
	for (const keys of records) {
		for (const { digest: one, holds } of keys) table.add(holds, halfOf(one, 0), halfOf(one, 1));
		table.endRecord();
	}
	table.sort();
	return table;
}
