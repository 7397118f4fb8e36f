import fc from 'fast-check';
import { closeBenches } from './sandbox';
import { addContacts, contacts, openWithFields, statusOf, update } from './writing';

afterAll(closeBenches);

describe('updating contacts', () => {
	it('writes a full batch with one call', async () => {
		const bench = await openWithFields();
		const ids = addContacts(bench, contacts.maxBatch);
		const results = await contacts.write(bench.client, ids.map((id) => update(id)));
		expect(results).toEqual(ids.map((targetId) => ({ status: 'acknowledged', targetId })));
		expect(bench.server.calls()).toEqual({ 'update contacts': 1 });
		expect(ids.map((id) => bench.state.get('contacts', id).properties.c360_id)).toEqual(ids.map((id) => `c-${id}`));
	});

	it('writes values as their property wants them, and empties what is null', async () => {
		const bench = await openWithFields();
		const id = bench.state.add('contacts', { email: 'ada@example.org', c360_segments: 'healthy' }).id;
		const fields = { c360_lifetime_value: 1234.5, c360_last_payment: '2024-02-29T23:30:00.000Z', c360_open_tickets: 0, c360_segments: null };
		expect(statusOf(await contacts.write(bench.client, [update(id, fields)]))).toEqual(['acknowledged']);
		const { properties } = bench.state.get('contacts', id);
		expect(properties).toMatchObject({ c360_lifetime_value: '1234.5', c360_last_payment: '2024-02-29', c360_open_tickets: '0' });
		expect(properties.c360_segments).toBeUndefined();
	});

	it('never makes a second contact of one that is known, even when its email differs', async () => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		await contacts.write(bench.client, [{ ...update(id!), email: 'another@example.org' }]);
		expect([...bench.state.records.contacts.keys()]).toEqual([id]);
		expect(bench.state.get('contacts', id!).properties.email).toBe('person0@example.org');
	});

	it('tells of a half-accepted batch which record failed, and writes the others', async () => {
		const bench = await openWithFields();
		const ids = addContacts(bench, 5);
		bench.state.archive('contacts', ids[1]!);
		bench.state.merge('contacts', ids[0]!, ids[3]!);
		const results = await contacts.write(bench.client, [...ids, '777'].map((id) => update(id)));
		expect(statusOf(results)).toEqual(['acknowledged', 'failed', 'acknowledged', 'failed', 'acknowledged', 'failed']);
		expect(results[1]).toMatchObject({ reason: expect.stringContaining('deleted') as string });
		expect(results[3]).toMatchObject({ reason: expect.stringContaining('merged') as string });
	});

	it('names an unknown property and an unfit value, and sends neither', async () => {
		const bench = await openWithFields();
		const ids = addContacts(bench, 4);
		const results = await contacts.write(bench.client, [
			update(ids[0]!, { c360_unheard_of: 'x' }),
			update(ids[1]!, { c360_lifetime_value: 'a lot' }),
			update(ids[2]!, { hs_object_id: '7' }),
			update(ids[3]!),
		]);
		expect(results.slice(0, 3)).toEqual([
			{ status: 'failed', field: 'c360_unheard_of', reason: expect.stringContaining('c360_unheard_of') as string },
			{ status: 'failed', field: 'c360_lifetime_value', reason: expect.stringContaining('number') as string },
			{ status: 'failed', field: 'hs_object_id', reason: expect.stringContaining('another property') as string },
		]);
		expect(results[3]?.status).toBe('acknowledged');
		expect(JSON.stringify(results)).not.toContain('a lot');
	});

	it('gets good records through when a property is deleted between look and write', async () => {
		const bench = await openWithFields({ settings: { multiStatus: false } });
		const ids = addContacts(bench, 20);
		await contacts.write(bench.client, [update(ids[0]!)]);
		bench.state.properties.contacts.delete('c360_segments');
		bench.server.resetCalls();
		const items = ids.map((id, index) => update(id, index % 4 === 0 ? { c360_segments: 'at_risk' } : { c360_id: 'x' }));
		const results = await contacts.write(bench.client, items);
		results.forEach((result, index) => expect(result.status).toBe(index % 4 === 0 ? 'failed' : 'acknowledged'));
		expect(results[0]).toMatchObject({ field: 'c360_segments', reason: expect.stringContaining('Create c360_segments') as string });
		expect(bench.server.calls()).toEqual({ 'update contacts': 2 });
	});

	it('refuses nothing but the bad ones of a batch that HubSpot refuses as a whole, with few calls', async () => {
		const bench = await openWithFields({ settings: { multiStatus: false } });
		const ids = addContacts(bench, 100);
		const items = ids.map((id, index) => update(id, index === 37 ? { email: 'not an email' } : { c360_id: 'x' }));
		const results = await contacts.write(bench.client, items);
		results.forEach((result, index) => expect(result.status).toBe(index === 37 ? 'failed' : 'acknowledged'));
		expect(results[37]).toMatchObject({ field: 'email' });
		expect(JSON.stringify(results)).not.toContain('not an email');
		expect(bench.server.calls()['update contacts']).toBeLessThanOrEqual(15);
	});

	it('finds out which record an error is about when HubSpot does not say', async () => {
		const bench = await openWithFields();
		const ids = addContacts(bench, 4);
		const errors = [{ status: 'error', category: 'VALIDATION_ERROR', message: 'Something is wrong', context: {} }];
		bench.server.fail({ route: 'update contacts', kind: 'status', status: 207, body: { results: [], numErrors: 1, errors }, times: 1 });
		bench.state.archive('contacts', ids[2]!);
		const results = await contacts.write(bench.client, ids.map((id) => update(id)));
		expect(statusOf(results)).toEqual(['acknowledged', 'acknowledged', 'failed', 'acknowledged']);
	});

	it('tries a record again later when HubSpot could not write it just now', async () => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		const errors = [{ status: 'error', category: 'RATE_LIMITS', message: 'Slow down', context: { ids: [id] } }];
		bench.server.fail({ route: 'update contacts', kind: 'status', status: 200, body: { results: [], numErrors: 1, errors }, times: 1 });
		expect(statusOf(await contacts.write(bench.client, [update(id!)]))).toEqual(['retry']);
	});

	it('stops looking for bad records at some point and leaves the rest for later', async () => {
		const bench = await openWithFields({ settings: { multiStatus: false } });
		const ids = addContacts(bench, 100);
		const results = await contacts.write(bench.client, ids.map((id, index) => update(id, { email: `not an email ${index}` })));
		expect(new Set(statusOf(results))).toEqual(new Set(['failed', 'retry']));
		expect(bench.server.calls()['update contacts']).toBeLessThanOrEqual(30);
	});

	it('gives each of any mix of records its own result', async () => {
		const kinds = ['good', 'gone', 'merged', 'unknown', 'bad email', 'taken email'] as const;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 12 }), fc.boolean(), async (plan, multiStatus) => {
				const bench = await openWithFields({ settings: { multiStatus } });
				const owner = bench.state.add('contacts', { email: 'owner@example.org' });
				const items = plan.map((kind, index) => {
					const { id } = bench.state.add('contacts', { email: `person${index}@example.org` });
					if (kind === 'gone') bench.state.archive('contacts', id);
					if (kind === 'merged') bench.state.merge('contacts', owner.id, id);
					if (kind === 'unknown') return update('5');
					if (kind === 'bad email') return update(id, { email: 'nonsense' });
					if (kind === 'taken email') return update(id, { email: 'owner@example.org' });
					return update(id);
				});
				const unique = items.filter((item, index) => items.findIndex(({ targetId }) => targetId === item.targetId) === index);
				const results = await contacts.write(bench.client, unique);
				unique.forEach((item, index) => {
					const good = plan[items.indexOf(item)] === 'good';
					expect(results[index]).toMatchObject(good ? { status: 'acknowledged', targetId: item.targetId } : { status: 'failed' });
				});
			}),
			{ numRuns: 10 },
		);
	});
});
