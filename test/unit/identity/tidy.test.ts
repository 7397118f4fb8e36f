import { type IdentityModel, identityModelSchema } from '../../../lib/domain';
import { checkStore, defaultModel, retentionOf, saveModel, timeline, tidyStore } from '../../../lib/identity';
import { openStore, toProfiles } from '../../../lib/store';
import { STORE_KINDS } from '../store-kinds';
import { activity, company, contact, person, type PersonFields, SYSTEMS, Walk } from './given';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function model(retention: IdentityModel['retention']): IdentityModel {
	return { ...defaultModel(SYSTEMS), retention };
}

describe('the settings', () => {
	const document = defaultModel(SYSTEMS);

	test('an identity model from before them is valid, and has the defaults', () => {
		const { retention: _, ...older } = document;
		expect(retentionOf(identityModelSchema.parse(older))).toEqual({ events: 400, reviews: null, rejections: 90, ledger: null, activities: null, promises: 400, departures: null });
	});

	test('null keeps for ever; what is left out has its default', () => {
		expect(retentionOf({ retention: { eventsDays: null, activitiesDays: 1000 } })).toEqual({ events: null, reviews: null, rejections: 90, ledger: null, activities: 1000, promises: 400, departures: null });
	});

	test.each([6, 0, -1, 7.5])('%p days are refused, by name', (eventsDays) => {
		expect(identityModelSchema.safeParse({ ...document, retention: { eventsDays } }).error?.issues[0]?.path).toEqual(['retention', 'eventsDays']);
	});
});

