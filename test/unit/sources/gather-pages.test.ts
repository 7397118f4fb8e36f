import fc from 'fast-check';
import type { RawRecord } from '../../../lib';
import { gatherPages, type Gathering } from '../../../lib/sources/gather-pages';
import type { PullPage } from '../../../lib/systems/definition';
import { failureOf } from '../walk';

const LONG = 60_000;

function record(number: number): RawRecord {
	return { system: 'crm', object: 'contact', sourceId: String(number), version: '1', updatedAt: '2026-01-01T00:00:00.000Z', raw: {} };
}

/** Pages of these sizes, of records that are numbered through; the cursor is the number of records so far. */
function pagesOf(sizes: readonly number[]): PullPage[] {
	let count = 0;
	return sizes.map((size) => {
		const records = Array.from({ length: size }, () => record((count += 1)));
		return { records, cursor: { count } };
	});
}

async function* source(pages: readonly PullPage[], end: () => Promise<void> = () => Promise.resolve()): AsyncGenerator<PullPage, void, undefined> {
	for (const page of pages) yield await Promise.resolve(page);
	await end();
}

async function gatheredFrom(pages: AsyncGenerator<PullPage, void, undefined>, gathering: Gathering) {
	const gathered: PullPage[] = [];
	let error: Error | undefined;
	try {
		for await (const page of gatherPages(pages, gathering)) gathered.push(page);
	} catch (thrown) {
		error = thrown as Error;
	}
	return { gathered, error };
}

const numbers = (pages: readonly PullPage[]) => pages.flatMap(({ records }) => records.map(({ sourceId }) => Number(sourceId)));

const sizes = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });

test('whatever the pages, and whether the source ends or fails: every record comes once, in order, in portions that are full, with the cursor behind them', async () => {
	await fc.assert(
		fc.asyncProperty(sizes, fc.integer({ min: 1, max: 30 }), fc.boolean(), async (given, records, fails) => {
			const pages = pagesOf(given);
			const end = () => (fails ? Promise.reject(new Error('the vendor is down')) : Promise.resolve());
			const { gathered, error } = await gatheredFrom(source(pages, end), { records, waitMs: LONG });
			expect(numbers(gathered)).toEqual(numbers(pages));
			let count = 0;
			for (const portion of gathered) expect(portion.cursor).toEqual({ count: (count += portion.records.length) });
			for (const portion of gathered.slice(0, -1)) expect(portion.records.length).toBeGreaterThanOrEqual(records);
			for (const portion of gathered) expect(portion.records.length).toBeLessThan(records + Math.max(1, ...given));
			expect(error?.message).toBe(fails ? 'the vendor is down' : undefined);
		}),
	);
});

test('in a hurry every page is handed out by itself', async () => {
	const pages = pagesOf([3, 0, 5]);
	expect((await gatheredFrom(source(pages), { records: 100, waitMs: LONG, hurry: () => true })).gathered).toEqual(pages);
});

test('what was read does not wait for a page that is long in coming, and that page is not lost', async () => {
	const [first, second, third] = pagesOf([2, 2, 2]) as [PullPage, PullPage, PullPage];
	let arrive: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	async function* slow(): AsyncGenerator<PullPage, void, undefined> {
		yield first;
		await arrived;
		yield second;
		yield third;
	}
	const portions = gatherPages(slow(), { records: 100, waitMs: 20 });
	expect((await portions.next()).value).toEqual(first);
	arrive();
	expect((await portions.next()).value).toEqual({ records: [...second.records, ...third.records], cursor: third.cursor });
	expect((await portions.next()).done).toBe(true);
});

test('whoever stops listening stops the source', async () => {
	let isClosed = false;
	async function* endless(): AsyncGenerator<PullPage, void, undefined> {
		try {
			for (;;) yield await Promise.resolve({ records: [record(1)], cursor: {} });
		} finally {
			isClosed = true;
		}
	}
	const failure = await failureOf(
		(async () => {
			for await (const { records } of gatherPages(endless(), { records: 5, waitMs: LONG })) throw new Error(`${records.length} were enough`);
		})(),
	);
	expect([failure.message, isClosed]).toEqual(['5 were enough', true]);
});
