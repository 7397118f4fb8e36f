import { fieldMappingSchema } from '../../../../lib/domain';
import { hubspot } from '../../../../lib/systems/hubspot';
import { COMPANY, CONTACT } from '../../../../lib/systems/hubspot/objects';
import { startHubSpot } from '../../../sandbox/hubspot/server';
import { closeBenches, openBench, pullAll } from './sandbox';

afterAll(closeBenches);

describe.each([
	['contact', CONTACT],
	['company', COMPANY],
] as const)('the preset for %s', (name, object) => {
	const mapping = fieldMappingSchema.parse(hubspot.sources[name]!.mapping);

	it('reads only properties that are asked for', () => {
		const paths = [...mapping.fields, ...mapping.consent].map(({ path }) => path);
		expect(paths.filter((path) => !object.properties.includes(path.replace('properties.', '')))).toEqual([]);
	});

	it('names the system and the object as the records do', () => {
		expect(mapping).toMatchObject({ system: hubspot.id, object: name });
	});
});

describe('a seeded account', () => {
	it('gives the people and companies of the world, linked by ID', async () => {
		const createdAt = '2023-01-01T00:00:00.000Z';
		const person = {
			id: '501', truthId: 'p1', firstName: 'Ada', lastName: null, email: 'ada@example.org', phone: '+44 20 7946 0000', jobTitle: null,
			companyId: '901', companyName: 'Acme', street: '1 Road', city: 'London', postalCode: 'N1', country: 'United Kingdom',
			birthDate: '1990-12-10', createdAt, updatedAt: createdAt, consent: 'unsubscribed' as const,
		};
		const company = {
			id: '901', truthId: 'o1', name: 'Acme', domain: 'acme.example', phone: null, city: null, country: null, createdAt, updatedAt: createdAt,
		};
		const bench = await openBench({ world: { contacts: [person], companies: [company] } });
		const { pages } = await pullAll(hubspot.sources.contact!, bench, null);
		expect(pages[0]!.records).toEqual([
			expect.objectContaining({
				sourceId: '501',
				updatedAt: createdAt,
				raw: expect.objectContaining({
					properties: expect.objectContaining({
						firstname: 'Ada', lastname: null, zip: 'N1', hs_email_optout: 'true', associatedcompanyid: '901',
					}) as object,
				}) as object,
			}),
		]);
		expect((await pullAll(hubspot.sources.company!, bench, null)).ids).toEqual(['901']);
		expect(JSON.stringify(pages)).not.toContain('p1"');
	});

	it('starts empty without a world', async () => {
		const { server, state } = await startHubSpot();
		expect(state.records.contacts.size).toBe(0);
		await server.close();
	});
});
