import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { runChain, type Step } from './harness';
import { temporaryStore } from './temporary-store';
import { defaultModel, SYSTEM_IDS } from '../../lib';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Model } from '../../nodes/Customer360Model/Customer360Model.node';

const PEOPLE = 1200;

const records = Array.from({ length: PEOPLE }, (_, index) => ({
	...{ system: 'crm', object: 'contact', sourceId: String(index), version: '1', updatedAt: '2026-03-01T10:00:00.000Z', kind: 'person', consent: [], links: [] },
	attributes: {},
	identifiers: [{ kind: 'email', value: `person${index}@brindlewood-${index}.com` }],
}));

/** The default model, but for what counts as a match. */
function otherModel(): string {
	const model = defaultModel(SYSTEM_IDS);
	const { matching } = model;
	const { thresholds } = matching.person;
	return JSON.stringify({ ...model, matching: { ...matching, person: { ...matching.person, thresholds: { ...thresholds, match: thresholds.match + 1 } } } });
}

function steps(): Step[] {
	const store = temporaryStore();
	return [
		{ node: Customer360Match, ...store },
		{ node: Customer360Merge, ...store, from: 1, parameters: { output: 'summary' } },
		{ node: Customer360Model, ...store, parameters: { operation: 'save', model: otherModel() } },
	];
}

/** Runs Match, Merge and Model on the same people, and returns what was said beside each node's output and in n8n's log. */
async function said(): Promise<{ hints: string[][]; log: string[] }> {
	const info = jest.spyOn(Container.get(Logger), 'info').mockImplementation(() => undefined);
	const runs = await runChain(steps(), { items: records });
	expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	const log = info.mock.calls.map(([line]) => line);
	return { hints: runs.map(({ hints }) => hints.map(({ message }) => message)), log };
}

afterEach(() => jest.restoreAllMocks());

test('short work says nothing', async () => {
	expect(await said()).toEqual({ hints: [[], [], []], log: [] });
});

test('long work says in the log how far it is, and beside the output how long each step took', async () => {
	let now = Date.now();
	// Whoever looks at the clock finds that time has passed.
	jest.spyOn(Date, 'now').mockImplementation(() => (now += 4000));
	const { hints, log } = await said();
	const took = String.raw`in [\dhmins ]+, [\d,]+ a second$`;
	expect(hints).toEqual([
		[expect.stringMatching(`^Matching: 1,200 records ${took}`)],
		[expect.stringMatching(`^Golden records: 1,200 profiles ${took}`)],
		[
			...['reading', 'keys', 'comparing'].map((step) => expect.stringMatching(`^Matching again, ${step}: 1,200 records ${took}`) as string),
			expect.stringMatching(`^Matching again, clustering: 1,200 records ${took}`),
			expect.stringMatching(`^Golden records: 1,200 profiles ${took}`),
		],
	]);
	expect(log).toContainEqual(expect.stringMatching(/^Tested 1: Matching: [\d,]+ of 1,200 records, [\d,]+ a second, [\dhmins ]+ left$/));
	expect(log).toContainEqual(expect.stringMatching(/^Tested 2: Golden records: 1,000 of 1,200 profiles, [\d,]+ a second, [\dhmins ]+ left$/));
	for (const hint of hints.flat()) expect(log).toContainEqual(expect.stringContaining(hint));
});
