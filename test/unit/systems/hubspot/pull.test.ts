import fc from 'fast-check';
import { hubspot } from '../../../../lib/systems/hubspot';
import type { Cursor } from '../../../../lib/systems/definition';
import { closeBenches, MINUTE, openBench, pullAll, START, type Bench } from './sandbox';

const contact = hubspot.sources.contact!;
const company = hubspot.sources.company!;

afterAll(closeBenches);

function addContacts(bench: Bench, count: number, at = START): string[] {
	return Array.from({ length: count }, (_, index) => {
		const updatedAt = new Date(at).toISOString();
		return bench.state.add('contacts', { email: `person${index}@example.org` }, { createdAt: updatedAt, updatedAt }).id;
	});
}

/** A bench whose first run is done, the clock an hour later. */
async function afterFirstRun(contacts = 3, options: Parameters<typeof openBench>[0] = {}): Promise<{ bench: Bench; ids: string[]; cursor: Cursor }> {
	const bench = await openBench(options);
	const ids = addContacts(bench, contacts);
	bench.clock.now += MINUTE;
	const { cursor } = await pullAll(contact, bench, null);
	bench.clock.now += 60 * MINUTE;
	return { bench, ids, cursor };
}

describe('first run', () => {
	it('reads every contact once, in pages, through the list endpoint alone', async () => {
		const bench = await openBench();
		const ids = addContacts(bench, 250);
		const { ids: read } = await pullAll(contact, bench, null);
		expect(read).toEqual(ids);
		expect(bench.server.calls()).toEqual({ 'list contacts': 3 });
	});

	it('gives records as HubSpot has them, with the companies of a contact', async () => {
		const bench = await openBench();
		const first = bench.state.add('companies', { name: 'Acme' });
		const second = bench.state.add('companies', { name: 'Emca' });
		const { id } = bench.state.add('contacts', { firstname: 'Ada', email: 'ada@example.org' }, { companyIds: [first.id, second.id] });
		const { pages } = await pullAll(contact, bench, null);
		const [record] = pages[0]!.records;
		expect(record).toMatchObject({ system: 'hubspot', object: 'contact', sourceId: id, updatedAt: new Date(START).toISOString() });
		expect(record?.raw).toMatchObject({ id, properties: { firstname: 'Ada', email: 'ada@example.org', phone: null } });
		const companies = record?.raw.associations as { companies: { results: { id: string }[] } };
		expect(new Set(companies.companies.results.map((one) => one.id))).toEqual(new Set([first.id, second.id]));
	});

	it('goes on from any page without losing or repeating a record', async () => {
		const bench = await openBench();
		const ids = addContacts(bench, 25);
		for (let stopAfter = 1; stopAfter <= 4; stopAfter++) {
			const before = await pullAll(contact, bench, null, { pageSize: 6, pages: stopAfter });
			const after = await pullAll(contact, bench, before.cursor, { pageSize: 6 });
			expect([...before.ids, ...after.ids]).toEqual(ids);
		}
	});

	it('leaves what changes meanwhile to the next pull', async () => {
		const bench = await openBench();
		const ids = addContacts(bench, 12);
		const before = await pullAll(contact, bench, null, { pageSize: 5, pages: 1 });
		bench.clock.now += MINUTE;
		bench.state.change('contacts', ids[0]!, { firstname: 'changed' });
		bench.clock.now += MINUTE;
		const rest = await pullAll(contact, bench, before.cursor, { pageSize: 5 });
		const next = await pullAll(contact, bench, rest.cursor);
		expect(next.ids).toContain(ids[0]);
	});

	it('reads only recent changes when it is told since when', async () => {
		const bench = await openBench();
		addContacts(bench, 3, START - 60 * MINUTE);
		const recent = addContacts(bench, 2);
		const { ids } = await pullAll(contact, bench, null, { since: new Date(START - MINUTE).toISOString() });
		expect(ids.sort()).toEqual(recent.sort());
	});

	it('copes with an empty account', async () => {
		const bench = await openBench();
		const first = await pullAll(company, bench, null);
		expect(first.ids).toEqual([]);
		expect((await pullAll(company, bench, first.cursor)).ids).toEqual([]);
	});
});

