import { setTimeout as wait } from 'node:timers/promises';
import { publish, type PublishedTrigger } from './activation';
import { temporaryStore } from './temporary-store';
import { keep } from './vendors';
import { HubSpotSourceTrigger } from '../../nodes/HubSpotSourceTrigger/HubSpotSourceTrigger.node';
import { startHubSpot } from '../sandbox/hubspot/server';

const PAGES = 60;

async function slowHubSpot() {
	const hubspot = keep(await startHubSpot());
	for (let index = 0; index < PAGES * 100; index += 1) hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` });
	hubspot.server.slowDown(500);
	return { ...hubspot, pages: () => hubspot.server.calls()['list contacts'] ?? 0 };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	for (const end = Date.now() + 15_000; !(await isSo()); await wait(50)) if (Date.now() > end) throw new Error(`After 15 s it was still not so: ${String(isSo)}`);
}

describe('a source trigger that is unpublished while it reads', () => {
	const given = async (delivery: string) => {
		const [hubspot, store] = [await slowHubSpot(), temporaryStore()];
		const start = (objects: string[]): PublishedTrigger =>
			publish(HubSpotSourceTrigger, { parameters: { objects, delivery }, credentials: { ...store.credentials, customer360HubSpotApi: hubspot.credentials } });
		return { hubspot, store, start };
	};

	test('ends after the page under way, keeps what was stored, hands n8n nothing and leaves the next object alone', async () => {
		const { hubspot, store, start } = await given('backfill');
		const { published, emitted, unpublish } = start(['contact', 'company']);
		await until(() => hubspot.pages() >= 3);
		await unpublish();
		await published;
		expect(hubspot.pages()).toBeLessThan(PAGES);
		expect(hubspot.server.calls()).toEqual({ 'list contacts': hubspot.pages() });
		const kept = await (await store.open()).read(async (tx) => ({ records: await tx.records.counts(), profiles: await tx.profiles.counts() }));
		expect(kept).toMatchObject({ records: [{ records: hubspot.pages() * 100 }], profiles: { waiting: 0 } });
		expect(emitted).toEqual([]);
	}, 60_000);

	test('ends as well where records come as items; those that were not handed out come with the next run', async () => {
		const { hubspot, start } = await given('items');
		const { published, emitted, unpublish } = start(['contact']);
		await until(() => emitted.length === 1);
		await unpublish();
		const handedOut = emitted.length;
		await published;
		expect(hubspot.pages()).toBeLessThan(PAGES);
		hubspot.server.slowDown(0);
		const again = start(['contact']);
		await again.published;
		await again.unpublish();
		expect(handedOut).toBeGreaterThan(0);
		const ids = [...emitted, ...again.emitted].flatMap(([records]) => (records ?? []).map(({ json }) => String(json.sourceId)));
		expect(ids).toHaveLength(PAGES * 100);
		expect(new Set(ids).size).toBe(PAGES * 100);
	}, 60_000);

	test('published anew at once, the new one waits for the one that still reads, and goes on where it ends', async () => {
		const { hubspot, store, start } = await given('store');
		const first = start(['contact']);
		await until(() => hubspot.pages() >= 3);
		await first.unpublish();
		const second = start(['contact']);
		await first.published;
		expect(hubspot.pages()).toBeLessThan(PAGES);
		hubspot.server.slowDown(0);
		await second.published;
		await second.unpublish();
		expect(hubspot.pages()).toBe(PAGES);
		expect(first.emitted).toEqual([]);
		expect(second.emitted).toEqual([[[], [{ json: expect.objectContaining({ complete: true }) }]]]);
		expect(second.emitted[0]?.[1]?.[0]?.json.read).toBeLessThan((PAGES - 3) * 100);
		expect(await (await store.open()).read((tx) => tx.records.counts())).toMatchObject([{ records: PAGES * 100 }]);
	}, 60_000);
});

test('after a restart the first poll waits until the lease of the process that was ended runs out, and does not leave it to the next poll', async () => {
	const [hubspot, store] = [await slowHubSpot(), temporaryStore()];
	hubspot.server.slowDown(0);
	const account = { ...hubspot.credentials, portalId: '4242424' };
	// Of another container: its process cannot be asked whether it lives.
	const lease = { host: 'before-the-restart', pid: 7, run: 'ended', until: Date.now() + 3000 };
	const opened = await store.open();
	await opened.write((tx) => tx.cursors.set('lease:source:hubspot:contact@4242424#published:Tested', lease, new Date().toISOString()));
	const { published, emitted, unpublish } = publish(HubSpotSourceTrigger, {
		parameters: { objects: ['contact'], delivery: 'store' },
		credentials: { ...store.credentials, customer360HubSpotApi: account },
	});
	await published;
	await unpublish();
	expect(Date.now()).toBeGreaterThan(lease.until);
	expect(emitted).toEqual([[[], [{ json: expect.objectContaining({ read: PAGES * 100, complete: true }) }]]]);
}, 60_000);
