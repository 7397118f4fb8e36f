import fc from 'fast-check';
import type { Decision, Evidence, RecordNo } from '../../lib/domain';
import type { IdentityStore, RecordKey } from '../../lib/store';
import { describeStore } from './describe-store';
import { createProfiles, edge, putPersons, ref } from './samples';

/** What the store should hold, in the plainest form. */
interface Model {
	keys: Map<RecordNo, RecordKey[]>;
	edges: Evidence[];
	decisions: Decision[];
	/** Every canonical ID ever issued, with the profile it leads to now. */
	ids: Map<string, number>;
	alive: number[];
}
type Step = fc.AsyncCommand<Model, IdentityStore>;

function step<Input>(name: string, input: Input, run: (model: Model, store: IdentityStore, input: Input) => Promise<void>): Step {
	return {
		check: () => true,
		run: async (model, store) => await run(model, store, input),
		toString: () => `${name} ${JSON.stringify(input)}`,
	};
}

const RECORDS = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'];
const recordNo = fc.integer({ min: 1, max: RECORDS.length });
const pair = fc
	.tuple(recordNo, recordNo)
	.filter(([x, y]) => x !== y)
	.map(([x, y]): [number, number] => (x < y ? [x, y] : [y, x]));
const sourceId = (no: RecordNo): string => RECORDS[no - 1] ?? '';

const byPairAndRule = (x: Evidence, y: Evidence): number => x.a - y.a || x.b - y.b || x.rule.localeCompare(y.rule);

function inForce(decisions: readonly Decision[], x: string, y: string): Decision['verdict'] | undefined {
	const ofPair = decisions.filter(({ a, b }) => [a.sourceId, b.sourceId].sort().join() === [x, y].sort().join());
	const newest = ofPair.map(({ at }) => at).sort().at(-1);
	const last = ofPair.filter(({ at }) => at === newest).map(({ verdict }) => verdict);
	return last.includes('different') ? 'different' : last[0];
}

function closure(model: Model, start: RecordNo): RecordNo[] {
	const reached = new Set([start]);
	for (let size = 0; size !== reached.size; ) {
		size = reached.size;
		for (const x of [...reached]) {
			for (let y = 1; y <= RECORDS.length; y++) {
				const matched = model.edges.some(({ a, b, outcome }) => outcome === 'match' && a === Math.min(x, y) && b === Math.max(x, y));
				if (matched || inForce(model.decisions, sourceId(x), sourceId(y)) === 'same') reached.add(y);
			}
		}
	}
	return [...reached].sort((x, y) => x - y);
}

const recordKey = fc.record({ key: fc.constantFrom('a', 'b', 'c'), who: fc.constantFrom('', 'ann') });
const replaceKeys = fc
	.uniqueArray(fc.record({ no: recordNo, keys: fc.uniqueArray(recordKey, { selector: ({ key }) => key }) }), { selector: ({ no }) => no })
	.map((input) =>
		step('replace keys', input, async (model, store, entries) => {
			const before = new Map(entries.map(({ no }) => [no, model.keys.get(no) ?? []]));
			await store.write(async (tx) => {
				const former = await tx.keys.ofRecords(entries.map(({ no }) => no));
				expect(former).toEqual(before);
				await tx.keys.replace(entries, former);
			});
			for (const { no, keys } of entries) model.keys.set(no, keys);
			const holders = new Map<string, { no: RecordNo; who: string }[]>();
			for (const no of RECORDS.map((_, i) => i + 1)) {
				for (const { key, who } of model.keys.get(no) ?? []) holders.set(key, [...(holders.get(key) ?? []), { no, who }]);
			}
			expect(await store.read(async (tx) => await tx.keys.holders(['a', 'b', 'c', 'd']))).toEqual(holders);
		}),
	);

const addEdges = fc
	.array(fc.tuple(pair, fc.constantFrom('email', 'phone'), fc.constantFrom('match' as const, 'review' as const)), { maxLength: 4 })
	.map((input) =>
		step('add edges', input, async (model, store, edges) => {
			const added = edges.map(([[a, b], rule, outcome]) => edge(a, b, { rule, outcome }));
			await store.write(async (tx) => await tx.evidence.add(added));
			for (const each of added) model.edges = [...model.edges.filter((old) => byPairAndRule(old, each) !== 0), each];
		}),
	);

