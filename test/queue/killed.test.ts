import axios from 'axios';
import { checkStore, refKey, SYSTEM_IDS } from '../../lib';
import { vendorRecords } from '../n8n/vendor-records';
import { makeSmallWorld } from '../sandbox/world';
import { heard, LISTENER, listener, wholeFeed } from './change-feed';
import { HeldTable } from './held-table';
import { LEAD_FORM, leadForm, sendLead } from './lead-form';
import { Machines } from './machines';
import { enter, type Newcomers } from './newcomers';
import { LONG, tellingOf } from './telling';

const CHURN = 'c360Churn00000001';
const ALL = [CHURN, LISTENER];

/** By these a sync asks whether its key is accepted, and some of them a poll too; what counts here is what polls read. */
const CHECKS = new Set(['show own user', 'read account details', 'list customers', 'ping']);

function withoutChecks(calls: Readonly<Record<string, number>>): Record<string, number> {
	return Object.fromEntries(Object.entries(calls).filter(([route]) => !CHECKS.has(route)));
}

/** One n8n for all, because starting it takes long; each test leaves it whole again. */
describe('what is killed in queue mode while records are matched', () => {
	let machines: Machines;
	/** Records of the small world by which nobody can be recognised. */
	let unusable: string[];

	const hubspot = () => machines.systems.sandboxes.hubspot.state;
	const calls = () => Object.fromEntries(SYSTEM_IDS.map((system) => [system, withoutChecks(machines.systems.sandboxes[system]?.server.calls() ?? {})]));
	const resetCalls = () => Object.values(machines.systems.sandboxes).forEach(({ server }) => server.resetCalls());
	const until = (what: string, isSo: () => Promise<boolean>) => machines.until(what, isSo, 180_000);
	const refsOf = (people: Newcomers) => people.flat().map((sourceId) => ({ system: 'hubspot', object: 'contact', sourceId }));
	const storedOf = async (people: Newcomers) => (await machines.store.read((tx) => tx.records.byRef(refsOf(people)))).size;

	const listedRecords = async () => {
		const profiles = await machines.store.read((tx) => tx.profiles.scan(0, 10_000));
		return profiles.flatMap(({ golden }) => golden?.records ?? []).map((ref) => refKey(ref));
	};
	const inNoProfile = async () => {
		const listed = new Set(await listedRecords());
		return [...vendorRecords(machines.systems.sandboxes).keys()].filter((ref) => !listed.has(ref));
	};

	const telling = tellingOf(() => machines, ALL);

	/** Begins something with a table that nobody can write to; `then` runs when a step of Match or Merge stands still before it, in its transaction. */
	const whileInside = async (table: string, begin: () => unknown, then: (held: HeldTable) => Promise<void>) => {
		const held = await HeldTable.hold(machines.storeUrl, `customer360.${table}`);
		try {
			begin();
			await until(`a step stands before ${table}`, async () => (await held.writers()).inside === 1);
			await then(held);
		} finally {
			await held.release();
		}
	};

	/** Lets everything poll until a poll brings nothing: what a test begins with is not the echo of what was written into the systems by the one before. */
	const noEcho = async () => {
		for (let polls = 0; polls < 5; polls += 1) {
			const before = await machines.session.executions();
			await machines.round(ALL);
			if ((await machines.executionsSince(before)).length === 0) return;
		}
		throw new Error('Every poll brings something, though nobody changes anything.');
	};

	/** Lets everything poll once more; then each record is in one profile, each newcomer is one person in HubSpot, and the change feed was heard number by number. */
	const expectWhole = async (people: Newcomers) => {
		await machines.round(ALL);
		expect(await checkStore(machines.store, Date.now())).toMatchObject({ problems: [], waiting: 0 });
		const listed = await listedRecords();
		expect(new Set(listed).size).toBe(listed.length);
		expect(await inNoProfile()).toEqual(unusable);
		const ids = people.map((contacts) => [...new Set(contacts.map((id) => hubspot().records.contacts.get(id)?.properties.c360_id))]);
		expect(ids).toEqual(people.map((): unknown[] => [expect.stringMatching(/^per_/)]));
		expect(new Set(ids.flat()).size).toBe(people.length);
		const feed = await wholeFeed(machines);
		const created = feed.filter(({ type }) => type === 'profile.created').map(({ canonicalId }) => canonicalId);
		expect(new Set(created).size).toBe(created.length);
		const numbers = Array.from(feed, (_, index) => index + 1);
		expect(feed.map(({ seq }) => seq)).toEqual(numbers);
		expect(await heard(machines)).toEqual(numbers);
	};

	beforeAll(async () => {
		machines = await Machines.create(makeSmallWorld(Date.now()));
		for (const workflow of [listener(), leadForm()]) machines.addWorkflow(workflow);
		await machines.openStore();
		for (const id of [...ALL, LEAD_FORM]) await machines.publish(id);
		await machines.round(ALL);
		unusable = await inNoProfile();
	}, LONG);

	beforeEach(noEcho, LONG);

	afterAll(async () => {
		await (machines as Machines | undefined)?.remove();
	}, 90_000);

	test('main, while a worker is inside Match: the worker ends its work; main, started again, polls each source once and hands out nothing twice', telling(async () => {
		resetCalls();
		await machines.pollNow([CHURN]);
		await machines.rest(ALL);
		const onePoll = calls();
		const before = await machines.session.executions();
		const people = enter(hubspot(), 'main', 20);
		let polled: Promise<void> | undefined;
		let started: Promise<void> | undefined;
		await whileInside('evidence', () => (polled = machines.pollNow([CHURN])), async (held) => {
			// A poll that takes long goes on in the background; until then n8n is still publishing the workflow.
			await polled;
			await machines.main?.kill();
			resetCalls();
			const { queued } = await held.writers();
			started = machines.startMain();
			// It polls already, and its sources wait for their turn.
			await until('another source waits for its turn', async () => (await held.writers()).queued > queued);
		});
		await started;
		const hasPolled = () => SYSTEM_IDS.every((system) => Object.entries(onePoll[system] ?? {}).every(([route, times]) => (calls()[system]?.[route] ?? 0) >= times));
		// Changes of profiles may stay for the trigger's next minute.
		await until('every source has polled and all came to rest', async () => hasPolled() && (await machines.goingOn(ALL)).every((what) => what.startsWith('profile changes')));
		for (const system of SYSTEM_IDS) expect(calls()[system]).toMatchObject(onePoll[system] ?? {});
		const executions = await machines.executionsSince(before);
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
		const handedOut = (await machines.outputOf('HubSpot Source', executions)).map(({ sourceId }) => String(sourceId));
		expect(handedOut.sort()).toEqual(people.flat().sort());
		await expectWhole(people);
	}), LONG);

	test.each([
		{ node: 'Match', table: 'evidence', kept: 0 },
		{ node: 'Merge', table: 'goldens', kept: 300 },
	])('a worker inside $node: its execution fails, $kept of 300 records are there, and the next poll has the rest done', telling(async ({ table, kept }: { table: string; kept: number }) => {
		const before = await machines.session.executions();
		const people = enter(hubspot(), table, 150);
		let polled: Promise<void> | undefined;
		let replaced: Promise<void> | undefined;
		await whileInside(table, () => (polled = machines.pollNow([CHURN])), async () => {
			const [busy, ...others] = machines.busyWorkers();
			expect(others).toEqual([]);
			await busy?.kill();
			replaced = busy && machines.replace(busy);
		});
		await polled;
		expect(await storedOf(people)).toBe(kept);
		const failed = (await machines.executionsSince(before)).filter(({ status }) => status !== 'success');
		expect(failed).toMatchObject([{ workflowId: CHURN, status: 'error' }]);
		await expectWhole(people);
		await replaced;
	}), LONG);

	test('the connection of a worker inside Match, twice: its execution fails and says why, and the next poll brings the same records', telling(async () => {
		const before = await machines.session.executions();
		const people = enter(hubspot(), 'cut', 20);
		let polled: Promise<void> | undefined;
		await whileInside('evidence', () => (polled = machines.pollNow([CHURN])), async (held) => {
			await held.cutOff();
			await until('the step that was cut off is over', async () => (await held.writers()).inside === 0);
			// Once is made good by doing the batch again.
			await until('the step stands there again', async () => (await held.writers()).inside === 1);
			await held.cutOff();
		});
		await polled;
		expect(await storedOf(people)).toBe(0);
		const failed = (await machines.executionsSince(before)).filter(({ status }) => status !== 'success');
		expect(failed).toMatchObject([{ workflowId: CHURN, status: 'error' }]);
		const { data } = await machines.session.execution(failed[0]?.id ?? '');
		expect(data.resultData.error?.message).toMatch(/database of the identity store 127\.0\.0\.1:\d+.* does not answer.*nothing of this step was kept\. Run the step again/);
		await expectWhole(people);
	}), LONG);

	test('PostgreSQL, while one lead is inside Match and one waits for its turn: both go on when it is back, and what was there before is there', telling(async () => {
		const leads = ['before@larkmill.com', 'inside@larkmill.com', 'waiting@larkmill.com'] as const;
		const isDone = () => Promise.resolve(machines.busyWorkers().length === 0);
		// What n8n asks its own database for while that is away fails; so nothing else may be under way.
		for (const id of ALL) await machines.session.deactivate(id);
		await sendLead(machines, leads[0]);
		await machines.rest([]);
		await whileInside('profiles', () => sendLead(machines, leads[1]), async (held) => {
			await sendLead(machines, leads[2]);
			await until('the next lead waits for its turn', async () => (await held.writers()).queued === 1);
			await machines.postgres.restart();
		});
		await until('the workers are through', isDone);
		await until('n8n is ready', async () => (await axios.get(`${machines.session.url}/healthz/readiness`, { validateStatus: () => true, proxy: false })).status === 200);
		expect((await machines.session.executions(LEAD_FORM)).map(({ status }) => status)).toEqual(leads.map(() => 'success'));
		const refs = leads.map((sourceId) => ({ system: 'form', object: 'lead', sourceId }));
		expect((await machines.store.read((tx) => tx.records.byRef(refs))).size).toBe(leads.length);
		await expectWhole([]);
	}), LONG);
});
