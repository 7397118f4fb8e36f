import { TerminalError, TransientError } from '../../../../lib/transport';
import { closeBenches } from './sandbox';
import { addContacts, companies, contacts, create, failureOf, openWithFields, statusOf, update } from './writing';

afterAll(closeBenches);

describe('creating contacts', () => {
	it('creates new ones and takes up those that somebody created meanwhile, with one call', async () => {
		const bench = await openWithFields();
		const there = bench.state.add('contacts', { email: 'ada@example.org', firstname: 'Ada' });
		const results = await contacts.write(bench.client, [create('Ada@Example.org'), create('bob@example.org')]);
		const bob = bench.state.findByEmail('bob@example.org');
		expect(results).toEqual([{ status: 'acknowledged', targetId: there.id }, { status: 'acknowledged', targetId: bob?.id }]);
		expect(there.properties).toMatchObject({ firstname: 'Ada', c360_id: 'c-new' });
		expect(bench.server.calls()).toEqual({ 'upsert contacts': 1 });
	});

	it.each([true, false])('finds the contact that has the email as its second one (multi-status: %s)', async (multiStatus) => {
		const bench = await openWithFields({ settings: { multiStatus } });
		const there = bench.state.add('contacts', { email: 'ada@example.org', hs_additional_emails: 'a@example.org;lovelace@example.org' });
		const results = await contacts.write(bench.client, [create('bob@example.org'), create('lovelace@example.org')]);
		expect(results[1]).toEqual({ status: 'acknowledged', targetId: there.id });
		expect(statusOf(results)).toEqual(['acknowledged', 'acknowledged']);
		expect(there.properties).toMatchObject({ email: 'ada@example.org', c360_id: 'c-new' });
	});

	it('leaves it to people when two profiles want one contact', async () => {
		const bench = await openWithFields();
		const there = bench.state.add('contacts', { email: 'ada@example.org', hs_additional_emails: 'lovelace@example.org' });
		const results = await contacts.write(bench.client, [
			update(there.id, { c360_id: 'first' }),
			create('lovelace@example.org', { c360_id: 'second' }),
			create('new@example.org'),
			create('NEW@example.org'),
		]);
		expect(statusOf(results)).toEqual(['acknowledged', 'failed', 'acknowledged', 'failed']);
		expect(there.properties.c360_id).toBe('first');
	});

	it('sets aside one without an email and one with a broken email', async () => {
		const bench = await openWithFields();
		const results = await contacts.write(bench.client, [create(undefined), create('broken@'), create('good@example.org')]);
		expect(statusOf(results)).toEqual(['failed', 'failed', 'acknowledged']);
		expect(results[0]).toMatchObject({ field: 'email' });
		expect(JSON.stringify(results)).not.toContain('broken@');
	});

	it('makes no second contact when the answer to a creation is lost', async () => {
		const bench = await openWithFields();
		bench.server.fail({ route: 'upsert contacts', kind: 'reset', times: 1, after: true });
		const results = await contacts.write(bench.client, [create('ada@example.org')]);
		expect(statusOf(results)).toEqual(['acknowledged']);
		expect(bench.state.records.contacts.size).toBe(1);
	});
});

describe('companies', () => {
	it('are updated and never created', async () => {
		const bench = await openWithFields();
		const { id } = bench.state.add('companies', { name: 'Acme' });
		const results = await companies.write(bench.client, [
			{ targetId: id, canonicalId: 'c1', fields: { c360_id: 'c1', c360_mrr: 99 } },
			{ targetId: null, canonicalId: 'c2', fields: { c360_id: 'c2' } },
		]);
		expect(statusOf(results)).toEqual(['acknowledged', 'skipped']);
		expect(bench.state.get('companies', id).properties).toMatchObject({ c360_id: 'c1', c360_mrr: '99' });
		expect(bench.state.records.companies.size).toBe(1);
	});
});

describe('a write in trouble', () => {
	it.each([
		['a 429 with Retry-After', { kind: 'status' as const, status: 429, headers: { 'retry-after': '0' } }],
		['a 500', { kind: 'status' as const, status: 500 }],
		['a lost answer', { kind: 'status' as const, status: 502, after: true }],
	])('gets over %s', async (_, fault) => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		bench.server.fail({ ...fault, route: 'update contacts', times: 2 });
		expect(statusOf(await contacts.write(bench.client, [update(id!)]))).toEqual(['acknowledged']);
	});

	it('throws when nothing was written, as something to try again', async () => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		bench.server.fail({ route: 'update contacts', kind: 'status', status: 503, times: 10 });
		expect(await failureOf(contacts.write(bench.client, [update(id!)]))).toBeInstanceOf(TransientError);
	});

	it('keeps the results of the first half when the second half fails', async () => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		bench.server.fail({ route: 'upsert contacts', kind: 'status', status: 503, times: 10 });
		const results = await contacts.write(bench.client, [create('new@example.org'), update(id!)]);
		expect(statusOf(results)).toEqual(['retry', 'acknowledged']);
	});

	it('names the scope that is missing', async () => {
		const bench = await openWithFields();
		const [id] = addContacts(bench, 1);
		bench.state.settings.scopes.delete('crm.objects.contacts.write');
		const error = await failureOf(contacts.write(bench.client, [update(id!)]));
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toContain('crm.objects.contacts.write');
	});
});
