import { TerminalError } from '../../../../lib/transport';
import { SCOPES } from '../../../sandbox/hubspot/server';
import { closeBenches, openBench } from './sandbox';
import { companies, contacts, failureOf, openWithFields } from './writing';

afterAll(closeBenches);

describe('properties', () => {
	it('are created once, in our group, and not again', async () => {
		const bench = await openBench();
		const { created } = await contacts.ensureFields(bench.client, contacts.defaultFields);
		expect(created.sort()).toEqual(contacts.defaultFields.map(({ target }) => target).sort());
		expect(bench.state.groups.contacts.has('customer360')).toBe(true);
		for (const name of created) expect(bench.state.properties.contacts.get(name)?.groupName).toBe('customer360');
		bench.server.resetCalls();
		expect(await contacts.ensureFields(bench.client, contacts.defaultFields)).toEqual({ created: [] });
		expect(bench.server.writes()).toBe(0);
	});

	it('adds only the missing one to those that exist, and leaves other properties alone', async () => {
		const bench = await openBench();
		const fields = contacts.defaultFields.slice(0, 3);
		await contacts.ensureFields(bench.client, fields);
		const jobTitle = { source: 'job_title', target: 'jobtitle', label: 'Job', type: 'text' as const };
		const optIn = { source: 'ok', target: 'c360_ok', label: 'OK', type: 'boolean' as const };
		expect(await contacts.ensureFields(bench.client, [...fields, jobTitle, optIn])).toEqual({ created: ['c360_ok'] });
		expect(bench.state.properties.contacts.get('jobtitle')?.groupName).toBe('contactinformation');
	});

	it('are created a hundred a call, which is all that HubSpot takes', async () => {
		const bench = await openBench();
		const fields = Array.from({ length: 130 }, (_, index) => ({ source: `own_${index}`, target: `own_${index}`, label: `Own ${index}`, type: 'text' as const }));
		expect((await contacts.ensureFields(bench.client, fields)).created).toEqual(fields.map(({ target }) => target));
	});

	it('puts up with somebody else creating one at the same moment', async () => {
		const bench = await openBench();
		bench.state.groups.contacts.set('customer360', 'Customer 360');
		bench.server.fail({
			route: 'create properties of contacts', kind: 'status', status: 409, times: 1, after: true,
			body: { status: 'error', category: 'OBJECT_ALREADY_EXISTS', message: "A property named 'c360_id' already exists." },
		});
		await contacts.ensureFields(bench.client, contacts.defaultFields);
		for (const { target } of contacts.defaultFields) expect(bench.state.properties.contacts.has(target)).toBe(true);
	});

	it.each([
		['C360 Segments', 'small letters'],
		['hs_object_id', 'another property'],
	])('refuses %s before anything is created', async (target, remedy) => {
		const bench = await openBench();
		const fields = [...contacts.defaultFields, { source: 'segments', target, label: 'X', type: 'text' as const }];
		const error = await failureOf(contacts.ensureFields(bench.client, fields));
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toContain(target);
		expect(String(error)).toContain(remedy);
		expect(bench.server.writes()).toBe(0);
	});

	it('names the scope that is missing', async () => {
		const bench = await openBench({ settings: { scopes: SCOPES.filter((scope) => scope !== 'crm.schemas.companies.write') } });
		expect(String(await failureOf(companies.ensureFields(bench.client, companies.defaultFields)))).toContain('crm.schemas.companies.write');
	});

	it('offers for choice what can be written', async () => {
		const bench = await openWithFields();
		const names = (await contacts.listFields(bench.client)).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['firstname', 'c360_id']));
		expect(names).not.toContain('lastmodifieddate');
	});
});
