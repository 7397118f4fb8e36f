import { randomBytes, randomInt } from 'node:crypto';
import { MAX_NAME, MAX_SOUGHT, MAX_SOURCE_ID, type FieldMapping, type RecordRef } from '../../lib/domain';
import { buildProfiles, emptySummary, ingestPage } from '../../lib/identity';
import { normalizeRecord, streetKey } from '../../lib/normalize';
import type { IdentityStore } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, createProfiles, golden, ledgerEntry, person } from './samples';

/** Text that no index can make shorter, as `aaaa...` is made. */
const letters = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);
/** Random characters out of a range. */
const characters = (length: number, first: number, last: number): string => Array.from({ length }, () => String.fromCharCode(randomInt(first, last))).join('');
const hangul = (length: number): string => characters(length, 0xac00, 0xd7a4);
/** Syllables that are six or seven letters each where they are compared. */
const LONG_SYLLABLES = [...Array(0xd7a4 - 0xac00).keys()].map((index) => String.fromCharCode(0xac00 + index)).filter((syllable) => streetKey(syllable).length > 5);

const FULLEST: { what: string; fill: (bytes: number) => string }[] = [
	{ what: 'letters', fill: letters },
	{ what: 'letters of another script', fill: (bytes) => hangul(Math.floor(bytes / 3)) },
	{ what: 'letters with the character NUL', fill: (bytes) => `\u0000${letters(bytes - 6)}` },
	{ what: 'control characters', fill: (bytes) => `\u0000${characters(Math.floor(bytes / 6) - 1, 0, 32)}` },
	{ what: 'halves of surrogate pairs', fill: (bytes) => characters(Math.floor(bytes / 6), 0xd800, 0xdc00) },
	{ what: 'quotation marks and the character NUL', fill: (bytes) => `\u0000${'"'.repeat(3)}${letters(bytes - 12)}` },
];

const MAPPING: FieldMapping = {
	system: 'crm', object: 'contact', kind: 'person',
	fields: [
		{ path: 'given', attribute: 'given_name' }, { path: 'family', attribute: 'family_name' }, { path: 'email', attribute: 'email' },
		{ path: 'street', attribute: 'street' }, { path: 'zip', attribute: 'postal_code' },
	],
};

async function ingest(store: IdentityStore, rows: readonly { sourceId: string; raw: Record<string, unknown> }[]): Promise<void> {
	const page = rows.map(({ sourceId, raw }) => normalizeRecord({ system: 'crm', object: 'contact', sourceId, version: '1', updatedAt: AT, raw }, MAPPING));
	await ingestPage(store, page, { systems: ['crm'], now: Date.parse(AT), summary: emptySummary() });
	await buildProfiles(store, { systems: ['crm'], now: () => Date.parse(AT) });
}

describeStore('long texts', (newStore) => {
	test.each(FULLEST)('references with IDs of $what as long as they may be go wherever a store finds something by them', async ({ fill }) => {
		const store = await newStore();
		const longest = (): RecordRef => ({ system: letters(MAX_NAME), object: letters(MAX_NAME), sourceId: fill(MAX_SOURCE_ID) });
		const [a, b, target] = [longest(), longest(), longest()];
		await store.write(async (tx) => {
			await tx.records.put([person('', { ...a, links: [{ type: 'member_of', ...target }] }), person('', b)], AT);
			await tx.decisions.add([{ a, b, verdict: 'different', actor: 'kim', reason: '', at: AT }]);
			await tx.rejections.put([{ ...a, reason: 'x', remedy: 'x', raw: {} }], AT);
			await tx.ledger.put([ledgerEntry(a.sourceId)]);
			await tx.keys.markGeneric([`company|${letters(MAX_NAME)}:${fill(MAX_SOUGHT)}`], true);
		});
		await store.read(async (tx) => {
			expect((await tx.records.headsByRef([a, b])).size).toBe(2);
			expect([...(await tx.records.linkingTo('member_of', [target])).values()].flat()).toHaveLength(1);
			expect(await tx.decisions.touching([b])).toMatchObject([{ a, b }]);
		});
	});

	test('a record whose ID is too long is rejected alone, under the beginning of its ID, and once', async () => {
		const store = await newStore();
		const beginning = letters(200);
		const [first, second] = [beginning + letters(4800), beginning + letters(4800)];
		const rows = [first, '1', second, letters(MAX_SOURCE_ID)].map((sourceId, index) => ({ sourceId, raw: { email: `ann${index}@acorn-mail.com` } }));
		await ingest(store, rows);
		await ingest(store, rows);
		await store.read(async (tx) => {
			expect(await tx.records.counts()).toEqual([{ system: 'crm', object: 'contact', records: 2 }]);
			const rejections = await tx.rejections.list(9);
			expect(rejections).toHaveLength(2);
			for (const { sourceId, reason, field } of rejections) {
				expect(sourceId.startsWith(beginning.slice(0, 60))).toBe(true);
				expect([sourceId.length < 100, field]).toEqual([true, 'sourceId']);
				expect(reason).toBe('One record of crm contact has a source ID that is longer than 1,000 bytes.');
			}
		});
	});

	test('a name and a street of absurd length that very many share leave the others as they are', async () => {
		const store = await newStore();
		const [family, street] = [hangul(190), `5 ${hangul(490)}`];
		const crowd = Array.from({ length: 210 }, (_, index) => ({ sourceId: `${index}`, raw: { given: letters(8), family, street, zip: '12345', email: `ann${index}@acorn-mail.com` } }));
		await ingest(store, crowd);
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 210 }]);
	});

	test('a street of absurd length is no home, and hinders no profile', async () => {
		const store = await newStore();
		const street = `5 ${Array.from({ length: 490 }, () => LONG_SYLLABLES[randomInt(LONG_SYLLABLES.length)]).join('')}`;
		await ingest(store, ['Ann', 'Bob'].map((given) => ({ sourceId: given, raw: { given, family: 'Hill', street, zip: '12345', email: `${given}@acorn-mail.com` } })));
		expect((await store.read((tx) => tx.profiles.byNo([1, 2]))).map(({ home }) => home.keys)).toEqual([[], []]);
	});

	test('a profile of very many long words is found by the first of them', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'long');
		const searchText = `Holloway ${Array.from({ length: 7000 }, () => letters(250).replaceAll(/[-_]/g, 'x')).join(' ')}`;
		await store.write((tx) => tx.profiles.saveGolden([{ no, golden: golden(), companies: [], name: 'long', home: { keys: [], families: [], employers: [] }, staleAt: null, searchText }]));
		expect(await store.read((tx) => tx.profiles.search('holloway', 'person', 9))).toHaveLength(1);
	});
});