function bare({ comparisons: _comparisons, ...edge }: Evidence): Omit<Evidence, 'comparisons'> {
	return edge;
}

const removeEdges = fc.oneof(
	recordNo.map((input) =>
		step('remove edges that touch', input, async (model, store, no) => {
			const gone = model.edges.filter(({ a, b }) => a === no || b === no).sort(byPairAndRule);
			expect(await store.write(async (tx) => await tx.evidence.removeTouching([no]))).toEqual(gone.map(bare));
			model.edges = model.edges.filter((each) => !gone.includes(each));
		}),
	),
	pair.map((input) =>
		step('remove edges between', input, async (model, store, [x, y]) => {
			const gone = model.edges.filter(({ a, b }) => a === x && b === y).sort(byPairAndRule);
			expect(await store.write(async (tx) => await tx.evidence.removePairs([[x, y]]))).toEqual(gone.map(bare));
			model.edges = model.edges.filter((each) => !gone.includes(each));
		}),
	),
);

const decide = fc
	.tuple(pair, fc.boolean(), fc.constantFrom('same' as const, 'different' as const), fc.integer({ min: 1, max: 3 }))
	.map((input) =>
		step('decide', input, async (model, store, [[x, y], turned, verdict, day]) => {
			const [a, b] = turned ? [y, x] : [x, y];
			const made = { a: ref(sourceId(a)), b: ref(sourceId(b)), verdict, actor: 'kim', reason: '', at: `2026-03-0${day}T00:00:00Z` };
			await store.write(async (tx) => await tx.decisions.add([made]));
			model.decisions.push(made);
		}),
	);

const lookAtComponent = recordNo.map((input) =>
	step('component', input, async (model, store, no) => {
		await store.read(async (tx) => {
			expect(await tx.evidence.component([no])).toEqual(closure(model, no));
			const touching = model.edges.filter(({ a, b }) => a === no || b === no).sort(byPairAndRule);
			expect(await tx.evidence.touching([no])).toEqual(touching);
			expect(await tx.evidence.edges([no])).toEqual(touching.map(bare));
		});
	}),
);

const createProfile = fc.constant(null).map((input) =>
	step('create profile', input, async (model, store) => {
		const canonicalId = `c-${model.ids.size + 1}`;
		const [no = 0] = await createProfiles(store, canonicalId);
		expect(model.alive.every((older) => older < no)).toBe(true);
		model.ids.set(canonicalId, no);
		model.alive.push(no);
	}),
);

const retireProfile = fc.tuple(fc.nat(), fc.nat()).map((input) =>
	step('retire profile', input, async (model, store, [x, y]) => {
		const from = model.alive[x % model.alive.length];
		const into = model.alive[y % model.alive.length];
		if (from === undefined || into === undefined || from === into) return;
		await store.write(async (tx) => await tx.profiles.retire([{ from, into }]));
		model.alive = model.alive.filter((no) => no !== from);
		for (const [id, no] of model.ids) if (no === from) model.ids.set(id, into);
	}),
);

const resolveIds = fc.constant(null).map((input) =>
	step('resolve IDs', input, async (model, store) => {
		await store.read(async (tx) => {
			const found = await tx.profiles.byCanonicalId([...model.ids.keys()]);
			expect(new Map([...found].map(([id, { no }]) => [id, no]))).toEqual(model.ids);
			const aliases = await tx.profiles.aliases(model.alive);
			for (const profile of await tx.profiles.byNo(model.alive)) {
				const leading = [...model.ids].filter(([, no]) => no === profile.no).map(([id]) => id);
				expect([profile.canonicalId, ...(aliases.get(profile.no) ?? [])].sort()).toEqual(leading.sort());
			}
		});
	}),
);

describeStore('against a model of plain lists', (newStore) => {
	test('any sequence of operations leaves what the model holds', async () => {
		const steps = [replaceKeys, addEdges, addEdges, removeEdges, decide, lookAtComponent, lookAtComponent, createProfile, retireProfile, resolveIds];
		await fc.assert(
			fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), async (commands) => {
				const store = await newStore();
				await putPersons(store, ...RECORDS);
				const setup = (): { model: Model; real: IdentityStore } => ({
					model: { keys: new Map(), edges: [], decisions: [], ids: new Map(), alive: [] },
					real: store,
				});
				await fc.asyncModelRun(setup, commands);
				await store.close();
			}),
			{ numRuns: 60 },
		);
	}, 120_000);
});
