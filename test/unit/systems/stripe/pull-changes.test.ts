import { TOO_OLD_NOTE } from '../../../../lib/systems/stripe/pull';
import { disconnectLimiters } from '../../../../lib/transport';
import { invoiceObject } from '../../../sandbox/stripe/objects';
import { DAY, everything, Kept, lastCursor, MINUTE, openShop, pages, pullWithStops, records, type Shop } from './shop';
import type { Cursor } from '../../../../lib/systems/definition';

let shop: Shop;
let kept: Kept;
let cursor: Cursor;

beforeEach(async () => {
	shop = await openShop();
	kept = new Kept();
	for (let index = 0; index < 10; index++) shop.add(`cus_${index}`);
	shop.pass(DAY);
	const first = await pages(shop.pull('customer'));
	kept.put(records(first));
	cursor = lastCursor(first);
	shop.pass(10 * MINUTE);
	shop.server.resetCalls();
});
afterEach(() => shop.server.close());
afterAll(disconnectLimiters);

test('nothing new costs one call and brings nothing', async () => {
	const read = await pages(shop.pull('customer', { cursor }));
	expect(records(read)).toEqual([]);
	expect(shop.server.calls()).toEqual({ 'list events': 1 });
});

test('changes come with the object as it was after them, at the time of the change', async () => {
	shop.change('cus_3', { name: 'Anna Changed' });
	const at = new Date(shop.now()).toISOString();
	shop.pass(MINUTE);
	const read = await pages(shop.pull('customer', { cursor }));
	expect(records(read)).toMatchObject([{ sourceId: 'cus_3', updatedAt: at, raw: { name: 'Anna Changed' } }]);
	expect(shop.server.calls()).toEqual({ 'list events': 1 });
});

test('several changes of one customer give one record, the last', async () => {
	for (const name of ['A', 'B', 'C']) {
		shop.change('cus_3', { name });
		shop.pass(1000);
	}
	expect(records(await pages(shop.pull('customer', { cursor })))).toMatchObject([{ sourceId: 'cus_3', raw: { name: 'C' } }]);
});

test('several changes in one second, whose order is not told, are settled by asking for the customer', async () => {
	for (const name of ['A', 'B', 'C', 'D', 'E']) shop.change('cus_3', { name });
	shop.pass(MINUTE);
	kept.put(records(await pages(shop.pull('customer', { cursor, pageSize: 2 }))));
	expect(kept.live()).toEqual(everything(shop));
	expect(shop.server.calls()['get customer']).toBe(1);
});

test('changes that become known only after others of their second still win', async () => {
	const changeAll = (name: string): void => {
		for (const id of Object.keys(everything(shop))) shop.change(id, { name });
	};
	changeAll('A');
	const first = await pages(shop.pull('customer', { cursor, overlapMs: 0 }));
	kept.put(records(first));
	changeAll('B');
	shop.pass(2000);
	kept.put(records(await pages(shop.pull('customer', { cursor: lastCursor(first), overlapMs: 0 }))));
	expect(kept.live()).toEqual(everything(shop));
});

test('an event that becomes visible late is found within the overlap', async () => {
	const first = await pages(shop.pull('customer', { cursor }));
	const late = { ...shop.state.customers.get('cus_5'), name: 'Late' } as ReturnType<Shop['add']>;
	shop.pass(MINUTE);
	shop.state.save('customer', late, 'customer.updated', shop.state.now() - 120);
	const next = await pages(shop.pull('customer', { cursor: lastCursor(first) }));
	expect(records(next)).toMatchObject([{ sourceId: 'cus_5', raw: { name: 'Late' } }]);
});

describe('more changes than fit on a page', () => {
	function changeAll(rounds: number, secondsBetween: number): void {
		for (let round = 0; round < rounds; round++) {
			for (let index = 0; index < 10; index++) {
				shop.change(`cus_${index}`, { name: `Round ${round}` });
				shop.pass(secondsBetween * 1000);
			}
		}
	}

	test('come oldest first, in bounded pages', async () => {
		changeAll(3, 1);
		const read = await pages(shop.pull('customer', { cursor, pageSize: 4 }));
		const times = records(read).map((record) => record.updatedAt);
		expect(times).toEqual([...times].sort());
		expect(Math.max(...read.map((page) => page.records.length))).toBeLessThanOrEqual(8);
		kept.put(records(read));
		expect(kept.live()).toEqual(everything(shop));
	});

	test.each([
		['each in a second of its own', 1],
		['all in one second, more than several pages hold', 0],
	])('%s: stopping after every page loses nothing', async (_name, secondsBetween) => {
		changeAll(2, secondsBetween);
		shop.pass(MINUTE);
		kept.put(records(await pullWithStops(shop, 'customer', { cursor, pageSize: 3 })));
		expect(kept.live()).toEqual(everything(shop));
	});

	test('also when no older event exists to start from', async () => {
		shop.pass(29 * DAY);
		const before = await pages(shop.pull('customer', { cursor }));
		shop.pass(2 * DAY);
		changeAll(2, 1);
		shop.state.deleteCustomer('cus_7');
		const read = await pullWithStops(shop, 'customer', { cursor: lastCursor(before), pageSize: 3 });
		kept.put(records(read));
		expect(kept.live()).toEqual(everything(shop));
		expect(shop.server.calls()['list customers']).toBeUndefined();
	});

	test('the event to go on from has expired meanwhile: the pull begins at its second again', async () => {
		changeAll(1, 1);
		const first = await shop.pull('customer', { cursor, pageSize: 3 }).next();
		kept.put(first.value?.records ?? []);
		const place = { ...first.value?.cursor, after: 'evt_forgotten' } as Cursor;
		kept.put(records(await pages(shop.pull('customer', { cursor: place, pageSize: 3 }))));
		expect(kept.live()).toEqual(everything(shop));
	});
});

