import fc from 'fast-check';
import { failureOf, hubspotBench, newStore, tidyUp } from '../walk';
import { reader } from './reader';

afterEach(tidyUp);

const change = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 40 }) }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), which: fc.nat(), name: fc.string({ maxLength: 3 }) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('archive' as const), which: fc.nat() }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400_000 }) }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('pull' as const), outcome: fc.constantFrom('worked', 'worked', 'refused', 'cut short', 'failed') }) },
);

test('whatever changes between pulls, and however these end, nothing is ever missed', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (history) => {
			let time = Date.parse('2026-03-02T12:00:00.250Z');
			const hubspot = await hubspotBench(undefined, { clock: () => time });
			const store = await newStore();
			const { handedOut, read } = reader(store, hubspot, { now: () => time });
			const pickId = (which: number): string | undefined => {
				const alive = hubspot.state.inOrder('contacts', false);
				return alive.length === 0 ? undefined : alive[which % alive.length]?.id;
			};
			for (const step of history) {
				// A version is a time in milliseconds: nobody reads a record between two changes of one millisecond.
				time += 1;
				if (step.kind === 'add') for (let n = 0; n < step.count; n += 1) hubspot.state.add('contacts', { firstname: `n${n}` });
				if (step.kind === 'wait') time += step.ms;
				const id = 'which' in step ? pickId(step.which) : undefined;
				if (step.kind === 'change' && id) hubspot.state.change('contacts', id, { firstname: `${step.name}${time}` });
				if (step.kind === 'archive' && id) hubspot.state.archive('contacts', id);
				if (step.kind !== 'pull') continue;
				if (step.outcome === 'failed') {
					hubspot.server.fail({ kind: 'status', status: 500, times: 5 });
					await failureOf(read());
				} else await read(step.outcome === 'refused' ? { emit: () => Promise.resolve(false) } : step.outcome === 'cut short' ? { budgetMs: -1 } : {});
			}
			time += 1000;
			for (let run = 0; run < 3; run += 1) await read();
			const last = new Map(handedOut.map((record) => [record.sourceId, record]));
			for (const { id, properties } of hubspot.state.inOrder('contacts', false)) {
				expect((last.get(id)?.raw.properties as Record<string, string> | undefined)?.firstname).toBe(properties.firstname);
			}
			for (const { id } of hubspot.state.inOrder('contacts', true)) if (last.has(id)) expect([id, last.get(id)?.deleted]).toEqual([id, true]);
			const versions = handedOut.map(({ sourceId, version }) => `${sourceId}@${version}`);
			expect(new Set(versions).size).toBe(versions.length);
			await tidyUp();
		}),
		{ numRuns: 12 },
	);
});
