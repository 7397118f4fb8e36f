import type { Evidence } from '../../lib/domain';
import type { EvidenceEdge } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, decision, edge, person, putPersons, ref } from './samples';

function bare({ comparisons: _comparisons, ...edge }: Evidence): EvidenceEdge {
	return edge;
}

describeStore('evidence', (newStore) => {
	test('edges are read back whole, from both ends, in order', async () => {
		const store = await newStore();
		const edges = [edge(1, 2), edge(1, 2, { rule: 'phone', outcome: 'review', weight: -0.25 }), edge(1, 3), edge(2, 3)];
		await store.write(async (tx) => {
			await tx.evidence.add([...edges].reverse());
			expect(await tx.evidence.touching([3, 3])).toEqual(edges.slice(2));
			expect(await tx.evidence.touching([3, 1])).toEqual(edges);
			expect(await tx.evidence.touching([4])).toEqual([]);
			expect(await tx.evidence.edges([3, 1])).toEqual(edges.map(bare));
			expect(await tx.evidence.edges([])).toEqual([]);
		});
	});

	test('an edge of the same pair and rule is overwritten', async () => {
		const store = await newStore();
		const again = edge(1, 2, { weight: 3, outcome: 'review', modelVersion: 2, comparisons: [] });
		await store.write(async (tx) => {
			await tx.evidence.add([edge(1, 2)]);
			await tx.evidence.add([again]);
			expect(await tx.evidence.touching([1])).toEqual([again]);
		});
	});

	test('removing gives back what was removed and leaves the rest', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			const [a, b, c, d] = [edge(1, 2), edge(1, 2, { rule: 'phone' }), edge(1, 3), edge(3, 4)];
			await tx.evidence.add([a, b, c, d]);
			expect(await tx.evidence.removePairs([[1, 2], [1, 2], [2, 9]])).toEqual([a, b].map(bare));
			expect(await tx.evidence.removeTouching([4, 1])).toEqual([c, d].map(bare));
			expect(await tx.evidence.scan(null, 10)).toEqual([]);
		});
	});

	test('a scan meets every edge once', async () => {
		const store = await newStore();
		const edges = [edge(1, 2), edge(1, 2, { rule: 'phone' }), edge(1, 3), edge(2, 3), edge(10, 11)];
		await store.write(async (tx) => {
			await tx.evidence.add(edges);
			const met = [];
			for (let page = await tx.evidence.scan(null, 2); page.length > 0; page = await tx.evidence.scan(page.at(-1) ?? null, 2)) met.push(...page);
			expect(met).toEqual(edges);
		});
	});

	test('a component follows matches in both directions, and not what waits for review', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.evidence.add([edge(1, 5), edge(3, 5), edge(3, 9), edge(9, 10, { outcome: 'review' }), edge(11, 12)]);
			expect(await tx.evidence.component([9])).toEqual([1, 3, 5, 9]);
			expect(await tx.evidence.component([10, 12])).toEqual([10, 11, 12]);
			expect(await tx.evidence.component([77])).toEqual([77]);
			expect(await tx.evidence.component([])).toEqual([]);
		});
	});

	test('a chain of thousands of records is one component', async () => {
		const store = await newStore();
		const chain = Array.from({ length: 3_000 }, (_, i) => edge(i + 1, i + 2));
		await store.write(async (tx) => {
			await tx.evidence.add(chain);
			expect((await tx.evidence.component([1_500])).length).toBe(chain.length + 1);
		});
	});

	test('decisions join components, also when a record arrives after the decision about it', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await putPersons(store, '1', '2');
		await store.write(async (tx) => {
			await tx.decisions.add([decision('late', '1', 'same'), decision('2', 'late', 'same')]);
			expect(await tx.evidence.component([one])).toEqual([one]);
			const [late] = await tx.records.put([person('late')], AT);
			expect(await tx.evidence.component([one])).toEqual([one, two, late?.no]);
			await tx.decisions.add([decision('1', 'late', 'different', '2026-03-02T00:00:00Z')]);
			expect(await tx.evidence.component([one])).toEqual([one]);
			expect(await tx.evidence.component([two])).toEqual([two, late?.no]);
		});
	});
});

describeStore('decisions', (newStore) => {
	const early = '2026-03-01T09:00:00Z';
	const late = '2026-03-01T09:00:00.100Z';

	test.each([
		{ what: 'the newest one counts', made: [decision('1', '2', 'different', early), decision('1', '2', 'same', late)], inForce: 'same' },
		{
			what: 'whichever way round the pair is named',
			made: [decision('1', '2', 'different', early), decision('2', '1', 'same', late)],
			inForce: 'same',
		},
		{
			what: 'with equal times, different counts',
			made: [decision('1', '2', 'same', late), decision('2', '1', 'different', late)],
			inForce: 'different',
		},
	])('$what, in either order of arrival', async ({ made, inForce }) => {
		for (const arrival of [made, [...made].reverse()]) {
			const store = await newStore();
			await store.write(async (tx) => {
				await tx.decisions.add(arrival);
				const found = await tx.decisions.touching([ref('1'), ref('2')]);
				expect(found.map(({ verdict }) => verdict)).toEqual([inForce]);
				expect(await tx.decisions.all()).toHaveLength(2);
			});
		}
	});

	test('all keeps every decision as it was made, oldest first', async () => {
		const store = await newStore();
		const made = [decision('2', '1', 'same', late), decision('1', '2', 'different', early), decision('1', '3', 'same', '2026-02-01T00:00:00Z')];
		await store.write(async (tx) => {
			await tx.decisions.add(made);
			expect(await tx.decisions.all()).toEqual([...made].reverse());
			expect(await tx.decisions.touching([ref('3')])).toEqual([made[2]]);
			expect(await tx.decisions.touching([ref('4')])).toEqual([]);
		});
	});

	test('a decision about one record alone is refused', async () => {
		const store = await newStore();
		await expect(store.write(async (tx) => await tx.decisions.add([decision('1', '1', 'same')]))).rejects.toThrow('crm:contact:1 twice');
	});
});
