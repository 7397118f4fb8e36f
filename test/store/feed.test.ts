import type { ChangeEventType, NewChangeEvent } from '../../lib/domain';
import type { ReviewWriter } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT } from './samples';

function event(type: ChangeEventType, canonicalId: string, data: NewChangeEvent['data'] = {}): NewChangeEvent {
	return { type, canonicalId, entity: 'person', at: AT, data };
}

describeStore('change feed', (newStore) => {
	test('events are numbered in the order given and read back from any point on', async () => {
		const store = await newStore();
		const events = [event('profile.created', 'c-1', { attributes: ['email'] }), event('segment.entered', 'c-1'), event('profile.created', 'c-2')];
		await store.write(async (tx) => {
			expect(await tx.events.lastSeq()).toBe(0);
			const seqs = await tx.events.append(events);
			expect(seqs).toEqual([...seqs].sort((x, y) => x - y));
			expect(await tx.events.lastSeq()).toBe(seqs.at(-1));
			expect(await tx.events.since(0, [], 10)).toEqual(events.map((each, i) => ({ ...each, seq: seqs[i] })));
			expect((await tx.events.since(seqs[0] ?? 0, [], 1)).map(({ seq }) => seq)).toEqual([seqs[1]]);
			expect((await tx.events.since(0, ['profile.created', 'profile.created'], 10)).map(({ canonicalId }) => canonicalId)).toEqual(['c-1', 'c-2']);
			expect((await tx.events.since(0, ['profile.created', 'segment.entered'], 2)).map(({ seq }) => seq)).toEqual(seqs.slice(0, 2));
			expect(await tx.events.since(0, ['profile.split'], 10)).toEqual([]);
		});
	});

	test('events of profiles come newest first', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			const [one, two, , four] = await tx.events.append(['c-1', 'c-2', 'c-3', 'c-1'].map((id) => event('profile.changed', id)));
			expect((await tx.events.ofProfile(['c-1', 'c-2', 'c-1'], 10)).map(({ seq }) => seq)).toEqual([four, two, one]);
			expect((await tx.events.ofProfile(['c-1', 'c-2'], 1)).map(({ seq }) => seq)).toEqual([four]);
		});
	});

	test('a reader that has seen an event never meets an older number later, also after a write that failed', async () => {
		const store = await newStore();
		const [first = 0] = await store.write(async (tx) => await tx.events.append([event('profile.created', 'c-1')]));
		const failed = store.write(async (tx) => {
			await tx.events.append([event('profile.created', 'lost')]);
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
		const [next = 0] = await store.write(async (tx) => await tx.events.append([event('profile.created', 'c-2')]));
		expect(next).toBeGreaterThan(first);
		expect(await store.read(async (tx) => (await tx.events.since(first, [], 10)).map(({ canonicalId }) => canonicalId))).toEqual(['c-2']);
	});
});

describeStore('reviews', (newStore) => {
	type NewTask = Parameters<ReviewWriter['add']>[0][number];
	const task = (a: number, b: number, weight = 1): NewTask => ({ a, b, rule: 'name', weight, at: AT });

	test('a pair has one open task; the heaviest comes first', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			const [one, two, three, again] = await tx.reviews.add([task(1, 2, 3), task(1, 3, 5), task(2, 3, 5), task(1, 2, 9)]);
			expect(again).toBe(one);
			expect((await tx.reviews.open(10, 0)).map(({ id }) => id)).toEqual([two, three, one]);
			expect((await tx.reviews.open(1, 1)).map(({ id }) => id)).toEqual([three]);
			await tx.reviews.reweigh([{ id: one as number, rule: 'another', weight: 9.5 }]);
			await tx.reviews.reweigh([]);
			expect((await tx.reviews.open(10, 0)).map(({ id, rule, weight }) => (id === one ? [rule, weight] : id))).toEqual([['another', 9.5], two, three]);
			await tx.reviews.reweigh([{ id: one as number, rule: 'name', weight: 3 }]);
			expect((await tx.reviews.openTouching([2, 1])).map(({ id }) => id).sort()).toEqual([one, two, three].sort());
			expect(await tx.reviews.countOpen()).toBe(3);
			expect(await tx.reviews.byId(one ?? 0)).toEqual({ id: one, a: 1, b: 2, rule: 'name', weight: 3, status: 'open', createdAt: AT });
		});
	});

	test('a closed task keeps its first answer, and the pair can be asked about again', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			const [one = 0] = await tx.reviews.add([task(1, 2)]);
			await tx.reviews.close([one, 99], 'answered', '2026-03-02T00:00:00.000Z');
			await tx.reviews.close([one], 'moot', '2026-03-03T00:00:00.000Z');
			expect(await tx.reviews.byId(one)).toMatchObject({ status: 'answered', closedAt: '2026-03-02T00:00:00.000Z' });
			expect([await tx.reviews.countOpen(), await tx.reviews.open(9, 0), await tx.reviews.openTouching([1])]).toEqual([0, [], []]);
			const [another] = await tx.reviews.add([task(1, 2)]);
			expect(another).not.toBe(one);
			expect(await tx.reviews.byId(99)).toBeUndefined();
		});
	});
});
