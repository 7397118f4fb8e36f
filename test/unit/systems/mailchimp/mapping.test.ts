import { fieldMappingSchema } from '../../../../lib/domain';
import { memberMapping } from '../../../../lib/systems/mailchimp/mapping';
import type { SeedPerson } from '../../../sandbox/world/types';
import { seedSourceIds } from '../../../sandbox/mailchimp/seed';
import { closeAll, connect, idsOf, pages, recordsOf, sandbox } from './setup';

afterEach(closeAll);

const person: SeedPerson = {
	id: 'a1b2c3d4e5',
	truthId: 't1',
	firstName: 'Ada',
	lastName: 'Byron',
	email: 'Ada@Example.com',
	phone: '+44 20 7946 0000',
	jobTitle: null,
	companyId: null,
	companyName: 'Engines Ltd',
	street: '12 St James Square',
	city: 'London',
	postalCode: 'SW1Y 4JH',
	country: 'GB',
	birthDate: '1985-12-10',
	createdAt: '2025-01-02T03:04:05.000Z',
	updatedAt: '2026-01-02T03:04:05.000Z',
	consent: 'unsubscribed',
};

function at(raw: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], raw);
}

test('the preset is a valid mapping and finds every value of a full member', async () => {
	const vendor = await sandbox({ world: { members: [person] } });
	const [record] = recordsOf(await pages(connect(vendor)));
	const mapping = fieldMappingSchema.parse(memberMapping);
	const values = mapping.fields.map((field) => [field.attribute, at(record?.raw, field.path)]);
	const found = Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
	expect(found).toMatchObject({
		email: 'Ada@Example.com',
		given_name: 'Ada',
		family_name: 'Byron',
		phone: '+44 20 7946 0000',
		street: '12 St James Square',
		city: 'London',
		postal_code: 'SW1Y 4JH',
		country: 'GB',
		company_name: 'Engines Ltd',
		created_at: '2025-01-02T03:04:05+00:00',
	});
	expect(mapping.fields.map((field) => field.attribute)).not.toContain('birth_date');
	expect(record?.raw.merge_fields).toMatchObject({ BIRTHDAY: '12/10' });
});

test('each status is read by at most one consent rule, with the time that belongs to it', () => {
	const { consent } = fieldMappingSchema.parse(memberMapping);
	const said = (word: string) => consent.flatMap((rule) => (rule.values[word] ? [[rule.values[word], rule.atPath]] : []));
	expect(said('subscribed')).toEqual([['granted', 'timestamp_opt']]);
	expect(said('unsubscribed')).toEqual([['denied', 'last_changed']]);
	expect(said('cleaned')).toEqual([['denied', 'last_changed']]);
	expect(said('pending')).toEqual([['pending', 'last_changed']]);
	expect([...said('transactional'), ...said('archived')]).toEqual([]);
});

test('a second record with the same address goes to another audience, and the world tells which source ID it has', async () => {
	const members = [person, { ...person, id: 'ffffffffff', email: 'ada@example.com' }];
	const vendor = await sandbox({ world: { members } });
	expect(idsOf(await pages(connect(vendor)))).toEqual([...seedSourceIds(members).values()].sort());
});
