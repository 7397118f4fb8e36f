import type { RecordRef } from '../../../lib/domain';
import { answer, previewChange, splitProfile } from '../../../lib/identity';
import { contact, temporaryStores, type Walk } from './given';
import { couple, everything, paid, pair } from './reviewing';

const newStore = temporaryStores();

describe('a preview', () => {
	const ref = (place: string): RecordRef => contact(place);
	async function given(): Promise<Walk> {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('support:1', 'Ann'), couple('mail:1', 'Bob'), paid('billing:i1', 'mail:1', 5000));
		await walk.build();
		return walk;
	}
	const stored = (...places: string[]) => async (tx: Parameters<Parameters<Walk['store']['read']>[0]>[0]) => [...(await tx.records.byRef(places.map(ref))).values()];

	test('of "same" tells who moves, what changes and who is retired, and keeps nothing of it', async () => {
		const walk = await given();
		const before = await everything(walk);
		const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('mail:1')];
		const context = walk.context();
		const preview = await previewChange(walk.store, stored('crm:1', 'mail:1'), (tx) => answer(tx, pair('crm:1', 'mail:1'), 'same', context), context);
		expect(preview.moves).toEqual([{ record: ref('mail:1'), from: bob, to: ann }]);
		expect(preview.profiles.map(({ canonicalId, change }) => [canonicalId, change])).toEqual([[ann, 'changed'], [bob, 'retired']]);
		expect(preview.profiles[0]?.records).toEqual({ before: 2, after: 3 });
		expect(preview.profiles[0]?.values.find(({ name }) => name === 'lifetime_value')).toMatchObject({ before: null, after: expect.any(Number) });
		expect(await everything(walk)).toBe(before);
	});

	test('is what the decision then does', async () => {
		const walk = await given();
		const context = walk.context();
		const change = (tx: Parameters<Parameters<Walk['store']['write']>[0]>[0]) => splitProfile(tx, ids[0] as string, [ref('support:1')], context);
		const ids = [await walk.idOf('crm:1')];
		const preview = await previewChange(walk.store, stored('crm:1', 'support:1'), change, context);
		expect(preview.moves).toEqual([{ record: ref('support:1'), from: ids[0], to: null }]);
		expect(preview.profiles.map(({ change: what }) => what).sort()).toEqual(['changed', 'created']);
		await walk.store.write(change);
		await walk.build();
		const values = (profiles: { records: RecordRef[]; attributes: object; segments: object[] }[]) =>
			profiles.map(({ records, attributes, segments }) => JSON.stringify([records, attributes, segments])).sort();
		expect(values(await walk.profiles())).toEqual(expect.arrayContaining(values(preview.after)));
	});

	test('of what can\'t be done fails as the decision would, and keeps nothing', async () => {
		const walk = await given();
		const before = await everything(walk);
		const context = walk.context();
		await expect(previewChange(walk.store, stored('crm:1'), (tx) => answer(tx, { questionId: 404 }, 'same', context), context)).rejects.toThrow(/There is no question 404/);
		expect(await everything(walk)).toBe(before);
	});
});
