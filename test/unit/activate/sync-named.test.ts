import type { SyncResult } from '../../../lib';
import { crowd, readAgain } from './crowd';
import { JOBS } from './fields';
import { profileOf, sync, tidyUp } from '../walk';

afterEach(tidyUp);

/** More contacts than go into one call, all with another job than was written; `between` happens when the first call was answered. */
async function changedWhileSending(between: (given: Awaited<ReturnType<typeof crowd>>, last: string) => Promise<void>) {
	const given = await crowd(101);
	const { store, hubspot, contacts } = given;
	await sync(store, hubspot, 'contact', JOBS);
	for (const id of contacts) hubspot.state.change('contacts', id, { jobtitle: 'Baker' });
	await readAgain(given);
	const canonicalIds: string[] = [];
	for (const sourceId of contacts) canonicalIds.push((await profileOf(store, { system: 'hubspot', object: 'contact', sourceId })).canonicalId);
	const last = contacts.at(-1) as string;
	let calls = 0;
	const onResults = async () => {
		calls += 1;
		if (calls === 1) await between(given, last);
	};
	const run = await sync(store, hubspot, 'contact', { ...JOBS, what: { canonicalIds }, onResults });
	return { run, canonicalIds, of: (canonicalId: string | undefined): SyncResult[] => run.results.filter((result) => result.canonicalId === canonicalId) };
}

test('of profiles that are named each comes out, also one whose contact was deleted before it was sent', async () => {
	const { run, canonicalIds, of } = await changedWhileSending(async (given, last) => {
		given.hubspot.state.archive('contacts', last);
		await readAgain(given);
	});
	expect(run.synced).toBe(100);
	expect(of(canonicalIds.at(-1))).toEqual([expect.objectContaining({ status: 'skipped', reason: expect.stringMatching(/no record/) as string })]);
});

test('one that got a contact in another way before it was added is written to that contact in the same run', async () => {
	const given = await crowd(2, 2);
	const { store, hubspot } = given;
	const [person] = [await profileOf(store, { system: 'stripe', object: 'customer', sourceId: 'cus_1' })];
	const [contact] = [await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: given.contacts[0] as string })];
	let calls = 0;
	const onResults = async () => {
		calls += 1;
		if (calls > 1) return;
		hubspot.state.add('contacts', { email: 'person1@brindlewood-1.com', firstname: 'Given1', lastname: 'Family1' });
		await readAgain(given);
	};
	const canonicalIds = [contact.canonicalId, person.canonicalId];
	const run = await sync(store, hubspot, 'contact', { ...JOBS, createMissing: true, what: { canonicalIds }, onResults });
	expect(run.results.map(({ canonicalId, status }) => [canonicalId, status])).toEqual(canonicalIds.map((id) => [id, 'synced']));
	const holders = [...hubspot.state.records.contacts.values()].map(({ properties }) => properties.c360_id);
	expect(holders).toEqual(canonicalIds);
});
