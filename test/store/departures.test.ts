import type { Departure, DeparturePlace, IdentityStore } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, createProfiles, ref } from './samples';

/** A name that no database keeps as it is. */
const ODD = 'a\u0000b';
const left = (sourceId: string, canonicalId: string, entity: Departure['entity'] = 'person'): Departure => ({ ...ref(sourceId), entity, canonicalId });
const coming = (sourceId: string, kind: 'person' | 'company' | 'activity' = 'person') => ({ ...ref(sourceId), kind });
const day = (date: number): string => new Date(Date.UTC(2026, 0, date)).toISOString();

describeStore('departures', (newStore) => {
	test('records that left a profile are found with the one that its ID leads to now, and are nothing from before a backup', async () => {
		const store = await newStore();
		const [from = 0, no = 0] = await createProfiles(store, ODD, 'c-2');
		await store.write(async (tx) => {
			await tx.departures.add([], AT);
			await tx.departures.add([left(ODD, 'c-2'), left('r1', 'c-2'), left('r3', 'c-9'), left(ODD, ODD)], AT);
		});
		const asked = [coming('r2'), coming('r1'), coming('r3'), coming(ODD)];
		const places = async () => await store.read(async (tx) => [...(await tx.departures.of(asked))].sort());
		expect(await places()).toEqual([[`crm:contact:${ODD}`, from], ['crm:contact:r1', no], ['crm:contact:r3', null]]);
		expect(await store.read(async (tx) => [await tx.promises.any(), await tx.promises.placedAt([from, no]), (await tx.promises.placesOf(asked)).size])).toEqual([false, [], 0]);
		await store.write(async (tx) => await tx.profiles.retire([{ from, into: no }]));
		expect(await places()).toEqual([[`crm:contact:${ODD}`, no], ['crm:contact:r1', no], ['crm:contact:r3', null]]);
		await store.write(async (tx) => await tx.departures.remove([coming(ODD), coming('r3'), coming('r9')]));
		expect(await places()).toEqual([['crm:contact:r1', no]]);
	});

	test('a record that was a person and a company has left an ID as each, and comes back as what it is', async () => {
		const store = await newStore();
		const [personal = 0, corporate = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => await tx.departures.add([left('r1', 'c-1'), left('r1', 'c-2', 'company')], AT));
		const place = async (kind: 'person' | 'company' | 'activity') => await store.read(async (tx) => (await tx.departures.of([coming('r1', kind)])).get('crm:contact:r1'));
		expect([await place('person'), await place('company'), await place('activity')]).toEqual([personal, corporate, undefined]);
		await store.write(async (tx) => await tx.departures.remove([coming('r1', 'company'), coming('r1', 'activity')]));
		expect([await place('person'), await place('company')]).toEqual([personal, undefined]);
	});

	async function walk(store: IdentityStore, limit: number): Promise<unknown[]> {
		const found: unknown[] = [];
		for (let after: DeparturePlace | null = null; ; ) {
			const page = await store.read(async (tx) => await tx.departures.scan(after, limit));
			found.push(...page.map(({ sourceId, entity, canonicalId, known }) => `${sourceId} ${entity} ${canonicalId} ${known ? 'known' : 'lost'}`));
			after = page.at(-1) ?? null;
			if (after === null) return found.sort();
		}
	}

	test.each([1, 2, 100])('the walk through all of them, %i at a time, tells which ID is there, leading or promised', async (limit) => {
		const store = await newStore();
		await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			await tx.promises.add([{ canonicalId: 'c-5', entity: 'person', age: 5, aliases: [], records: [ref('other')] }], AT);
			await tx.departures.add([left('r1', 'c-1'), left('r1', 'c-9', 'company'), left(ODD, 'c-5')], AT);
		});
		expect(await walk(store, limit)).toEqual([`${ODD} person c-5 known`, 'r1 company c-9 lost', 'r1 person c-1 known'].sort());
	});

	test.each([1, 2, 100])('those from before a day are forgotten, in pages of %i; leaving again makes one new', async (limit) => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.departures.add(['r1', 'r2', ODD, 'r4'].map((id) => left(id, 'c-1')), day(1));
			await tx.departures.add([left('r2', 'c-2'), left('r4', 'c-2', 'company')], day(9));
		});
		let removed = 0;
		await store.write(async (tx) => {
			for (let after: DeparturePlace | null = null; ; ) {
				const page = await tx.departures.prune(day(5), after, limit);
				removed += page.removed;
				after = page.last;
				if (after === null) return;
			}
		});
		expect([removed, await walk(store, 100)]).toEqual([3, ['r2 person c-2 lost', 'r4 company c-2 lost']]);
	});
});
