import { checkStore, openStore, refKey, type StoreTarget } from '../../../lib';
import { makeWorld } from '../../sandbox/world';
import { bundledProgram, runAndKill } from '../killing';
import { STORE_KINDS } from '../store-kinds';
import { targetArgument } from '../store-target';
import { hubspotBench, profiles, stripeBench, tidyUp } from '../walk';
import { pullEverything, type PullArguments } from './pull-process';

const program = bundledProgram('sources', 'pull-program.ts');
const ROUNDS = 30;

afterEach(tidyUp);

/** Golden records without the IDs that every store issues by itself, by the records they are made of. */
async function goldenRecords(target: StoreTarget): Promise<{ golden: Record<string, unknown>; records: number; problems: unknown[] }> {
	const store = await openStore(target);
	const golden = (await profiles(store)).map(({ entity, attributes, identifiers, consent, metrics, segments, records }) => [
		records.map(refKey).sort().join(' '),
		{ entity, attributes, identifiers, consent, metrics, segments, records },
	]);
	const report = await checkStore(store, Date.now());
	await store.close();
	return { golden: withoutReadingTimes(Object.fromEntries(golden)) as Record<string, unknown>, records: report.records, problems: report.problems };
}

/** A customer in billing has no time of change; the time of reading stands in for it. */
function withoutReadingTimes(golden: unknown): unknown {
	return JSON.parse(JSON.stringify(golden), (_, value: unknown) =>
		(value as { system?: string } | null)?.system === 'stripe' ? { ...(value as object), updatedAt: undefined } : value,
	) as unknown;
}

describe.each(STORE_KINDS)('$name', ({ temporary }) => {
	const newTarget = temporary();

	test('killed at any moment: in the end every record is there, the store is whole, and the golden records are those of one undisturbed run', async () => {
		const { world } = makeWorld({ seed: 3, people: 150, now: Date.now() });
		const [hubspot, stripe] = [await hubspotBench(world.hubspot), await stripeBench(world.stripe)];
		const argumentsFor = (target: StoreTarget): PullArguments => [
			targetArgument(target), hubspot.server.url, hubspot.credentials.accessToken as string, stripe.server.url, stripe.credentials.secretKey as string,
		];
		const [undisturbed, disturbed] = [await newTarget(), await newTarget()];

		let kills = 0;
		for (let round = 0; round < ROUNDS; round += 1) {
			kills += (await runAndKill(program(), argumentsFor(disturbed), Math.random() * 150)) ? 0 : 1;
			const changing = [...hubspot.state.records.contacts.keys()].filter((_, index) => index % 5 === round % 5);
			for (const id of changing) hubspot.state.change('contacts', id, { jobtitle: `Job ${round}` });
		}
		expect(kills).toBeGreaterThan(ROUNDS / 3);
		await pullEverything(argumentsFor(disturbed));
		// Where that was still the back-fill, what changed since it began comes with the pull after it.
		await pullEverything(argumentsFor(disturbed));
		await pullEverything(argumentsFor(undisturbed));

		const [expected, found] = [await goldenRecords(undisturbed), await goldenRecords(disturbed)];
		expect(found.problems).toEqual([]);
		expect(found.records).toBe(expected.records);
		expect(found.golden).toEqual(expected.golden);
	}, 120_000);
});
