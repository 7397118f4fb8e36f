import type { Activity, SourceRecord } from '../../lib/domain';
import type { IdentityStore, LedgerPlace, LedgerWriter } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, createProfiles, ledgerEntry, person, putPersons, ref } from './samples';

const day = (date: number): string => new Date(Date.UTC(2026, 0, date)).toISOString();
const change = (date: number, canonicalId = 'c-1') => ({ type: 'profile.changed' as const, canonicalId, entity: 'person' as const, at: day(date), data: {} });

describeStore('forgetting events', (newStore) => {
	test('the oldest go, as many as asked for, and only before the first that is kept', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.events.append([1, 2, 3, 4, 20, 5].map((date) => change(date)));
			expect(await tx.events.firstSeq()).toBe(1);
			expect([await tx.events.prune(day(4), 2), await tx.events.firstSeq()]).toEqual([2, 3]);
			expect([await tx.events.prune(day(10), 100), await tx.events.prune(day(10), 100)]).toEqual([2, 0]);
			expect((await tx.events.since(0, [], 10)).map(({ seq, at }) => [seq, at])).toEqual([[5, day(20)], [6, day(5)]]);
			expect((await tx.events.ofProfile(['c-1'], 10)).length).toBe(2);
		});
	});

	test('a number is never given again, also when all events went and the store was closed; the last one is still known', async () => {
		const store = await newStore();
		expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq(), await tx.events.since(0, [], 1)])).toEqual([1, 0, []]);
		await store.write(async (tx) => await tx.events.append([1, 2, 3].map((date) => change(date))));
		const failed = store.write(async (tx) => {
			await tx.events.prune(day(9), 10);
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
		expect(await store.read(async (tx) => await tx.events.firstSeq())).toBe(1);
		expect(await store.write(async (tx) => await tx.events.prune(day(9), 10))).toBe(3);
		expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq()])).toEqual([4, 3]);
		expect(await store.write(async (tx) => await tx.events.append([change(4)]))).toEqual([4]);
		expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq()])).toEqual([4, 4]);
	});
});

describeStore('forgetting questions and rejections', (newStore) => {
	test('closed questions go by the day they were closed, open ones never; numbers are not given again', async () => {
		const store = await newStore();
		const task = (a: number, b: number) => ({ a, b, rule: 'name', weight: 1, at: day(1) });
		await store.write(async (tx) => {
			const ids = await tx.reviews.add([task(1, 2), task(1, 3), task(1, 4), task(1, 5), task(1, 6)]);
			const [one = 0, two = 0, three = 0, four = 0, five = 0] = ids;
			await tx.reviews.close([one], 'answered', day(3));
			await tx.reviews.close([two, five], 'moot', day(2));
			await tx.reviews.close([three], 'answered', day(8));
			expect([await tx.reviews.prune(day(5), 1), await tx.reviews.prune(day(5), 9), await tx.reviews.prune(day(5), 9)]).toEqual([1, 2, 0]);
			expect(await Promise.all(ids.map(async (id) => (await tx.reviews.byId(id))?.status))).toEqual([undefined, undefined, 'answered', 'open', undefined]);
			expect((await tx.reviews.open(9, 0)).map(({ id }) => id)).toEqual([four]);
			expect((await tx.reviews.add([task(1, 6)]))[0]).toBeGreaterThan(five);
		});
	});

	test('rejections go by the day they were last noted', async () => {
		const store = await newStore();
		const rejected = (sourceId: string) => ({ ...ref(sourceId), reason: 'no identifier', remedy: 'fill in an email', raw: {} });
		await store.write(async (tx) => {
			await tx.rejections.put([rejected('1'), rejected('2'), rejected('3')], day(1));
			await tx.rejections.put([rejected('2')], day(6));
			expect([await tx.rejections.prune(day(5), 1), await tx.rejections.prune(day(5), 9), await tx.rejections.prune(day(5), 9)]).toEqual([1, 1, 0]);
			expect((await tx.rejections.list(9)).map(({ sourceId, at }) => [sourceId, at])).toEqual([['2', day(6)]]);
		});
	});
});

