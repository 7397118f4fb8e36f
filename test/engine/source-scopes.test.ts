import { temporaryStore } from './temporary-store';
import { keep, pollSource } from './vendors';
import { startHubSpot } from '../sandbox/hubspot/server';

type Poll = Awaited<ReturnType<typeof pollSource>>;

const idsOf = ({ emitted }: Poll) => emitted.flatMap(([records]) => (records ?? []).map(({ json }) => String(json.sourceId))).sort();
const readOf = ({ emitted }: Poll) => emitted.flatMap(([, summaries]) => (summaries ?? []).map(({ json }) => json.read));

async function hubspotWith(contacts: number, portalId = 4_242_424) {
	const hubspot = keep(await startHubSpot({ settings: { portalId } }));
	const ids = Array.from({ length: contacts }, (_, index) => hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` }).id);
	return { ...hubspot, ids: ids.sort() };
}

const ITEMS = { parameters: { objects: ['contact'], delivery: 'items' } };
const STORE = { parameters: { objects: ['contact'], delivery: 'store' } };

test('a credential that is changed to another account is read from its beginning, and back again from where that one stopped', async () => {
	const [one, other, store] = [await hubspotWith(3, 1001), await hubspotWith(5, 1002), temporaryStore()];
	const first = { ...one, credentials: { ...one.credentials, portalId: '1001' } };
	const second = { ...other, credentials: { ...other.credentials, portalId: '1002' } };
	expect(idsOf(await pollSource('hubspot', first, store, ITEMS))).toEqual(one.ids);
	expect(idsOf(await pollSource('hubspot', second, store, ITEMS))).toEqual(other.ids);
	const changed = one.state.change('contacts', one.ids[1] as string, { firstname: 'Ann' }).id;
	expect(idsOf(await pollSource('hubspot', first, store, ITEMS))).toEqual([changed]);
});

test.each([
	['a node that is copied within its workflow', { nodeId: 'copy' }],
	['a workflow that is duplicated, or imported as a new one', { workflowId: 'duplicate' }],
])('%s reads everything for itself, and takes nothing from the first', async (_, place) => {
	const [hubspot, store] = [await hubspotWith(3), temporaryStore()];
	expect(readOf(await pollSource('hubspot', hubspot, store, STORE))).toEqual([3]);
	expect(readOf(await pollSource('hubspot', hubspot, store, { ...STORE, ...place }))).toEqual([3]);
	hubspot.state.change('contacts', hubspot.ids[1] as string, { firstname: 'Ann' });
	const polls = [await pollSource('hubspot', hubspot, store, STORE), await pollSource('hubspot', hubspot, store, { ...STORE, ...place })];
	expect(polls.map((poll) => Number(readOf(poll)[0]) > 0)).toEqual([true, true]);
	expect(await (await store.open()).read((tx) => tx.records.counts())).toMatchObject([{ records: 3 }]);
});

test('of two workflows that read one source into one store, one gets as items what the other has not stored', async () => {
	const [hubspot, store] = [await hubspotWith(3), temporaryStore()];
	await pollSource('hubspot', hubspot, store, STORE);
	expect(idsOf(await pollSource('hubspot', hubspot, store, { ...ITEMS, workflowId: 'other' }))).toEqual([]);
});

test('a test run in the editor while the published workflow reads shows its sample, and moves nothing', async () => {
	const [hubspot, store] = [await hubspotWith(8), temporaryStore()];
	const during: Poll[] = [];
	const published = await pollSource('hubspot', hubspot, store, {
		...ITEMS,
		execute: async () => {
			during.push(await pollSource('hubspot', hubspot, store, { ...ITEMS, mode: 'manual' }));
			return 'success' as const;
		},
	});
	expect(idsOf(published)).toEqual(hubspot.ids);
	expect(during[0]?.returned?.[0]).toHaveLength(5);
	expect((await pollSource('hubspot', hubspot, store, ITEMS)).emitted).toEqual([]);
});

test('an execution that its workflow\'s timeout or a person ends has not worked through its records: they come again', async () => {
	const [hubspot, store] = [await hubspotWith(3), temporaryStore()];
	expect(idsOf(await pollSource('hubspot', hubspot, store, { ...ITEMS, execute: () => 'canceled' }))).toEqual(hubspot.ids);
	expect(idsOf(await pollSource('hubspot', hubspot, store, ITEMS))).toEqual(hubspot.ids);
});
