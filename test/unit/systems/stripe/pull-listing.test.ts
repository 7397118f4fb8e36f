import { disconnectLimiters } from '../../../../lib/transport';
import { subscriptionItem, subscriptionObject } from '../../../sandbox/stripe/objects';
import { DAY, everything, Kept, lastCursor, MINUTE, openShop, pages, pullWithStops, records, type Shop } from './shop';

let shop: Shop;

beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.server.close());
afterAll(disconnectLimiters);

function addMany(count: number, prefix = 'cus_'): void {
	for (let index = 0; index < count; index++) shop.add(`${prefix}${String(index).padStart(4, '0')}`);
}

test('a first run reads every customer in pages of 100, also when all were made in one second', async () => {
	addMany(250);
	const read = await pages(shop.pull('customer'));
	expect(read.map((page) => page.records.length)).toEqual([100, 100, 50]);
	expect(new Set(records(read).map((record) => record.sourceId)).size).toBe(250);
	expect(records(read)[0]).toMatchObject({ system: 'stripe', object: 'customer', raw: { object: 'customer' } });
});

test('a first run that stops after every page reads the same', async () => {
	addMany(25);
	const read = await pullWithStops(shop, 'customer', { pageSize: 4 });
	expect(records(read).map((record) => record.sourceId).sort()).toEqual(Object.keys(everything(shop)).sort());
});

test('an empty account gives one page without records, whose cursor the next pull goes on from', async () => {
	const read = await pages(shop.pull('customer'));
	expect(records(read)).toEqual([]);
	shop.pass(MINUTE);
	shop.add('cus_first');
	const next = await pages(shop.pull('customer', { cursor: lastCursor(read) }));
	expect(records(next).map((record) => record.sourceId)).toEqual(['cus_first']);
});

test('ended subscriptions are listed too', async () => {
	const item = subscriptionItem('si_1', 'sub_1', shop.state.now(), 'eur', { unitAmount: 900 });
	const ended = subscriptionObject('sub_1', 'cus_1', shop.state.now(), 'eur', [item], { status: 'canceled' });
	shop.state.save('subscription', ended, 'customer.subscription.deleted');
	const read = await pages(shop.pull('subscription'));
	expect(records(read).map((record) => record.sourceId)).toEqual(['sub_1']);
});

test('a subscription with more items than it shows is completed', async () => {
	const items = Array.from({ length: 14 }, (_, index) => subscriptionItem(`si_${index}`, 'sub_1', shop.state.now(), 'eur', { unitAmount: 100 }));
	shop.state.save('subscription', subscriptionObject('sub_1', 'cus_1', shop.state.now(), 'eur', items), 'customer.subscription.created');
	const [record] = records(await pages(shop.pull('subscription')));
	expect((record?.raw.items as { data: unknown[] }).data).toHaveLength(14);
});

describe('what happens while the first run is under way', () => {
	test('a customer changed before its page was read, after its page was read, and made anew: the last state wins', async () => {
		addMany(6);
		const kept = new Kept();
		const listing = shop.pull('customer', { pageSize: 2, overlapMs: 0 });
		const first = await listing.next();
		kept.put(first.value?.records ?? []);
		shop.pass(1000);
		shop.change('cus_0005', { name: 'Changed after its page' });
		shop.change('cus_0000', { name: 'Changed before its page' });
		shop.add('cus_new');
		shop.state.deleteCustomer('cus_0004');
		const rest = await pages(listing);
		kept.put(records(rest));
		shop.pass(MINUTE);
		kept.put(records(await pages(shop.pull('customer', { cursor: lastCursor(rest), overlapMs: 0 }))));
		expect(kept.live()).toEqual(everything(shop));
	});

	test('the customer to go on from is deleted: the listing goes on from its second', async () => {
		addMany(5);
		const first = await shop.pull('customer', { pageSize: 2 }).next();
		const read = first.value?.records.map((record) => record.sourceId) ?? [];
		shop.state.deleteCustomer(read.at(-1) ?? '');
		const rest = await pages(shop.pull('customer', { pageSize: 2, cursor: first.value?.cursor ?? null }));
		const seen = new Set([...read, ...records(rest).map((record) => record.sourceId)]);
		expect([...seen].sort()).toEqual(['cus_0000', 'cus_0001', 'cus_0002', 'cus_0003', 'cus_0004']);
	});

	test('an event from before the run that comes late does not replace what the run has read', async () => {
		shop.add('cus_1', { name: 'Old' });
		shop.pass(DAY);
		shop.change('cus_1', { name: 'New' });
		shop.pass(DAY);
		const [listed] = records(await pages(shop.pull('customer')));
		const oldEvents = shop.state.events.newestFirst();
		for (const event of oldEvents) expect(new Date(event.created * 1000).toISOString() < (listed?.updatedAt ?? '')).toBe(true);
	});
});

test('our clock being wrong by an hour loses nothing: the vendor’s own time counts', async () => {
	for (const skew of [-60 * MINUTE, 60 * MINUTE]) {
		const kept = new Kept();
		const now = (): number => shop.now() + skew;
		shop.add(`cus_${skew}`);
		const first = await pages(shop.pull('customer', { overlapMs: 0, now }));
		kept.put(records(first));
		shop.pass(1000);
		shop.change(`cus_${skew}`, { name: 'Changed' });
		shop.pass(1000);
		kept.put(records(await pages(shop.pull('customer', { cursor: lastCursor(first), overlapMs: 0, now }))));
		expect(kept.live()).toEqual(everything(shop));
	}
});

test('`since` begins with the events where they reach that far, and lists everything where they do not', async () => {
	shop.add('cus_old');
	shop.pass(10 * DAY);
	shop.add('cus_recent');
	const recent = await pages(shop.pull('customer', { since: new Date(shop.now() - DAY).toISOString() }));
	expect(records(recent).map((record) => record.sourceId)).toEqual(['cus_recent']);
	const all = await pages(shop.pull('customer', { since: new Date(shop.now() - 40 * DAY).toISOString() }));
	expect(records(all).map((record) => record.sourceId).sort()).toEqual(['cus_old', 'cus_recent']);
});