describeStore('forgetting what was said to destinations', (newStore) => {
	/** Everything that can be forgotten of the ledger, page by page. */
	async function pruneAll(ledger: LedgerWriter, before: string, limit: number): Promise<number> {
		let removed = 0;
		for (let after: LedgerPlace | null = null; ; ) {
			const page = await ledger.prune(before, after, limit);
			removed += page.removed;
			if (!page.last) return removed;
			after = page.last;
		}
	}

	async function targets(store: IdentityStore): Promise<string[]> {
		const statuses = ['pending', 'acknowledged', 'retry', 'failed', 'skipped', 'watched'] as const;
		return await store.read(async (tx) => (await tx.ledger.byStatus('crm:contact', statuses, '', 100)).map(({ target }) => target));
	}

	/** `c-living` has a record, `c-old` leads to it, `c-empty` has none any more. */
	async function filled(): Promise<IdentityStore> {
		const store = await newStore();
		const [living = 0, old = 0, empty = 0] = await createProfiles(store, 'c-living', 'c-old', 'c-empty');
		const [no = 0] = await putPersons(store, 'living record');
		await store.write(async (tx) => {
			await tx.records.assign([{ no, profileNo: living }]);
			await tx.profiles.retire([{ from: old, into: living }]);
			await tx.profiles.setEmpty([empty], true);
		});
		return store;
	}

	test.each([1, 2, 100])('what is in force or due stays, in pages of %i; what no sync needs goes', async (limit) => {
		const store = await filled();
		const nothing = { acknowledged: { '#due': '["city","odd \\" ]} name"]' } };
		const something = { acknowledged: { city: 'Bern', '#due': '["phone"]', odd: 'nul \0 and \ud800' } };
		const entries = [
			...(['c-living', 'c-old'] as const).flatMap((canonicalId) => [
				ledgerEntry(`${canonicalId}: failed, never acknowledged`, { canonicalId, status: 'failed', ...nothing }),
				ledgerEntry(`${canonicalId}: skipped, nothing`, { canonicalId, status: 'skipped' }),
				ledgerEntry(`${canonicalId}: stays, failed`, { canonicalId, status: 'failed', ...something }),
				ledgerEntry(`${canonicalId}: stays, skipped with tags`, { canonicalId, status: 'skipped', acknowledged: { '#tags': 'vip' } }),
				ledgerEntry(`${canonicalId}: stays, acknowledged`, { canonicalId, status: 'acknowledged', ...something }),
			]),
			...(['c-empty', 'c-unknown'] as const).flatMap((canonicalId) => [
				ledgerEntry(`${canonicalId}: failed`, { canonicalId, status: 'failed', ...something }),
				ledgerEntry(`new:${canonicalId}`, { canonicalId, status: 'acknowledged', acknowledged: { '#created': '77' } }),
				ledgerEntry(`${canonicalId}: stays, pending`, { canonicalId, status: 'pending', ...nothing }),
				ledgerEntry(`${canonicalId}: stays, retry`, { canonicalId, status: 'retry', ...something }),
				ledgerEntry(`${canonicalId}: stays, watched`, { canonicalId, status: 'watched', ...nothing }),
				ledgerEntry(`${canonicalId}: stays, young`, { canonicalId, status: 'acknowledged', at: day(9) }),
			]),
			ledgerEntry('living record', { canonicalId: 'c-empty', status: 'acknowledged', ...something }),
		].map((entry) => ({ ...entry, at: entry.target.includes('young') ? day(9) : day(1) }));
		await store.write(async (tx) => {
			await tx.ledger.put(entries);
			await tx.ledger.put([ledgerEntry('elsewhere', { destination: 'shop:customer', status: 'failed', at: day(1) })]);
		});
		const stay = entries.map(({ target }) => target).filter((target) => target.includes('stays') || target === 'living record');
		expect(await store.write(async (tx) => await pruneAll(tx.ledger, day(5), limit))).toBe(entries.length - stay.length + 1);
		expect((await targets(store)).sort()).toEqual(stay.sort());
		expect(await store.write(async (tx) => await pruneAll(tx.ledger, day(5), limit))).toBe(0);
	});
});

