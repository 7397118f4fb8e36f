import type { DecisionEntry } from '../../lib/domain';
import { describeStore } from './describe-store';
import { putPersons, ref } from './samples';

const early = '2026-03-01T09:00:00.000Z';
const late = '2026-03-01T09:00:00.100Z';
const entry = (verdict: DecisionEntry['verdict'], at: string): DecisionEntry => ({ a: ref('1'), b: ref('2'), verdict, actor: 'kim', reason: '', at });

describeStore('withdrawn decisions', (newStore) => {
	test.each([
		{ what: 'a withdrawal leaves nothing in force', made: [entry('same', early), entry('withdrawn', late)], inForce: [] },
		{ what: 'a newer decision stands again', made: [entry('withdrawn', early), entry('different', late)], inForce: ['different'] },
		{ what: 'with equal times the decision stands', made: [entry('same', late), entry('withdrawn', late)], inForce: ['same'] },
	])('$what, in either order of arrival', async ({ made, inForce }) => {
		for (const arrival of [made, [...made].reverse()]) {
			const store = await newStore();
			const nos = await putPersons(store, '1', '2');
			await store.write(async (tx) => {
				await tx.decisions.add(arrival);
				expect((await tx.decisions.touching([ref('1')])).map(({ verdict }) => verdict)).toEqual(inForce);
				expect(await tx.decisions.all()).toHaveLength(2);
				expect(await tx.evidence.component([nos[0] ?? 0])).toEqual(inForce.includes('same') ? nos : nos.slice(0, 1));
			});
		}
	});
});
