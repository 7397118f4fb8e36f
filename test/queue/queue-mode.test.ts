import axios from 'axios';
import { checkStore, SYSTEM_IDS } from '../../lib';
import { freePort } from '../n8n/environment';
import { vendorRecords, writtenBetween, wrongIds } from '../n8n/vendor-records';
import { invoiceObject } from '../sandbox/stripe/objects';
import { makeSmallWorld } from '../sandbox/world';
import { healthOf } from './compose-health';
import { Machines } from './machines';
import { LONG, tellingOf } from './telling';

const PACKAGE = 'n8n-nodes-customer360';
const CHURN = 'c360Churn00000001';
const SUPPORT = 'c360Support000001';
const BOTH = [CHURN, SUPPORT];
/** Truth ID of someone in the small world who pays. */
const PAYING = 'nickname-and-plus-tag';

/** One story, told once because starting everything takes long: each test goes on where the one before it stopped. */
describe('n8n in queue mode: main, two workers, Redis, PostgreSQL', () => {
	let machines: Machines;
	let reads: ReturnType<typeof calls>;
	const telling = tellingOf(() => machines, BOTH);

	const sandbox = () => machines.systems.sandboxes;
	const look = () => vendorRecords(sandbox());
	const resetCalls = () => Object.values(sandbox()).forEach(({ server }) => server.resetCalls());
	const calls = () => Object.fromEntries(SYSTEM_IDS.map((system) => [system, sandbox()[system]?.server.calls()]));
	const writes = () => Object.fromEntries(SYSTEM_IDS.map((system) => [system, sandbox()[system]?.server.writes()]));
	const until = (what: string, isSo: () => boolean) => machines.until(what, () => Promise.resolve(isSo()), 60_000);
	/** How often each look-alike was asked while every source of a workflow polled once. */
	const readsOfOnePoll = async () => {
		resetCalls();
		await machines.pollNow([CHURN]);
		await machines.rest([CHURN]);
		return calls();
	};
	const contactOf = (truthId: string) => machines.systems.world.hubspot.contacts.find((contact) => contact.truthId === truthId)?.id;
	const workerOf = (executionId: string) => machines.workers.findIndex((worker) => machines.executionsOf(worker).started.includes(executionId));

	beforeAll(async () => {
		machines = await Machines.create(makeSmallWorld(Date.now()));
	}, LONG);

	afterAll(async () => {
		await (machines as Machines | undefined)?.remove();
	}, 90_000);

	/** A published workflow that answers requests with what a node of ours makes of them. */
	const ask = async (type: string, parameters: object, body: object, times = 1): Promise<Record<string, unknown>[]> => {
		const path = `ask-${type}`;
		const hook = { path, httpMethod: 'POST', responseMode: 'lastNode' };
		const nodes = [
			{ id: 'hook', name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: path, parameters: hook },
			{ id: 'ours', name: 'Ours', type: `${PACKAGE}.${type}`, typeVersion: 1, position: [200, 0], onError: 'continueRegularOutput', parameters },
		];
		const connections = { Hook: { main: [[{ node: 'Ours', type: 'main', index: 0 }]] } };
		const id = await machines.session.createWorkflow({ name: path, nodes, connections, settings: {} });
		await machines.session.activate(id);
		const answer = async () => {
			const { data } = await axios.post<Record<string, unknown>>(`${machines.session.url}/webhook/${path}`, body, { proxy: false, timeout: 30_000 });
			return data;
		};
		return await Promise.all(Array.from({ length: times }, answer));
	};

	test.each(['main', 'worker'] as const)("compose.yaml's health check of %s", async (service) => {
		const running = service === 'main' ? machines.main : machines.workers[0];
		const port = new URL(running?.url ?? '').port;
		expect(await healthOf(service, port)).toBe(0);
		expect(await healthOf(service, String(await freePort()))).toBe(1);
	});

	test('both workers run nodes of the package', telling(async () => {
		const fields = { field: [{ path: 'body.email', attribute: 'email', type: 'auto', identifier: '', separator: '' }] };
		const parameters = { mapping: 'fields', updatedAtField: '', system: 'form', object: 'lead', kind: 'person', idField: 'body.id', fields };
		const answers = await ask('customer360Normalize', parameters, { id: 'lead-1', email: 'Ann@Larkmill.com' }, 8);
		for (const answer of answers) expect(answer).toMatchObject({ system: 'form', sourceId: 'lead-1' });
		for (const worker of machines.workers) expect(machines.executionsOf(worker).finished).not.toEqual([]);
	}), LONG);

	test('a node with no PostgreSQL store chosen says what to choose', telling(async () => {
		const [answer] = await ask('customer360Profile', { operation: 'get', findBy: 'email', value: 'ann@example.com' }, {});
		expect(answer?.error).toMatch(/queue mode.*Customer 360 Store API.*PostgreSQL/);
	}), LONG);

	test('the test button of the store credential reaches PostgreSQL', telling(async () => {
		const credential = { id: '', name: 'Store', type: 'customer360StoreApi', data: machines.storeData() };
		expect(await machines.session.testCredential(credential)).toMatchObject({ status: 'OK', message: expect.stringContaining('0 people') });
	}), LONG);

	test('the prebuilt workflows run: all is read, recognised and written back', telling(async () => {
		await machines.openStore();
		for (const id of BOTH) await machines.publish(id);
		await machines.rest(BOTH);
		expect(await checkStore(machines.store, Date.now())).toMatchObject({ problems: [], waiting: 0 });
		expect(wrongIds(machines.systems.truth, look())).toEqual({ without: ['name-only'], apart: [], together: [] });
		const executions = (await Promise.all(BOTH.map((id) => machines.session.executions(id)))).flat();
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
		expect(new Set(executions.map(({ id }) => workerOf(id)))).toEqual(new Set([0, 1]));
	}), LONG);

	test('a round in which nothing changed writes nothing', telling(async () => {
		// n8n's minute may have begun something since the test before looked.
		await machines.rest(BOTH);
		resetCalls();
		const before = look();
		await machines.round(BOTH);
		expect(writes()).toEqual({ hubspot: 0, stripe: 0, zendesk: 0, mailchimp: 0 });
		expect(writtenBetween(before, look())).toEqual([]);
		reads = await readsOfOnePoll();
	}), LONG);

	test('a worker that is killed in the middle of a write: the other one finishes, and nothing is missing', telling(async () => {
		const { hubspot, stripe } = sandbox();
		const customer = machines.systems.world.stripe.customers.find(({ truthId }) => truthId === PAYING);
		if (!customer) throw new Error('the small world has changed');
		resetCalls();
		hubspot.server.fail({ route: 'update contacts', times: 1, kind: 'hang', after: true });
		const failed = { status: 'open', attempt_count: 1, attempted: true };
		stripe.state.save('invoice', invoiceObject('in_refused', customer.id, stripe.state.now(), 4900, 'usd', failed), 'invoice.payment_failed');

		const round = machines.round(BOTH);
		await until('HubSpot was asked to update contacts', () => hubspot.server.calls()['update contacts'] === 1);
		// The other one may have something of its own to end; it is to live.
		await until('only the worker that HubSpot does not answer is busy', () => machines.busyWorkers().length === 1);
		const busy = machines.busyWorkers();
		for (const worker of busy) await worker.kill();
		expect(busy).toHaveLength(1);
		await round;

		expect(await checkStore(machines.store, Date.now())).toMatchObject({ problems: [], waiting: 0 });
		const refs = [...machines.systems.truth].filter(([, truthId]) => truthId === PAYING).map(([ref]) => ref);
		const points = refs.map((ref) => look().get(ref)?.ours).map((ours) => Number(ours?.churn_risk ?? ours?.risk));
		expect(new Set(points).size).toBe(1);
		expect(points[0]).toBeGreaterThan(0);
		expect(look().get(`hubspot:contact:${contactOf(PAYING)}`)?.ours.failed_payments).toBe('1');
		const failures = (await machines.session.executions()).filter(({ status }) => status !== 'success').map(({ id }) => id);
		expect(failures).toEqual(busy.flatMap((worker) => machines.executionsOf(worker)).flatMap(({ started, finished }) => started.filter((id) => !finished.includes(id))));

		resetCalls();
		await machines.round(BOTH);
		expect(writes()).toEqual({ hubspot: 0, stripe: 0, zendesk: 0, mailchimp: 0 });
	}), LONG);

	test('each source is polled once, however many workers there are', telling(async () => {
		expect(await readsOfOnePoll()).toEqual(reads);
		for (const system of SYSTEM_IDS) expect(Object.keys(reads[system] ?? {})).not.toEqual([]);
	}), LONG);

	test('with main and workers calling side by side, no system ever had to refuse a call because there were too many', () => {
		expect(SYSTEM_IDS.map((system) => [system, sandbox()[system]?.server.refusals()])).toEqual(SYSTEM_IDS.map((system) => [system, 0]));
	});
});