describe.each(STORE_KINDS)('tidying ($name)', ({ temporary }) => {
	const newTarget = temporary();

	async function given(retention: IdentityModel['retention']): Promise<Walk> {
		const store = await openStore(await newTarget());
		await saveModel(store, model(retention), 'test', START);
		return new Walk(store);
	}

	const seqs = async ({ store }: Walk): Promise<number[]> => (await store.read((tx) => tx.events.since(0, [], 100_000))).map(({ seq }) => seq);
	const addEvents = async ({ store }: Walk, count: number, at: number) =>
		store.write((tx) =>
			tx.events.append(Array.from({ length: count }, () => ({ type: 'profile.changed' as const, canonicalId: 'per_1', entity: 'person' as const, at: new Date(at).toISOString(), data: {} }))),
		);

	test('once a day is enough, unless it is asked for', async () => {
		const walk = await given({ eventsDays: 10 });
		await addEvents(walk, 3, START);
		expect(await tidyStore(walk.store, { now: () => START + 9 * DAY })).toMatchObject({ events: 0 });
		await addEvents(walk, 1, START + 10 * DAY);
		expect(await tidyStore(walk.store, { now: () => START + 10 * DAY - 1 })).toBeUndefined();
		expect(await tidyStore(walk.store, { now: () => START + 10 * DAY + 1 })).toEqual({ events: 3, reviews: 0, rejections: 0, ledger: 0, activities: 0, promises: 0, departures: 0 });
		expect(await seqs(walk)).toEqual([4]);
		expect(await tidyStore(walk.store, { now: () => START + 10 * DAY + 2 })).toBeUndefined();
		expect(await tidyStore(walk.store, { now: () => START + 10 * DAY + 2, force: true })).toMatchObject({ events: 0 });
	});

	test('a call that runs out of time leaves the rest to the next one, and two at once share the work', async () => {
		const walk = await given({ eventsDays: 10 });
		await addEvents(walk, 4_500, START);
		const now = () => START + 20 * DAY;
		expect(await tidyStore(walk.store, { now, budgetMs: 0 })).toMatchObject({ events: 2_000 });
		const both = await Promise.all([tidyStore(walk.store, { now }), tidyStore(walk.store, { now })]);
		expect(both.reduce((sum, tidied) => sum + (tidied?.events ?? 0), 0)).toBe(2_500);
		expect(await seqs(walk)).toEqual([]);
		expect(await tidyStore(walk.store, { now })).toBeUndefined();
	});

	test('everything else of the store stays: who is who, profiles, decisions, open questions', async () => {
		const walk = await given({ eventsDays: 7, reviewsDays: 7, rejectionsDays: 7, ledgerDays: 7, activitiesDays: 7 });
		await walk.arrive(person('crm:1', { email: 'ann@larkmill.com' }), person('billing:1', { email: 'ann@larkmill.com' }), person('billing:2', { email: 'bo@larkmill.com' }));
		await walk.decide('same', 'crm:1', 'billing:2');
		const contents = async () => JSON.stringify(await walk.store.read(async (tx) => [await tx.records.scan(0, 99), await tx.profiles.scan(0, 99), await tx.decisions.all(), await tx.evidence.scan(null, 99)]));
		const before = await contents();
		const gone = await tidyStore(walk.store, { now: () => walk.now() + 3000 * DAY });
		expect(gone?.events).toBeGreaterThan(0);
		expect(await seqs(walk)).toEqual([]);
		expect(await contents()).toBe(before);
		expect((await checkStore(walk.store, walk.now())).problems).toEqual([]);
		await walk.arrive(person('crm:9', { email: 'new@larkmill.com' }));
		expect((await seqs(walk))[0]).toBeGreaterThan(gone?.events ?? 0);
	});

	test('past activities leave timeline and figures, what is running stays, and reading them again makes no work', async () => {
		const walk = await given({ activitiesDays: 30 });
		const owner = contact('crm:1');
		const at = (days: number) => new Date(START + days * DAY).toISOString();
		const eur = (minor: number) => ({ minor, currency: 'USD' });
		const activities = [
			activity('bill:old', owner, { type: 'invoice', status: 'paid', at: at(0), amount: eur(10_000) }),
			activity('bill:new', owner, { type: 'invoice', status: 'paid', at: at(90), amount: eur(5_000) }),
			activity('bill:unpaid', owner, { type: 'invoice', status: 'open', at: at(0), amount: eur(700) }),
			activity('bill:running', owner, { type: 'subscription', status: 'active', at: at(0), monthly: eur(900) }),
			activity('bill:ended', owner, { type: 'subscription', status: 'canceled', at: at(0), endedAt: at(10) }),
			activity('bill:ended lately', owner, { type: 'subscription', status: 'canceled', at: at(0), endedAt: at(95) }),
			activity('help:solved', owner, { type: 'ticket', status: 'solved', at: at(1) }),
			activity('help:open', owner, { type: 'ticket', status: 'open', at: at(1) }),
		];
		const records = [person('crm:1', { email: 'ann@larkmill.com', employer: '7' }), company('crm:7', { name: 'Larkmill', domain: 'larkmill.com' })];
		await walk.arrive(...records, ...activities);
		const ids = [await walk.idOf('crm:1'), await walk.idOf('crm:7', 'company')];
		const looks = async () =>
			walk.store.read(async (tx) => {
				const profiles = await toProfiles(tx, [...(await tx.profiles.byCanonicalId(ids)).values()]);
				const lines = await timeline(tx, profiles[0] as (typeof profiles)[number], 100);
				const shown = lines.filter(({ source }) => 'object' in source && source.object !== 'contact').length;
				return { values: profiles.map(({ metrics }) => metrics.lifetime_value?.value), recurring: profiles[0]?.metrics.monthly_recurring_revenue?.value, shown };
			});
		expect(await looks()).toMatchObject({ values: [150, 150], recurring: 9, shown: 8 });
		const now = START + 100 * DAY;
		expect(await tidyStore(walk.store, { now: () => now })).toMatchObject({ activities: 3 });
		await walk.build();
		expect(await looks()).toMatchObject({ values: [50, 50], recurring: 9, shown: 5 });
		expect((await checkStore(walk.store, walk.now())).problems).toEqual([]);
		expect((await walk.arrive(...activities)).map(({ outcome, changed }) => [outcome, changed])).toEqual(activities.map(({ sourceId }) => [['old', 'ended', 'solved'].includes(sourceId) ? 'stale' : 'unchanged', false]));
		expect(await looks()).toMatchObject({ shown: 5 });
		expect(await tidyStore(walk.store, { now: () => now, force: true })).toMatchObject({ activities: 0 });
	});

	const gone = (place: string, version = '2') => person(place, {}, { version, updatedAt: `2026-01-0${version}T00:00:00.000Z`, deleted: true });
	const back = (place: string, fields: PersonFields) => person(place, fields, { version: '5', updatedAt: '2026-01-05T00:00:00.000Z' });
	const mail = (name: string) => ({ email: `${name}@larkmill.com` });
	const lead = async ({ store }: Walk, ...ids: string[]) =>
		store.read(async (tx) => [...(await tx.profiles.byCanonicalId(ids))].map(([id, { canonicalId, empty }]) => [id, empty ? 'nobody' : canonicalId]).sort());

	test('who left is known for as long as is set, and has a new ID afterwards; the old one still resolves', async () => {
		const walk = await given({ departuresDays: 30 });
		await walk.arrive(person('crm:1', mail('ann')), person('crm:2', mail('bob')), person('crm:3', mail('eve')));
		const [ann, bob, eve] = [await walk.idOf('crm:1'), await walk.idOf('crm:2'), await walk.idOf('crm:3')];
		await walk.arrive(gone('crm:1'), gone('crm:2'));
		const left = walk.now();
		expect(await tidyStore(walk.store, { now: () => left + 29 * DAY })).toMatchObject({ departures: 0 });
		await walk.arrive(back('crm:1', mail('ann')));
		expect(await walk.idOf('crm:1')).toBe(ann);
		expect(await tidyStore(walk.store, { now: () => left + 31 * DAY })).toMatchObject({ departures: 1 });
		await walk.arrive(back('crm:2', mail('bob')));
		expect(await walk.idOf('crm:2')).not.toBe(bob);
		expect(await lead(walk, ann, bob, eve)).toEqual([[ann, ann], [bob, 'nobody'], [eve, eve]].sort());
		expect(await walk.problems()).toEqual([]);
	});

	test('IDs from before a restore stop waiting after the days that are set, and who comes again only then has the ID still', async () => {
		const walk = await given({ promisesDays: 30 });
		const promise = (canonicalId: string, age: number, ...places: string[]) => ({ canonicalId, entity: 'person' as const, age, aliases: [`${canonicalId}_OLD`], records: places.map((place) => contact(place)) });
		await walk.arrive(person('crm:1', mail('ann')), person('crm:2', mail('bob')));
		const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('crm:2')];
		const went = walk.now();
		await walk.store.write(async (tx) => {
			const at = new Date(went).toISOString();
			await tx.promises.add([promise('per_ANN', 7, 'mail:1'), promise('per_EVE', 9, 'mail:3'), promise('per_EVE_FIRST', 8, 'support:3')], at);
			await tx.promises.place([{ ...contact('crm:1'), canonicalId: bob }, { ...contact('mail:2'), canonicalId: bob }], at);
		});
		await walk.arrive(person('mail:1', mail('ann')));
		expect(await tidyStore(walk.store, { now: () => went + 29 * DAY })).toMatchObject({ promises: 0 });
		expect(await walk.store.read((tx) => tx.promises.any())).toBe(true);
		expect(await tidyStore(walk.store, { now: () => went + 31 * DAY })).toMatchObject({ promises: 3 });
		await walk.build();
		expect(await walk.store.read((tx) => tx.promises.any())).toBe(false);
		expect(await lead(walk, 'per_ANN', 'per_ANN_OLD', 'per_EVE', 'per_EVE_OLD')).toEqual([['per_ANN', ann], ['per_ANN_OLD', ann], ['per_EVE', 'nobody'], ['per_EVE_OLD', 'nobody']]);
		expect(await walk.problems()).toEqual([]);
		await walk.arrive(gone('crm:2'));
		await walk.arrive(person('mail:2', mail('bob')));
		expect(await walk.idOf('mail:2')).toBe(bob);
		await walk.arrive(person('mail:3', mail('eve')), person('support:3', mail('eve')));
		expect(await walk.idOf('mail:3')).toBe('per_EVE_FIRST');
		expect(await lead(walk, 'per_EVE', 'per_EVE_OLD')).toEqual([['per_EVE', 'per_EVE_FIRST'], ['per_EVE_OLD', 'per_EVE_FIRST']]);
		expect(await walk.problems()).toEqual([]);
	});

	test('a new setting builds no profile again and matches nothing again', async () => {
		const walk = await given({ eventsDays: 400 });
		await walk.arrive(person('crm:1', { email: 'ann@larkmill.com' }), person('billing:1', { email: 'ann@larkmill.com' }));
		const before = await walk.store.read(async (tx) => [await tx.profiles.counts(), await tx.evidence.scan(null, 9), await tx.events.lastSeq()]);
		const { version } = await saveModel(walk.store, model({ eventsDays: 30, ledgerDays: 365 }), 'kim', walk.now());
		expect(await walk.store.read(async (tx) => [await tx.profiles.counts(), await tx.evidence.scan(null, 9), await tx.events.lastSeq()])).toEqual(before);
		expect([version, (await walk.store.read((tx) => tx.models.current()))?.model.retention]).toEqual([2, { eventsDays: 30, ledgerDays: 365 }]);
	});
});
