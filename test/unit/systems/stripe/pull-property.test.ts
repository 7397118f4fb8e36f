import fc from 'fast-check';
import type { Cursor } from '../../../../lib/systems/definition';
import { disconnectLimiters } from '../../../../lib/transport';
import { everything, Kept, openShop, pages, records, type Shop } from './shop';

afterAll(disconnectLimiters);

type Step =
	| { do: 'add' | 'change' | 'delete'; who: number }
	| { do: 'pass'; seconds: number }
	| { do: 'pull'; pageSize: number; stopAfter: number; overlap: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'change' as const), who: fc.nat(7) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), who: fc.nat(7) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(0, 1, 1, 60, 86_400, 20 * 86_400) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('pull' as const),
			pageSize: fc.integer({ min: 1, max: 4 }),
			stopAfter: fc.integer({ min: 1, max: 5 }),
			overlap: fc.constantFrom(0, 5000),
		}),
	},
);

async function run(shop: Shop, steps: readonly Step[]): Promise<Kept> {
	const kept = new Kept();
	let cursor: Cursor | null = null;
	let counter = 0;
	for (const one of steps) {
		if (one.do === 'pass') shop.pass(one.seconds * 1000);
		else if (one.do === 'pull') {
			const pull = shop.pull('customer', { cursor, pageSize: one.pageSize, overlapMs: one.overlap });
			for (let page = 0; page < one.stopAfter; page++) {
				const next = await pull.next();
				if (next.done) break;
				kept.put(next.value.records);
				cursor = next.value.cursor;
			}
		} else {
			const id = `cus_${one.who}`;
			const exists = shop.state.customers.get(id) !== undefined;
			if (one.do === 'delete') shop.state.deleteCustomer(id);
			else if (exists) shop.change(id, { name: `change ${counter++}` });
			else if (!shop.state.deletedCustomers.has(id)) shop.add(id);
		}
	}
	shop.pass(1000);
	for (let round = 0; round < 2; round++) {
		const read = await pages(shop.pull('customer', { cursor, overlapMs: 0 }));
		kept.put(records(read));
		cursor = read.at(-1)?.cursor ?? cursor;
		shop.pass(1000);
	}
	return kept;
}

const DAYS = 86_400;

/** Deletions in more than 30 days without a pull are not told; there only additions and changes are compared. */
function lasts(steps: readonly Step[]): number {
	return steps.reduce((sum, one) => sum + (one.do === 'pass' ? one.seconds : 0), 0);
}

test('whatever changes between and during pulls that stop anywhere, in the end what is kept is what there is', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
			fc.pre(lasts(steps) < 29 * DAYS || !steps.some((one) => one.do === 'delete'));
			const shop = await openShop();
			try {
				expect((await run(shop, steps)).live()).toEqual(everything(shop));
			} finally {
				await shop.server.close();
			}
		}),
		{ numRuns: 60 },
	);
});