describe('incremental pull', () => {
	it('costs two calls when nothing is new', async () => {
		const { bench, cursor } = await afterFirstRun();
		bench.server.resetCalls();
		const { ids } = await pullAll(contact, bench, cursor, { overlapMs: MINUTE / 2 });
		expect(ids).toEqual([]);
		expect(bench.server.calls()).toEqual({ 'search contacts': 1, 'list contacts': 1 });
	});

	it('reads what changed, oldest change first, with another version', async () => {
		const { bench, ids, cursor } = await afterFirstRun();
		const wanted = [ids[2]!, ids[0]!];
		for (const id of wanted) {
			bench.clock.now += MINUTE;
			bench.state.change('contacts', id, { firstname: 'changed' });
		}
		const { ids: read, pages } = await pullAll(contact, bench, cursor);
		expect(read).toEqual(wanted);
		expect(pages[0]!.records[0]!.version).not.toBe(new Date(START).toISOString());
	});

	it('shows a record exactly as the first run does', async () => {
		const bench = await openBench();
		const companies = [1, 2, 3].map((number) => bench.state.add('companies', { name: `Company ${number}` }).id);
		bench.state.add('contacts', { firstname: 'Ada', hs_additional_emails: 'a@example.org;b@example.org' }, { companyIds: companies });
		bench.state.add('contacts', { firstname: 'Bob' });
		const listed = await pullAll(contact, bench, null);
		const searched = await pullAll(contact, bench, null, { since: new Date(START - MINUTE).toISOString() });
		const byId = (page: typeof listed) => page.pages.flatMap(({ records }) => records).sort((a, b) => a.sourceId.localeCompare(b.sourceId));
		expect(byId(searched)).toEqual(byId(listed));
	});

	it('goes back by the overlap for records that became visible late', async () => {
		const { bench, cursor } = await afterFirstRun();
		const caughtUp = await pullAll(contact, bench, cursor);
		const late = new Date(bench.clock.now - 2 * MINUTE).toISOString();
		const { id } = bench.state.add('contacts', { email: 'late@example.org' }, { createdAt: late, updatedAt: late });
		expect((await pullAll(contact, bench, caughtUp.cursor, { overlapMs: 0 })).ids).toEqual([]);
		expect((await pullAll(contact, bench, caughtUp.cursor, { overlapMs: 5 * MINUTE })).ids).toEqual([id]);
	});

	it('loses nothing on our side when our clock is wrong', async () => {
		const { bench, ids, cursor } = await afterFirstRun();
		const ahead = { ...bench, clock: { now: bench.clock.now + 600 * MINUTE } };
		const first = await pullAll(contact, ahead, cursor);
		bench.clock.now += MINUTE;
		bench.state.change('contacts', ids[1]!, { firstname: 'changed' });
		expect((await pullAll(contact, ahead, first.cursor)).ids).toEqual([ids[1]]);
	});

	it('takes our own writes up again, as every change', async () => {
		const { bench, ids, cursor } = await afterFirstRun();
		const { destinations } = hubspot;
		await destinations.contact!.write(bench.client, [{ targetId: ids[0]!, canonicalId: 'c1', fields: { jobtitle: 'CEO' } }]);
		expect((await pullAll(contact, bench, cursor)).ids).toEqual([ids[0]]);
	});

	it('reads more changes than one search can give, also when they all have one time', async () => {
		const { bench, cursor } = await afterFirstRun(0, { settings: { searchWindow: 500 } });
		const sameTime = addContacts(bench, 1200, bench.clock.now);
		const later = Array.from({ length: 700 }, (_, index) => addContacts(bench, 1, bench.clock.now + 1 + index)).flat();
		const { ids } = await pullAll(contact, bench, cursor);
		expect(new Set(ids)).toEqual(new Set([...sameTime, ...later]));
	});

	it('skips no record when others change while it pages', async () => {
		const { bench, cursor } = await afterFirstRun(0);
		const ids = Array.from({ length: 40 }, (_, index) => addContacts(bench, 1, bench.clock.now + index)).flat();
		const seen = new Set<string>();
		bench.clock.now += MINUTE;
		for await (const page of contact.pull(bench.client, { cursor, overlapMs: 0, pageSize: 10 })) {
			for (const record of page.records) seen.add(record.sourceId);
			if (seen.size < 20) bench.state.change('contacts', ids[0]!, { firstname: `change ${seen.size}` });
			bench.clock.now += 1000;
		}
		expect(ids.filter((id) => !seen.has(id))).toEqual([]);
	});

	it('is complete whatever the times, page sizes and stops', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 30 }),
				fc.integer({ min: 1, max: 7 }),
				fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
				async (offsets, pageSize, stops) => {
					const { bench, cursor } = await afterFirstRun(0);
					const wanted = offsets.flatMap((offset) => addContacts(bench, 1, bench.clock.now + offset));
					const seen: string[] = [];
					let position = cursor;
					for (const pages of stops) {
						const part = await pullAll(contact, bench, position, { pageSize, pages });
						seen.push(...part.ids);
						position = part.cursor;
					}
					seen.push(...(await pullAll(contact, bench, position, { pageSize })).ids);
					expect(new Set(seen)).toEqual(new Set(wanted));
				},
			),
			{ numRuns: 25 },
		);
	});

	it('reads companies by their own time of change', async () => {
		const bench = await openBench();
		const { id } = bench.state.add('companies', { name: 'Acme' });
		const { cursor } = await pullAll(company, bench, null);
		bench.clock.now += MINUTE;
		bench.state.change('companies', id, { name: 'Acme Ltd' });
		const { pages } = await pullAll(company, bench, cursor);
		expect(pages[0]!.records[0]).toMatchObject({ object: 'company', sourceId: id, raw: { properties: { name: 'Acme Ltd' } } });
	});
});