describeStore('forgetting activities', (newStore) => {
	const invoice = (sourceId: string, changes: Partial<SourceRecord> = {}): SourceRecord => {
		const activity: Activity = { type: 'invoice', status: 'paid', at: day(1), title: 'nul \0' };
		const links = [{ type: 'owned_by' as const, ...ref('owner') }];
		return { ...person(sourceId), object: 'invoice', kind: 'activity', attributes: {}, identifiers: [], links, activity, updatedAt: day(1), ...changes };
	};
	const owned = async (store: IdentityStore): Promise<string[]> =>
		await store.read(async (tx) => [...(await tx.records.linkingTo('owned_by', [ref('owner')])).values()].flat().map(({ sourceId }) => sourceId));

	test('they are found by number and time of change', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.records.put([person('owner'), invoice('1'), invoice('2'), invoice('3', { updatedAt: day(9) }), invoice('4', { deleted: true }), invoice('5')], AT);
			expect((await tx.records.settledActivities(day(5), 0, 10)).map(({ sourceId, activity }) => [sourceId, activity?.title])).toEqual([['1', 'nul \0'], ['2', 'nul \0'], ['5', 'nul \0']]);
			expect((await tx.records.settledActivities(day(5), 2, 1)).map(({ sourceId }) => sourceId)).toEqual(['2']);
		});
	});

	test('what one says is gone; the same version put again makes no work, whatever it says, and a later one brings it back whole', async () => {
		const store = await newStore();
		const [owner = 0, one = 0] = await store.write(async (tx) => (await tx.records.put([person('owner'), invoice('1'), invoice('2')], AT)).map(({ no }) => no));
		await store.write(async (tx) => await tx.records.forget([owner, one, one, 4711]));
		expect(await owned(store)).toEqual(['2']);
		const [record] = await store.read(async (tx) => await tx.records.byNo([one]));
		expect(record).toEqual({
			...{ no: one, ...ref('1', 'invoice'), version: '1', updatedAt: day(1), kind: 'activity', deleted: true, profileNo: null, firstSeenAt: AT },
			...{ attributes: {}, identifiers: [], consent: [], links: [] },
		});
		await store.write(async (tx) => {
			const read = { ...(invoice('1').activity as Activity), title: 'read in another way' };
			const puts = await tx.records.put([invoice('1'), invoice('1', { activity: read }), invoice('1', { deleted: true }), person('owner')], AT);
			expect(puts.map(({ no, outcome }) => [no, outcome])).toEqual([[one, 'stale'], [one, 'stale'], [one, 'stale'], [owner, 'unchanged']]);
			expect(await tx.records.settledActivities(day(5), 0, 10)).toHaveLength(1);
			const later = await tx.records.put([invoice('1', { version: '2', updatedAt: day(2) })], AT);
			expect(later.map(({ no, outcome }) => [no, outcome])).toEqual([[one, 'changed']]);
		});
		expect(await owned(store)).toEqual(['1', '2']);
		const again = await store.read(async (tx) => await tx.records.byNo([one]));
		expect(again).toMatchObject([{ version: '2', activity: { status: 'paid', title: 'nul \0' }, links: [{ type: 'owned_by', sourceId: 'owner' }] }]);
	});
});

describeStore('compacting', (newStore) => {
	test('a store has the same in it afterwards, and goes on, also while others read', async () => {
		const store = await newStore();
		const street = { street: [{ value: 'Main street '.repeat(50), valid: true }] };
		await store.write(async (tx) => {
			await tx.records.put(Array.from({ length: 500 }, (_, i) => person(String(i), { attributes: street })), AT);
			await tx.events.append(Array.from({ length: 5_000 }, () => change(1)));
		});
		const contents = async () => await store.read(async (tx) => [await tx.records.scan(0, 1_000), await tx.events.lastSeq()]);
		const before = await contents();
		expect(await store.write(async (tx) => await tx.events.prune(day(5), 10_000))).toBe(5_000);
		const compacting = await store.read(async () => ({ done: store.compact() }));
		const [sizes] = await Promise.all([compacting.done, contents()]);
		// A database keeps the room for its own new rows.
		if (store.kind === 'sqlite') expect(sizes.after).toBeLessThan(sizes.before);
		expect(sizes.after).toBeGreaterThan(0);
		expect(await contents()).toEqual(before);
		expect(await store.write(async (tx) => await tx.events.append([change(6)]))).toEqual([5_001]);
		await expect(store.write(async () => await store.compact())).rejects.toThrow('compact() was called inside write()');
	});
});
