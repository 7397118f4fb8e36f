import type { Subject } from '../../../lib/identity';
import { person, temporaryStores, type Walk } from './given';
import { couple, decide, everything, list, mail, pair } from './reviewing';

const newStore = temporaryStores();

describe('an answer', () => {
	test('"same" makes one profile of both, whole, and closes the question and those that became moot', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('support:1', 'Ann'), couple('mail:1', 'Bob'), couple('billing:1', 'Bob'));
		const [question] = (await list(walk)).questions;
		const ids = await decide(walk, { questionId: question?.questionId ?? 0 }, 'same');
		expect(await walk.clusters()).toEqual(['billing:1 crm:1 mail:1 support:1']);
		expect(ids).toEqual([await walk.idOf('crm:1')]);
		expect(await walk.questions()).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});

	test('"different" keeps both, and new evidence asks no more', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const [question] = (await list(walk)).questions;
		const ids = await decide(walk, { questionId: question?.questionId ?? 0 }, 'different');
		expect(ids).toEqual([await walk.idOf('crm:1'), await walk.idOf('mail:1')]);
		await walk.arrive(couple('support:1', 'Ann', { phone: '+1 212 642 8891' }), couple('billing:1', 'Bob', { phone: '+1 212 642 8891' }));
		expect(await walk.questions()).toEqual([]);
		expect(await walk.clusters()).toEqual(['billing:1 mail:1', 'crm:1 support:1']);
	});

	test('"different" about two profiles that nobody asked about keeps them apart when something joins them later', async () => {
		const walk = await newStore();
		const ann = (place: string, box: string) => person(place, { given: 'Ann', family: 'Hill', email: mail(box) });
		await walk.arrive(ann('crm:1', 'a'), ann('support:1', 'a'), ann('mail:1', 'b'));
		const ids = [await walk.idOf('crm:1'), await walk.idOf('mail:1')] as const;
		expect(await decide(walk, { profiles: ids }, 'different')).toEqual(ids);
		await walk.arrive(person('mail:1', { given: 'Ann', family: 'Hill', email: mail('a') }, { updatedAt: '2026-02-01T00:00:00.000Z' }));
		expect(await walk.clusters()).toEqual(['crm:1 support:1', 'mail:1']);
		expect(await walk.questions()).toEqual([]);
		await decide(walk, { profiles: ids }, 'same');
		expect(await walk.clusters()).toEqual(['crm:1 mail:1 support:1']);
		expect(await walk.problems()).toEqual([]);
	});

	test.each<{ title: string; subject: (walk: Walk) => Promise<Subject>; says: RegExp }>([
		{ title: 'a question that never was', subject: async () => ({ questionId: 404 }), says: /There is no question 404\. List/ },
		{ title: 'a record that is not there', subject: async () => pair('crm:1', 'crm:404'), says: /There is no record crm:contact:404/ },
		{ title: 'one record twice', subject: async () => pair('crm:1', 'crm:1'), says: /Two different records are needed/ },
		{ title: 'one profile twice', subject: async (walk) => ({ profiles: [await walk.idOf('crm:1'), await walk.idOf('crm:1')] }), says: /are one profile/ },
		{ title: 'a profile that is not there', subject: async (walk) => ({ profiles: [await walk.idOf('crm:1'), 'per_NOBODY'] }), says: /There is no profile per_NOBODY/ },
	])('about $title is refused and changes nothing', async ({ subject, says }) => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const before = await everything(walk);
		const about = await subject(walk);
		await expect(decide(walk, about, 'different')).rejects.toThrow(says);
		expect(await everything(walk)).toBe(before);
	});

	test('to a question that was answered or became moot is refused, with what to do', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const questionId = (await list(walk)).questions[0]?.questionId ?? 0;
		await decide(walk, { questionId }, 'different');
		await expect(decide(walk, { questionId }, 'same')).rejects.toThrow(/was answered on 2026-03-10; to change the answer, take it back with Undo/);
		await walk.arrive(couple('crm:2', 'Carl', { email: mail('x') }), couple('mail:2', 'Dora', { email: mail('x') }));
		const second = (await list(walk)).questions[0]?.questionId ?? 0;
		await walk.arrive(person('mail:2', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
		await expect(decide(walk, { questionId: second }, 'same')).rejects.toThrow(/needs no answer any more since 2026-03-10/);
	});
});
