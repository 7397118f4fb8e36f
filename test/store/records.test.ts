import fc from 'fast-check';
import type { SourceRecord } from '../../lib/domain';
import { describeStore } from './describe-store';
import { AT, createProfiles, person, putPersons, ref } from './samples';

describeStore('records', (newStore) => {
	test('what is known of a record without its content changes its hash with the content, and is read in the order asked for', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await putPersons(store, '1', '2');
		const before = await store.read((tx) => tx.records.heads([two, 99, one]));
		expect(before).toMatchObject([{ no: two, sourceId: '2', kind: 'person', profileNo: null, firstSeenAt: AT }, { no: one, sourceId: '1' }]);
		const changed = person('1', { updatedAt: '2026-03-02T09:00:00.000Z', version: '2', deleted: true });
		await store.write((tx) => tx.records.put([changed], AT));
		const [after] = await store.read((tx) => tx.records.heads([one]));
		expect(after).toMatchObject({ no: one, version: '2', deleted: true });
		expect(after?.hash).not.toBe(before[1]?.hash);
		expect(await store.read((tx) => tx.records.hashes([one, two, 99]))).toEqual(new Map([[one, after?.hash], [two, before[0]?.hash]]));
	});

	test('a record is read back as it was put, with its number and when it was first seen', async () => {
		const store = await newStore();
		const record = person('42', {
			attributes: {
				given_name: [{ value: 'أنّا 😀', raw: { nested: [1, null, 'x'] }, valid: false, reason: 'emoji', flags: ['placeholder'] }],
				score: [],
			},
			consent: [{ purpose: 'email_marketing', status: 'denied', at: AT, raw: 'cleaned' }],
			links: [{ type: 'member_of', ...ref('7', 'company') }],
		});
		const activity = person('9', {
			kind: 'activity',
			activity: { type: 'invoice', status: 'paid', at: AT, amount: { minor: 1999, currency: 'EUR' } },
		});
		const results = await store.write(async (tx) => await tx.records.put([record, activity], AT));
		expect(results.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
		await store.read(async (tx) => {
			const nos = results.map(({ no }) => no);
			expect(await tx.records.byNo(nos)).toEqual([record, activity].map((each, i) => ({ ...each, no: nos[i], profileNo: null, firstSeenAt: AT })));
			expect([...(await tx.records.byRef([record, ref('nobody')])).keys()]).toEqual(['crm:contact:42']);
		});
	});

	test('source IDs that differ in one odd character are different records', async () => {
		const store = await newStore();
		const ids = ['a', 'A', 'a ', 'a\u0000', 'a\u0000b', '\ud83d', '\ud83e', '\u0001', '\u0001"x"', 'é', 'e\u0301', ':', '::'];
		const nos = await putPersons(store, ...ids);
		expect(new Set(nos).size).toBe(ids.length);
		await store.read(async (tx) => {
			const found = await tx.records.byRef(ids.map((id) => ref(id)));
			expect(ids.map((id) => found.get(`crm:contact:${id}`)?.sourceId)).toEqual(ids);
		});
	});

	test('the same record again is unchanged, an older one stale, a newer one changed and says what was before', async () => {
		const store = await newStore();
		const first = person('1', { version: '9' });
		const newer = person('1', { version: '10', attributes: {} });
		const later = person('1', { version: '3', updatedAt: '2026-01-01T00:00:01Z', attributes: {} });
		const outcomes = await store.write(async (tx) => {
			const results = await tx.records.put([first, { ...first }, newer, first, later, newer], AT);
			expect(results[2]?.before).toMatchObject(first);
			expect(results[4]?.before).toMatchObject(newer);
			return results.map(({ outcome }) => outcome);
		});
		expect(outcomes).toEqual(['new', 'unchanged', 'changed', 'stale', 'changed', 'stale']);
	});

	test('of a deleted and a living record of one time and version the deleted one stays, whichever came first', async () => {
		const store = await newStore();
		// Enough of them that no content hash decides it by chance.
		const ids = Array.from({ length: 20 }, (_, index) => `${index}`);
		const outcomes = await store.write(async (tx) => {
			await tx.records.put(ids.map((id) => person(id, { deleted: Number(id) % 2 === 0 })), AT);
			return await tx.records.put(ids.map((id) => person(id, { deleted: Number(id) % 2 === 1 })), AT);
		});
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(ids.map((id) => (Number(id) % 2 === 0 ? 'stale' : 'changed')));
		const stored = await store.read((tx) => tx.records.byRef(ids.map((id) => ref(id))));
		expect([...stored.values()].filter(({ deleted }) => deleted)).toHaveLength(ids.length);
	});

	test('a new time of change alone is a change, for survivorship asks for it', async () => {
		const store = await newStore();
		const [again] = await store.write(async (tx) => {
			await tx.records.put([person('1')], AT);
			return await tx.records.put([person('1', { updatedAt: '2026-01-02T00:00:00.000Z' })], AT);
		});
		expect(again?.outcome).toBe('changed');
	});

	test('the order of keys in a record does not make it another one', async () => {
		const store = await newStore();
		const value = { value: 'Ann', valid: true, raw: { a: 1, b: 2 } };
		const turned = { raw: { b: 2, a: 1 }, valid: true, value: 'Ann' };
		const [again] = await store.write(async (tx) => {
			await tx.records.put([person('1', { attributes: { x: [value], y: [] } })], AT);
			return await tx.records.put([person('1', { attributes: { y: [], x: [turned] } })], AT);
		});
		expect(again?.outcome).toBe('unchanged');
	});

	test('whatever order the versions of records arrive in, and in whatever batches, the same is stored', async () => {
		const version = fc.record({
			sourceId: fc.constantFrom('1', '2'),
			version: fc.constantFrom('1', '2', '9', '10', '010', 'v2', ''),
			updatedAt: fc.constantFrom(
				'2026-01-01T00:00:00Z',
				'2026-01-01T00:00:00.000Z',
				'2026-01-01T00:00:00.5Z',
				'2026-01-01T00:00:00.5004Z',
				'2026-01-01T00:00:00.500600Z',
				'2026-01-01T01:00:00+01:00',
				'someday',
			),
			name: fc.constantFrom('Ann', 'Anna'),
			link: fc.constantFrom('7', '8'),
			deleted: fc.boolean(),
		});
		const arrivals = fc.array(version, { minLength: 1, maxLength: 8 }).chain((versions) =>
			fc.tuple(
				fc.constant(versions),
				fc.shuffledSubarray(
					versions.map((_, i) => i),
					{ minLength: versions.length },
				),
				fc.integer({ min: 1, max: 8 }),
			),
		);
		const store = await newStore();
		let run = 0;
		await fc.assert(
			fc.asyncProperty(arrivals, async ([versions, order, batch]) => {
				run += 1;
				const toRecord = (system: string, from: (typeof versions)[number]): SourceRecord => ({
					...person(from.sourceId, { version: from.version, updatedAt: from.updatedAt, deleted: from.deleted }),
					system,
					attributes: { given_name: [{ value: from.name, valid: true }] },
					links: [{ type: 'member_of', ...ref(from.link, `company of run ${run}`) }],
				});
				const [one, other] = [`one-${run}`, `other-${run}`];
				await store.write(async (tx) => {
					await tx.records.put(versions.map((each) => toRecord(one, each)), AT);
					const shuffled = order.flatMap((i) => versions[i] ?? []).map((each) => toRecord(other, each));
					for (let i = 0; i < shuffled.length; i += batch) await tx.records.put(shuffled.slice(i, i + batch), AT);
					const stored = async (system: string): Promise<unknown> => {
						const records = await tx.records.byRef(['1', '2'].map((sourceId) => ({ ...ref(sourceId), system })));
						const members = [];
						for (const company of ['7', '8'].map((id) => ref(id, `company of run ${run}`))) {
							const linked = [...(await tx.records.linkingTo('member_of', [company])).values()].flat();
							members.push(linked.flatMap((each) => (each.system === system ? each.sourceId : [])).sort());
						}
						const plain = [...records.values()].map(({ version, updatedAt, attributes, deleted }) => ({ version, updatedAt, attributes, deleted }));
						return { plain, members };
					};
					expect(await stored(other)).toEqual(await stored(one));
				});
			}),
			{ numRuns: 100 },
		);
	});

	test('records of a profile leave out activities and deleted ones, in order of number', async () => {
		const store = await newStore();
		const [profile, another] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => {
			const others = [person('3', { kind: 'activity' }), person('4', { deleted: true }), person('5'), person('6', { kind: 'company' })];
			const records = [person('1'), person('2'), ...others];
			const results = await tx.records.put(records, AT);
			await tx.records.assign(results.map(({ no }, i) => ({ no, profileNo: (i === 4 ? another : profile) ?? null })).reverse());
			expect((await tx.records.ofProfiles([another ?? 0, profile ?? 0, profile ?? 0])).map(({ sourceId }) => sourceId)).toEqual(['1', '2', '5', '6']);
			await tx.records.assign([{ no: results[0]?.no ?? 0, profileNo: null }]);
			expect((await tx.records.ofProfiles([profile ?? 0])).map(({ sourceId }) => sourceId)).toEqual(['2', '6']);
		});
	});

	test('links are found from their target, follow a change of the record, and end with its deletion', async () => {
		const store = await newStore();
		const linkTo = (sourceId: string): SourceRecord['links'] => [{ type: 'member_of', ...ref(sourceId, 'company') }];
		const members = async (...companies: string[]): Promise<string[][]> =>
			await store.read(async (tx) => {
				const found = await tx.records.linkingTo('member_of', companies.map((id) => ref(id, 'company')));
				return companies.map((id) => (found.get(`crm:company:${id}`) ?? []).map(({ sourceId }) => sourceId));
			});
		const put = async (...records: SourceRecord[]): Promise<unknown> => await store.write(async (tx) => await tx.records.put(records, AT));
		await put(person('1', { links: [...linkTo('a'), ...linkTo('b'), ...linkTo('a')] }), person('2', { links: linkTo('a') }));
		expect(await members('a', 'b')).toEqual([['1', '2'], ['1']]);
		await put(person('1', { version: '2', links: linkTo('c') }), person('2', { version: '2', links: linkTo('a'), deleted: true }));
		expect(await members('a', 'b', 'c')).toEqual([[], [], ['1']]);
		expect(await store.read(async (tx) => await tx.records.linkingTo('owned_by', [ref('c', 'company')]))).toEqual(new Map());
	});

	test('a scan meets every record once, deleted ones too; counts leave those out', async () => {
		const store = await newStore();
		await putPersons(store, '1', '2', '3', '4');
		await store.write(async (tx) => await tx.records.put([person('2', { version: '2', deleted: true }), { ...person('5'), object: 'lead' }], AT));
		await store.read(async (tx) => {
			const met: string[] = [];
			for (let page = await tx.records.scan(0, 2); page.length > 0; page = await tx.records.scan(page.at(-1)?.no ?? Infinity, 2)) {
				met.push(...page.map((record) => `${record.sourceId}${record.deleted ? ' deleted' : ''}`));
			}
			expect(met).toEqual(['1', '2 deleted', '3', '4', '5']);
			expect(await tx.records.counts()).toEqual([
				{ system: 'crm', object: 'contact', records: 3 },
				{ system: 'crm', object: 'lead', records: 1 },
			]);
		});
	});

	test.each([
		{ what: 'a record that does not exist', no: 99, profileNo: null },
		{ what: 'a profile that does not exist', no: 1, profileNo: 99 },
	])('assigning $what is refused and keeps nothing', async ({ no, profileNo }) => {
		const store = await newStore();
		await putPersons(store, '1');
		const attempt = store.write(async (tx) => {
			await tx.records.put([person('2')], AT);
			await tx.records.assign([{ no, profileNo }]);
		});
		await expect(attempt).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
		expect(await store.read(async (tx) => (await tx.records.scan(0, 10)).length)).toBe(1);
	});
});
