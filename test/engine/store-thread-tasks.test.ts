import './user-folder';
import { DatabaseSync } from 'node:sqlite';
import { type HostedStore, LeaseLostError, openHostedStore, openStore, StoreError, TransientError } from '../../lib';
import { packError, unpackError } from '../../lib/host/sent-error';
import { buyers, lastCursor, matchAll, newFile, SYSTEMS, threadedStores } from './threads';

const openThread = threadedStores();

describe('every kind of work', () => {
	const member = (id: string, email: string) => ({
		system: 'mailchimp', object: 'member', sourceId: `list/${id}`, version: '1', updatedAt: '2026-03-01T10:00:00.000Z',
		raw: { id, contact_id: id, email_address: email, status: 'subscribed', last_changed: '2026-03-01T10:00:00+00:00', merge_fields: { FNAME: 'Ann', LNAME: 'Hill' }, list_id: 'list' },
	});
	const context = { actor: 'Kim', reason: 'they phoned', systems: SYSTEMS, now: Date.now() };

	test('goes to the thread and comes back whole', async () => {
		const store = await openThread();
		const cursor = { scope: 'test', value: { page: 1 } };
		const items = [member('1', 'ann@larkmill.com'), member('2', 'hill@larkmill.com'), member('3', 'not an address')];
		expect(await store.run('ingest', { system: 'mailchimp', object: 'member', items, systems: SYSTEMS, cursor, now: Date.now() })).toMatchObject({ read: 3, rejected: 1 });
		expect(await lastCursor(store)).toEqual({ page: 1 });
		await store.run('build', { systems: SYSTEMS, each: false });
		const [one, other] = await store.run('search', { text: 'ann hill', limit: 5 });
		const subject = { profiles: [one?.canonicalId ?? '', other?.canonicalId ?? ''] as const };

		const same = { change: { change: 'answer', subject, verdict: 'same' }, context } as const;
		expect((await store.run('previewDecision', same)).moves).toHaveLength(1);
		expect((await store.run('decide', same)).profiles).toMatchObject([{ records: [{}, {}] }]);
		const { explanation } = await store.run('explain', { first: 'mailchimp:member:list/1', second: 'mailchimp:member:list/2', systems: SYSTEMS, now: Date.now() });
		expect(explanation.sentence).toMatch(/Kim/);
		const undone = await store.run('decide', { change: { change: 'undo', subject: { profile: subject.profiles[0] } }, context });
		expect([undone.profiles.length, undone.undone?.decision.actor]).toEqual([2, 'Kim']);
		expect(await store.run('questions', { limit: 5, offset: 0 })).toMatchObject({ open: expect.any(Number) });

		const trained = await store.run('train', { seed: 1, systems: SYSTEMS, now: Date.now() });
		expect(trained).toMatchObject({ tooFew: ['person', 'company'], isNew: false });
		const steps: string[] = [];
		const model = { ...trained.model, blockedValues: [{ kind: 'email', value: 'ann@larkmill.com' }] };
		const progress = ({ step }: { step: string }) => void steps.push(step);
		expect(await store.run('previewModel', { model, largest: 3 }, { progress })).toMatchObject({ records: 2 });
		expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual(['reading', 'comparing', 'clustering']);
		expect(await store.run('applyModel', { former: trained.former, model, actor: 'Kim', systems: SYSTEMS, now: Date.now() }, { progress })).toMatchObject({ version: 2 });
		expect(steps.filter((step, index) => step !== steps[index - 1]).slice(3)).toEqual(['reading', 'keys', 'comparing', 'clustering', 'building']);
		expect(await store.run('putModel', { document: { ...model, name: 'ours' }, actor: 'Kim', systems: SYSTEMS, now: Date.now() })).toMatchObject({ version: 3 });
		await expect(store.run('putModel', { document: {}, actor: 'Kim', systems: SYSTEMS, now: Date.now() })).rejects.toThrow('The identity model is not valid');
	});
});

describe('what a task says', () => {
	test('ends a task with the error that whoever takes its results throws', async () => {
		const store = await openThread();
		const lost = new LeaseLostError();
		const work = store.run('match', { items: buyers(5), systems: SYSTEMS, now: Date.now() }, { part: () => Promise.reject(lost) });
		await expect(work).rejects.toBeInstanceOf(LeaseLostError);
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 5 }]);
	});

	test.each<[string, () => Promise<HostedStore>]>([
		['in its thread', openThread],
		['in the calling thread', async () => openHostedStore({ file: newFile() })],
	])('a listener that throws ends neither the process nor the work: the task, %s, fails with its error in the end', async (_where, open) => {
		const store = await open();
		await matchAll(store, buyers(1500));
		const failure = new Error('the listener broke');
		let heard = 0;
		const progress = () => {
			heard += 1;
			throw failure;
		};
		await expect(store.run('build', { systems: SYSTEMS, each: false }, { progress })).rejects.toBe(failure);
		expect(heard).toBe(1);
		expect(await store.run('build', { systems: SYSTEMS, each: false })).toEqual({ built: 0, changed: 0 });
		expect(await store.read(async (tx) => (await tx.profiles.changedSince('person', 0, 5000)).length)).toBe(1000);
		await store.close();
	});

	test('brings errors over with class, code and words', async () => {
		const newer = newFile();
		await (await openStore({ file: newer })).close();
		const database = new DatabaseSync(newer);
		database.exec('PRAGMA user_version = 9999');
		database.close();
		await expect(openThread(newer)).rejects.toMatchObject({ name: 'StoreError', code: 'newer_version', message: expect.stringContaining('has version 9999') });
		const store = await openThread();
		await expect(store.run('explain', { first: 'per_x', second: 'per_y', systems: SYSTEMS, now: 0 })).rejects.toThrow('There is no profile per_x.');
		await matchAll(store, buyers(3));
		const behind = new DatabaseSync(store.location);
		behind.exec("UPDATE record_contents SET content = '{' WHERE no = 1");
		behind.close();
		const message = expect.stringContaining("the content of record shop:buyer:0 can't be read");
		const fault = await store.run('build', { systems: SYSTEMS, each: false }).catch((error: unknown) => error);
		expect(fault).toBeInstanceOf(StoreError);
		expect(fault).toMatchObject({ code: 'damaged', message });
		await expect(store.write((tx) => tx.records.byNo([1]))).rejects.toMatchObject({ code: 'damaged', message });
		const transient = unpackError(structuredClone(packError(new TransientError('no answer', { system: { id: 'hubspot', label: 'HubSpot' }, operation: 'read', status: 503 }))));
		expect(transient).toMatchObject({ message: expect.stringMatching(/^HubSpot \(read\): no answer/), context: { status: 503 } });
		expect(transient).toBeInstanceOf(TransientError);
		expect(unpackError(structuredClone(packError('only text')))).toMatchObject({ message: 'only text' });
		const caused = unpackError(structuredClone(packError(new StoreError('locked', 'busy', { cause: new RangeError('deep') }))));
		expect([caused instanceof StoreError, (caused.cause as Error).message]).toEqual([true, 'deep']);
	});
});