test('a deleted customer is told as deleted, without what it held', async () => {
	shop.change('cus_2', { name: 'Personal Name' });
	shop.state.deleteCustomer('cus_2');
	shop.pass(MINUTE);
	const [record] = records(await pages(shop.pull('customer', { cursor })));
	expect(record).toMatchObject({ sourceId: 'cus_2', deleted: true, raw: { id: 'cus_2', object: 'customer', deleted: true } });
	expect(JSON.stringify(record)).not.toContain('Personal Name');
});

test('an invoice that is made, finalized and paid in one second arrives as paid', async () => {
	const first = await pages(shop.pull('invoice'));
	const made = shop.state.now();
	const invoice = invoiceObject('in_1', 'cus_1', made, 1900, 'eur', { status: 'draft' });
	shop.state.save('invoice', invoice, 'invoice.created');
	shop.state.save('invoice', { ...invoice, status: 'open' }, 'invoice.finalized');
	shop.state.save('invoice', invoiceObject('in_1', 'cus_1', made, 1900, 'eur', { status: 'paid' }), 'invoice.paid');
	shop.pass(MINUTE);
	expect(records(await pages(shop.pull('invoice', { cursor: lastCursor(first) })))).toMatchObject([{ sourceId: 'in_1', raw: { status: 'paid' } }]);
});

test('events of one second that agree need no further call', async () => {
	const first = await pages(shop.pull('invoice'));
	const paid = invoiceObject('in_1', 'cus_1', shop.state.now(), 1900, 'eur', { status: 'paid' });
	shop.state.save('invoice', paid, 'invoice.paid');
	shop.state.save('invoice', paid, 'invoice.updated');
	shop.pass(MINUTE);
	await pages(shop.pull('invoice', { cursor: lastCursor(first) }));
	expect(shop.server.calls()['get invoice']).toBeUndefined();
});

test('a draft invoice that was deleted is told as deleted', async () => {
	const first = await pages(shop.pull('invoice'));
	shop.state.save('invoice', invoiceObject('in_1', 'cus_1', shop.state.now(), 1900, 'eur', { status: 'draft' }), 'invoice.created');
	shop.pass(1000);
	shop.state.deleteInvoice('in_1');
	shop.pass(MINUTE);
	expect(records(await pages(shop.pull('invoice', { cursor: lastCursor(first) })))).toMatchObject([{ sourceId: 'in_1', deleted: true }]);
});

test('deleting a customer ends its subscriptions, which stay as canceled', async () => {
	const subscription = { id: 'sub_1', object: 'subscription', created: shop.state.now(), customer: 'cus_1', status: 'active', items: { data: [] } };
	shop.state.save('subscription', subscription, 'customer.subscription.created');
	const first = await pages(shop.pull('subscription'));
	shop.pass(MINUTE);
	shop.state.deleteCustomer('cus_1');
	const [record] = records(await pages(shop.pull('subscription', { cursor: lastCursor(first), overlapMs: 0 })));
	expect(record).toMatchObject({ sourceId: 'sub_1', raw: { status: 'canceled' } });
	expect(record?.deleted).toBeUndefined();
});

describe('a cursor older than the events reach', () => {
	test('reads everything again, says so in its cursor, and wins against what was stored', async () => {
		shop.change('cus_1', { name: 'Changed in the gap' });
		shop.pass(31 * DAY);
		const read = await pages(shop.pull('customer', { cursor, pageSize: 4 }));
		kept.put(records(read));
		expect(read[0]?.cursor.note).toBe(TOO_OLD_NOTE);
		expect(lastCursor(read).note).toBeUndefined();
		expect(kept.live()).toEqual(everything(shop));
	});

	test('a quiet account does not get there: an empty pull moves the cursor too', async () => {
		for (let week = 0; week < 6; week++) {
			shop.pass(7 * DAY);
			cursor = lastCursor(await pages(shop.pull('customer', { cursor })));
		}
		expect(shop.server.calls()).toEqual({ 'list events': 6 });
	});
});
