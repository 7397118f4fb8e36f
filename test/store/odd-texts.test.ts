import type { RecordRef } from '../../lib/domain';
import { describeStore } from './describe-store';
import { AT, createProfiles, decision, golden, ledgerEntry, person, ref } from './samples';

/** In the order of their bytes in UTF-8, which is neither that of UTF-16 nor that of any language. */
const IN_ORDER = ['', '%', 'Z', '_', 'a', 'a ', 'aa', 'z', 'é', '\uff5e', '\u{1f600}'];
const NUL = 'a\u0000b';

describeStore('odd texts', (newStore) => {
	test('pages go in the order of bytes, whatever the language of the database', async () => {
		const store = await newStore();
		const shuffled = [...IN_ORDER].reverse();
		await store.write(async (tx) => {
			await tx.keys.markGeneric(shuffled, true);
			await tx.ledger.put(shuffled.map((target) => ledgerEntry(target, { status: 'retry' })));
			expect(await tx.keys.scanGeneric('', 99)).toEqual(IN_ORDER.slice(1));
			expect(await tx.keys.scanGeneric('aa', 2)).toEqual(['z', 'é']);
			expect((await tx.ledger.byStatus('crm:contact', ['retry', 'failed'], 'z', 9)).map(({ target }) => target)).toEqual(IN_ORDER.slice(8));
			await tx.records.put(shuffled.map((object, i) => person(String(i), { object })), AT);
			expect((await tx.records.counts()).map(({ object }) => object)).toEqual(IN_ORDER);
		});
	});

	test('retired IDs go in the order of bytes', async () => {
		const store = await newStore();
		const [stays = 0, ...gone] = await createProfiles(store, 'stays', ...[...IN_ORDER].reverse());
		await store.write(async (tx) => {
			await tx.profiles.retire(gone.map((from) => ({ from, into: stays })));
			expect((await tx.profiles.aliases([stays])).get(stays)).toEqual(IN_ORDER);
			expect((await tx.profiles.scanAliases('', 99)).map(({ canonicalId }) => canonicalId)).toEqual(IN_ORDER.slice(1));
		});
	});

	test('the character NUL stays what it is, wherever it stands', async () => {
		const store = await newStore();
		const place: RecordRef = { ...ref(NUL), system: 'crm' };
		const record = person(NUL, { version: NUL, attributes: { name: [{ value: NUL, raw: NUL, valid: false, reason: NUL }] }, links: [{ type: 'member_of', ...place }] });
		const rejected = { ...place, reason: NUL, field: NUL, remedy: NUL };
		const [no = 0] = await createProfiles(store, NUL);
		await store.write(async (tx) => {
			await tx.records.put([record], AT);
			await tx.decisions.add([{ ...decision(NUL, 'other', 'same'), actor: NUL, reason: NUL }]);
			await tx.rejections.put([{ ...rejected, raw: {} }], AT);
			await tx.cursors.set(NUL, { [NUL]: NUL }, AT);
			await tx.ledger.put([ledgerEntry(NUL, { reason: NUL, acknowledged: { name: NUL } })]);
			const home = { keys: [NUL], families: [NUL], employers: [NUL] };
			const built = { no, golden: golden({ segments: [{ name: NUL, reason: NUL }] }), companies: [NUL], name: NUL, home, staleAt: null, searchText: NUL };
			await tx.profiles.saveGolden([built, { ...built, searchText: 'ann' }]);
		});
		await store.read(async (tx) => {
			expect((await tx.records.byRef([record])).get(`crm:contact:${NUL}`)).toMatchObject(record);
			expect([...(await tx.records.linkingTo('member_of', [place])).values()].flat().map(({ sourceId }) => sourceId)).toEqual([NUL]);
			expect(await tx.decisions.touching([place])).toMatchObject([{ a: place, actor: NUL, reason: NUL }]);
			expect(await tx.rejections.list(1)).toEqual([{ ...rejected, at: AT }]);
			expect(await tx.cursors.get(NUL)).toEqual({ [NUL]: NUL });
			expect((await tx.ledger.get('crm:contact', [NUL])).get(NUL)).toMatchObject({ reason: NUL, acknowledged: { name: NUL } });
			expect((await tx.profiles.byCanonicalId([NUL])).get(NUL)).toMatchObject({ name: NUL, companies: [NUL], home: { keys: [NUL] } });
			expect((await tx.profiles.linksOf([no])).get(no)).toEqual({ householdKeys: [NUL], companies: [NUL] });
			expect((await tx.profiles.ofHouseholds([NUL], 1)).get(NUL)).toHaveLength(1);
			expect((await tx.profiles.counts()).segments).toEqual({ [NUL]: 1 });
			expect(await tx.profiles.search('ann', 'person', 1)).toHaveLength(1);
		});
	});
});