describe('records that are gone', () => {
	it('tells an archived contact once', async () => {
		const { bench, ids, cursor } = await afterFirstRun();
		bench.state.archive('contacts', ids[1]!);
		bench.clock.now += MINUTE;
		const next = await pullAll(contact, bench, cursor);
		expect(next.pages.flatMap(({ records }) => records)).toEqual([expect.objectContaining({ sourceId: ids[1], deleted: true })]);
		bench.clock.now += 10 * MINUTE;
		const after = await pullAll(contact, bench, next.cursor, { overlapMs: MINUTE });
		expect((await pullAll(contact, bench, after.cursor, { overlapMs: MINUTE })).ids).toEqual([]);
	});

	it('tells an archived contact also where HubSpot gives the time of its last change in place of the deletion\'s', async () => {
		const { bench, ids, cursor } = await afterFirstRun(3, { settings: { archivedAtLastChange: true } });
		bench.clock.now += 60 * MINUTE;
		const { cursor: later } = await pullAll(contact, bench, cursor);
		bench.state.archive('contacts', ids[1]!);
		bench.clock.now += MINUTE;
		const { pages } = await pullAll(contact, bench, later, { overlapMs: MINUTE });
		expect(pages.flatMap(({ records }) => records)).toEqual([expect.objectContaining({ sourceId: ids[1], deleted: true })]);
	});

	it('goes round through more archived contacts than fit on a page, one page a pull', async () => {
		const { bench, ids, cursor } = await afterFirstRun(250);
		for (const id of ids) bench.state.archive('contacts', id);
		bench.clock.now += MINUTE;
		const seen = new Set<string>();
		let position = cursor;
		for (let round = 0; round < 3; round++) {
			bench.server.resetCalls();
			const next = await pullAll(contact, bench, position);
			expect(bench.server.calls()['list contacts']).toBe(1);
			for (const id of next.ids) seen.add(id);
			position = next.cursor;
			bench.clock.now += MINUTE;
		}
		expect(seen).toEqual(new Set(ids));
	});

	it('tells a contact that was merged into another one', async () => {
		const { bench, ids, cursor } = await afterFirstRun();
		bench.state.merge('contacts', ids[0]!, ids[2]!);
		const { pages } = await pullAll(contact, bench, cursor);
		const records = pages.flatMap((page) => page.records);
		expect(records.filter((record) => record.deleted).map((record) => record.sourceId)).toEqual([ids[2]]);
		expect(records.filter((record) => !record.deleted).map((record) => record.sourceId)).toEqual([ids[0]]);
	});
});
