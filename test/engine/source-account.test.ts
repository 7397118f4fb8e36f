import { temporaryStore } from './temporary-store';
import { keep, pollSource } from './vendors';
import { startHubSpot } from '../sandbox/hubspot/server';
import { startZendesk } from '../sandbox/zendesk/server';

const STORE = { parameters: { delivery: 'store' } };
const idsOf = ({ emitted }: Awaited<ReturnType<typeof pollSource>>) => emitted.flatMap(([records]) => (records ?? []).map(({ json }) => json.sourceId));

async function portal(portalId: number, contacts: number) {
	const hubspot = keep(await startHubSpot({ settings: { portalId } }));
	const ids = Array.from({ length: contacts }, (_, index) => hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` }).id);
	return { ...hubspot, credentials: { ...hubspot.credentials, portalId: String(portalId) }, ids };
}

test('the token of another account under the Hub ID of the old one reads nothing and moves nothing, and the error says both', async () => {
	const [old, other, store] = [await portal(1001, 3), await portal(1002, 5), temporaryStore()];
	await pollSource('hubspot', old, store, STORE);
	const wrong = await pollSource('hubspot', { ...other, credentials: { ...other.credentials, portalId: '1001' } }, store, STORE);
	expect(wrong.error).toMatchObject({
		name: 'NodeApiError',
		message: expect.stringMatching(/Hub ID 1002, but the credential says Hub ID 1001.*set "Hub ID" to 1002, or "Access Token" to a token of account 1001/),
	});
	expect(wrong.emitted).toEqual([]);
	expect(other.server.calls()).toEqual({ 'read account details': 1 });
	const changed = old.state.change('contacts', old.ids[0] as string, { firstname: 'Ann' }).id;
	expect(idsOf(await pollSource('hubspot', old, store, { parameters: { delivery: 'items' } }))).toEqual([changed]);
});

test('a run asks once for its account, however many objects and pages it reads', async () => {
	const [hubspot, store] = [await portal(1001, 250), temporaryStore()];
	await pollSource('hubspot', hubspot, store, STORE);
	expect(hubspot.server.calls()).toMatchObject({ 'read account details': 1, 'list contacts': 3, 'list companies': 1 });
});

test('an account that cannot be asked for the moment is no error: the next poll tries again', async () => {
	const [hubspot, store] = [await portal(1001, 3), temporaryStore()];
	hubspot.server.fail({ kind: 'status', status: 503, headers: { 'retry-after': '90' }, route: 'read account details', times: 1 });
	const down = await pollSource('hubspot', hubspot, store, STORE);
	expect([down.error, down.emitted]).toEqual([undefined, []]);
	expect(hubspot.server.calls()).toEqual({ 'read account details': 1 });
	expect((await pollSource('hubspot', hubspot, store, STORE)).emitted).toMatchObject([[[], [{ json: { read: 3 } }]]]);
});

test('Zendesk behind a base URL of another account is refused, too', async () => {
	const zendesk = keep(await startZendesk());
	const { error } = await pollSource('zendesk', { ...zendesk, credentials: { ...zendesk.credentials, subdomain: 'acme' } }, temporaryStore(), STORE);
	expect(error?.message).toMatch(/leads to the account "demo", but the credential says subdomain "acme"/);
	expect(Object.keys(zendesk.server.calls())).toEqual(['show own user']);
});
