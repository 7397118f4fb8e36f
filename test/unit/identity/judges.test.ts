import fc from 'fast-check';
import type { Evidence } from '../../../lib/domain';
import { saveModel } from '../../../lib/identity';
import { groupAll } from '../../../lib/identity/at-once/group-all';
import { judgeAll } from '../../../lib/identity/at-once/judge-all';
import { LoadedRecords } from '../../../lib/identity/at-once/loaded-records';
import { Turns } from '../../../lib/identity/at-once/turns';
import { StepTimes } from '../../../lib/identity/step-times';
import { build, judgeProgram } from '../cli/built';
import { NOW, person, strictModel, SYSTEMS, temporaryStores } from './given';

beforeAll(build, 120_000);
const newStore = temporaryStores();

/** People who share mailboxes, telephones and names, some of them copies of others. */
const people = fc.array(
	fc.record({ given: fc.constantFrom('Ann', 'Bob', '\ud800', 'Zoë'), family: fc.constantFrom('Hill', 'Wood', '𠮷'), mail: fc.nat(12), phone: fc.nat(6) }),
	{ minLength: 1, maxLength: 60 },
);

test('threads find the same pairs as this one, in the same order, whatever stands in the records', async () => {
	await fc.assert(
		fc.asyncProperty(people, async (list) => {
			const walk = await newStore();
			await saveModel(walk.store, strictModel(), 'test', NOW - 1000);
			const records = list.map(({ given, family, mail, phone }, index) =>
				person(`${SYSTEMS[index % 3]}:\udfff${index}`, { given, family, email: `m${mail}@acorn-mail.com`, ...(phone > 2 && { phone: `+1 212 642 88${10 + phone}` }) }),
			);
			await walk.match(...records);
			const model = strictModel();
			const results = await walk.store.read(async (tx) => {
				const turns = new Turns(tx);
				const loaded = await LoadedRecords.read(tx, model, turns);
				const { table, ...common } = await groupAll(loaded, model, turns);
				const pairs = { ...common, proposals: table.proposals(), model, version: 1, at: '' };
				const judged = async (threads: number) => {
					const found: Evidence[] = [];
					const edges = await judgeAll(loaded, pairs, { steps: new StepTimes(), turns, threads, program: judgeProgram, batch: 7, keep: async (some) => void found.push(...some) });
					return { edges, found };
				};
				return [await judged(0), await judged(1), await judged(3)];
			});
			expect(results[1]).toEqual(results[0]);
			expect(results[2]).toEqual(results[0]);
		}),
		{ numRuns: 12 },
	);
}, 120_000);

test('where comparing fails in a thread, the matching fails with its words', async () => {
	const walk = await newStore();
	await saveModel(walk.store, strictModel(), 'test', NOW - 1000);
	await walk.match(...['Ann', 'Anne', 'Bob'].map((given, index) => person(`crm:${index}`, { given, family: 'Hill', email: 'hill@acorn-mail.com' })));
	const model = strictModel();
	const judged = walk.store.read(async (tx) => {
		const turns = new Turns(tx);
		const loaded = await LoadedRecords.read(tx, model, turns);
		const { table, ...common } = await groupAll(loaded, model, turns);
		// A thread cannot be given a function, nor can it judge by half a model.
		const half = { ...model, matching: { ...model.matching, person: { ...model.matching.person, comparisons: undefined } } } as never;
		return judgeAll(loaded, { ...common, proposals: table.proposals(), model: half, version: 1, at: '' }, { steps: new StepTimes(), turns, threads: 2, program: judgeProgram });
	});
	await expect(judged).rejects.toThrow(/comparisons|undefined/);
});
