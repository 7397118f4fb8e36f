import { applyModel, splitProfile, undoDecision } from '../../../lib/identity';
import { contact, person, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com', phone: '+1 212 642 8891' };

/** Four records that say the same, one of which was taken out by hand. */
async function splitCopies(): Promise<Walk> {
	const walk = await newStore();
	await walk.arrive(person('crm:1', ann), person('mail:1', ann), person('billing:1', ann), person('support:1', ann));
	expect(await walk.clusters()).toEqual(['billing:1 crm:1 mail:1 support:1']);
	const whole = await walk.idOf('mail:1');
	await walk.store.write((tx) => splitProfile(tx, whole, [contact('mail:1')], walk.context()));
	await walk.build();
	return walk;
}

async function expectApart(walk: Walk): Promise<void> {
	const withBoth = (await walk.clusters()).filter((names) => names.split(' ').includes('mail:1') && /crm:1|billing:1|support:1/.test(names));
	expect(withBoth).toEqual([]);
	expect(await walk.problems()).toEqual([]);
}

const later = (day: number) => ({ version: String(day), updatedAt: `2026-02-0${day}T00:00:00.000Z` });
const events: { title: string; happens: (walk: Walk) => Promise<unknown> }[] = [
	{ title: 'another copy arrives', happens: (walk) => walk.arrive(person('crm:2', ann)) },
	{ title: 'records arrive that fit both sides', happens: (walk) => walk.arrive(person('crm:2', { ...ann, born: '1980-02-01' }), person('crm:3', { ...ann, phone: undefined })) },
	{ title: 'the record that was taken out changes and changes back', happens: async (walk) => [await walk.arrive(person('mail:1', { ...ann, phone: undefined }, later(2))), await walk.arrive(person('mail:1', ann, later(3)))] },
	{ title: 'it is deleted and comes back', happens: async (walk) => [await walk.arrive(person('mail:1', ann, { ...later(2), deleted: true })), await walk.arrive(person('mail:1', ann, later(3)))] },
	{
		title: 'another model comes into force',
		happens: async (walk) => {
			const former = await walk.store.read((tx) => tx.models.current());
			if (!former) throw new Error('the store has no model');
			const { matching } = former.model;
			await applyModel(walk.store, former, { ...former.model, matching: { ...matching, person: { ...matching.person, prior: 0.04 } } }, 'kim', walk.now());
			await walk.build();
		},
	},
];

test.each(events)('a split stays when $title', async ({ happens }) => {
	const walk = await splitCopies();
	await expectApart(walk);
	await happens(walk);
	await expectApart(walk);
});

test('a split that is taken back is gone', async () => {
	const walk = await splitCopies();
	const id = await walk.idOf('mail:1');
	await walk.store.write((tx) => undoDecision(tx, { profile: id }, walk.context()));
	await walk.build();
	expect(await walk.clusters()).toEqual(['billing:1 crm:1 mail:1 support:1']);
	expect(await walk.problems()).toEqual([]);
});
