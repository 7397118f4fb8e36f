import { temporaryStore } from './temporary-store';
import { keep, pollSource } from './vendors';
import { startHubSpot } from '../sandbox/hubspot/server';
import type { Fault } from '../sandbox/vendor-server';

/** Reads 350 contacts straight into the store; from the third of four pages on HubSpot answers with the fault. */
async function cutShort(fault: Omit<Fault, 'behind'>, objects = ['contact']) {
	const [hubspot, store] = [keep(await startHubSpot()), temporaryStore()];
	for (let index = 0; index < 350; index += 1) hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` });
	hubspot.server.fail({ ...fault, route: 'list contacts', behind: 2 });
	const parameters = { objects };
	return { run: await pollSource('hubspot', hubspot, store, { parameters }), again: () => pollSource('hubspot', hubspot, store, { parameters }) };
}

const KEPT = '200 records that this run read before are in the identity store, and the next run goes on from there';

test('a key that is revoked in the middle: the error says how much is stored, and that the next run goes on', async () => {
	const { run } = await cutShort({ kind: 'status', status: 401, times: 1 });
	expect(run.error?.message).toMatch(/^HubSpot \(list contacts\): answered 401/);
	expect(run.error?.message.endsWith(`. ${KEPT}`)).toBe(true);
	expect(run.error).toMatchObject({ name: 'NodeApiError', httpCode: '401' });
	expect(run.emitted).toEqual([]);
});

test('the same where an object is refused in the middle and the next one is read', async () => {
	const { run } = await cutShort({ kind: 'status', status: 403, times: 1 }, ['contact', 'company']);
	expect(run.error?.message).toMatch(new RegExp(`answered 403.*${KEPT}$`));
});

test('a vendor that is down in the middle: the summary says what is stored, why it is not all, and that the next run goes on', async () => {
	const { run, again } = await cutShort({ kind: 'status', status: 500, times: 5 });
	expect(run.error).toBeUndefined();
	const [[, summaries] = []] = run.emitted;
	expect(summaries?.map(({ json }) => json)).toEqual([
		expect.objectContaining({ object: 'contact', read: 200, profilesBuilt: 200, complete: false, failure: expect.stringMatching(new RegExp(`^HubSpot \\(list contacts\\): answered 500.*\\. ${KEPT}$`)) }),
	]);
	const next = await again();
	expect(next.emitted).toMatchObject([[[], [{ json: { read: 150, complete: true } }]]]);
	expect(next.emitted[0]?.[1]?.[0]?.json).not.toHaveProperty('failure');
});

test('one that fails before anything was stored says what it always said', async () => {
	const hubspot = keep(await startHubSpot());
	hubspot.server.fail({ kind: 'status', status: 401, times: 1 });
	const { error } = await pollSource('hubspot', hubspot, temporaryStore(), { parameters: { objects: ['contact'] } });
	expect(error?.message).not.toMatch(/identity store/);
});
