import { findProfiles, mergeProfiles, timeline, type ProfileQuery } from '../../../lib/identity';
import { activity, contact, person, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const mail = (name: string) => `${name}@acorn-mail.com`;

async function find(walk: Walk, query: ProfileQuery): Promise<string[]> {
	return (await walk.store.read(async (tx) => findProfiles(tx, query, 'US'))).map(({ canonicalId }) => canonicalId);
}

test('a profile is found by email, phone, record, current and retired ID', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: 'Ann.Hill@gmail.com', phone: '+1 212 642 8891' }));
	await walk.arrive(person('mail:1', { ...ann, email: mail('a') }));
	const [id, retired] = [await walk.idOf('crm:1'), await walk.idOf('mail:1')];
	await walk.store.write((tx) => mergeProfiles(tx, id, retired, walk.context()));
	await walk.build();
	const queries: ProfileQuery[] = [
		...['ann.hill@gmail.com', 'ANN.HILL@GMAIL.COM', 'annhill+shop@googlemail.com', mail('a')].map((value) => ({ by: 'identifier' as const, kind: 'email', value })),
		...['+12126428891', '(212) 642-8891', '001 212 642 8891'].map((value) => ({ by: 'identifier' as const, kind: 'phone', value })),
		{ by: 'record', ref: contact('mail:1') },
		{ by: 'canonical_id', value: id },
		{ by: 'canonical_id', value: retired },
	];
	for (const query of queries) expect([query, await find(walk, query)]).toEqual([query, [id]]);
	for (const query of [
		{ by: 'identifier', kind: 'email', value: 'no mail' },
		{ by: 'identifier', kind: 'email', value: mail('nobody') },
		{ by: 'record', ref: contact('crm:404') },
		{ by: 'canonical_id', value: 'per_NOBODY' },
	] satisfies ProfileQuery[]) {
		expect(await find(walk, query)).toEqual([]);
	}
});

test('a value that people share finds all of them', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('home') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('home') }));
	expect(await find(walk, { by: 'identifier', kind: 'email', value: mail('home') })).toEqual([await walk.idOf('crm:1'), await walk.idOf('mail:1')]);
});

test('a timeline tells what happened, newest first, also before a merge', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }));
	await walk.arrive(person('mail:1', { ...ann, email: mail('b') }), activity('billing:i1', contact('mail:1'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: 500, currency: 'USD' } }));
	await walk.decide('same', 'crm:1', 'mail:1');
	const [profile] = await walk.profiles();
	if (!profile) throw new Error('no profile');
	const entries = await walk.store.read(async (tx) => timeline(tx, profile, 50));
	expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort().reverse());
	expect(entries.map(({ what }) => what).sort()).toEqual(
		['invoice paid', 'profile changed', 'profile created', 'profile created', 'profile merged', 'record first seen', 'record first seen'].sort(),
	);
	expect(await walk.store.read(async (tx) => timeline(tx, profile, 2))).toEqual(entries.slice(0, 2));
});
