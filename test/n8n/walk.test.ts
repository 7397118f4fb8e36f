import { checkStore, defaultModel, refKey, SYSTEM_IDS } from '../../lib';
import { invoiceObject } from '../sandbox/stripe/objects';
import { ticketOf, userOf } from '../sandbox/zendesk/seed';
import { Installation } from './installation';
import { executeWorkflow } from './program';
import { type VendorRecord, vendorRecords, writtenBetween, wrongIds } from './vendor-records';

const CHURN = 'c360Churn00000001';
const SUPPORT = 'c360Support000001';
const PACKAGE = 'n8n-nodes-customer360';
/** Truth IDs of the small world. */
const PAYING = 'nickname-and-plus-tag';
const OVERDUE = 'changed-email-in-four-systems';
const TWICE = 'twice-in-one-system';

/** The field of each credential that holds its secret. */
const KEYS: Readonly<Record<string, string>> = { hubspot: 'accessToken', stripe: 'secretKey', zendesk: 'apiToken', mailchimp: 'apiKey' };

/** One story, told once because starting n8n takes long: each test goes on where the one before it stopped. */
describe('the whole way in the real n8n, with all four systems', () => {
	let home: Installation;
	let seeded: Map<string, VendorRecord>;

	const look = () => vendorRecords(home.systems.sandboxes);
	const sandbox = () => home.systems.sandboxes;
	const refsOf = (truthId: string) => [...home.systems.truth].filter(([, id]) => id === truthId).map(([ref]) => ref).sort();
	const oursOf = (truthId: string) => refsOf(truthId).map((ref) => look().get(ref)?.ours ?? {});
	/** Segments that the member has as tags. */
	const tagsOf = (truthId: string) =>
		oursOf(truthId).flatMap(({ tags }) => (Array.isArray(tags) ? tags.map((tag) => String(tag).replace(/^c360: /, '')) : []));
	const wrongKey = (system: string): string => String(sandbox()[system]?.credentials[KEYS[system] ?? '']).replace(/(?<=^.{8}).{4}/, 'zzzz');
	const resetCalls = () => Object.values(sandbox()).forEach(({ server }) => server.resetCalls());
	const writes = () => Object.fromEntries(SYSTEM_IDS.map((system) => [system, sandbox()[system]?.server.writes()]));

	beforeAll(async () => {
		home = await Installation.create();
		const { zendesk, mailchimp } = sandbox();
		const user = zendesk.state.users.get(5004);
		if (user) user.external_id = 'shop-user-77';
		const member = [...mailchimp.state.lists.values()].flatMap((list) => [...list.members.values()]).find(({ email }) => email.startsWith('pawel'));
		if (member) member.status = 'cleaned';
		seeded = look();
	}, 180_000);

	afterAll(async () => {
		await (home as Installation | undefined)?.remove();
	}, 60_000);

	test.each(Object.keys(KEYS))('the test button of the %s credential tells a right key from a wrong one', async (system) => {
		const type = home.credentials.find(({ id }) => id === `c360demo${system}`);
		if (!type) throw new Error(`no credential for ${system}`);
		expect(await home.session.testCredential(type)).toMatchObject({ status: 'OK' });
		const wrong = { ...type, data: { ...type.data, [KEYS[system] ?? '']: wrongKey(system) } };
		const answer = await home.session.testCredential(wrong);
		expect(answer.status).toBe('Error');
		expect(answer.message).not.toContain(wrongKey(system));
	});

	test('the test button of the HubSpot credential refuses the Hub ID of another account', async () => {
		const type = home.credentials.find(({ id }) => id === 'c360demohubspot');
		if (!type) throw new Error('no credential for hubspot');
		const answer = await home.session.testCredential({ ...type, data: { ...type.data, portalId: '1001' } });
		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(/Hub ID \d+, but the credential says Hub ID 1001/) });
	});

	test('the test button of the store credential says what is in it, or why it cannot be used', async () => {
		const credential = (file: string) => ({ id: '', name: 'Store', type: 'customer360StoreApi', data: { file } });
		expect(await home.session.testCredential(credential(''))).toEqual({ status: 'OK', message: expect.stringMatching(/identity\.sqlite: 0 people/) });
		const answer = await home.session.testCredential(credential('/dev/null/identity.sqlite'));
		expect(answer).toEqual({ status: 'Error', message: expect.stringContaining('/dev/null/identity.sqlite') });
	});

	test('drop-downs show what is in the live systems', async () => {
		const options = (system: string, node: string, methodName: string, currentNodeParameters: Record<string, unknown>) => {
			const { type, id, name } = home.credentials.find((credential) => credential.id === `c360demo${system}`) ?? { type: '', id: '', name: '' };
			const nodeTypeAndVersion = { name: `${PACKAGE}.${node}`, version: 1 };
			return home.session.loadOptions({ nodeTypeAndVersion, methodName, path: '', currentNodeParameters, credentials: { [type]: { id, name } } });
		};
		const lists = [...sandbox().mailchimp.state.lists.values()].map(({ id, name }) => ({ name, value: id }));
		for (const node of ['mailchimpSourceTrigger', 'mailchimpSync']) {
			expect(await options('mailchimp', node, 'loadAudience', {})).toEqual(expect.arrayContaining(lists));
		}
		const properties = await options('hubspot', 'hubSpotSync', 'loadFields', { object: 'company' });
		expect(properties).toContainEqual({ name: 'Industry', value: 'industry' });
		expect(properties).not.toContainEqual(expect.objectContaining({ value: 'hs_object_id' }));
		expect(await options('zendesk', 'zendeskSync', 'loadFields', { object: 'user' })).toContainEqual({ name: 'Notes', value: 'notes' });
		const mergeFields = await options('mailchimp', 'mailchimpSync', 'loadFields', { object: 'member', audience: '' });
		expect(mergeFields).toContainEqual({ name: 'Company (COMPANY)', value: 'COMPANY' });
		expect(await options('stripe', 'stripeSync', 'loadFields', { object: 'customer' })).toContainEqual(expect.objectContaining({ value: 'c360_id' }));
	});

	test('publishing with a wrong key fails with a message that names system and remedy, and no secret', async () => {
		const { nodes } = home.workflow(CHURN);
		await Promise.all(
			SYSTEM_IDS.map(async (system) => {
				const source = nodes.find(({ type }) => type.toLowerCase() === `${PACKAGE}.${system}sourcetrigger`);
				const right = home.credentials.find(({ id }) => id === `c360demo${system}`);
				if (!source || !right) throw new Error(`no source node for ${system}`);
				const data = { ...right.data, [KEYS[system] ?? '']: wrongKey(system) };
				const { id } = await home.session.post<{ id: string }>('/credentials', { name: `${system} with a wrong key`, type: right.type, data });
				const node = { ...source, credentials: { [right.type]: { id, name: `${system} with a wrong key` } } };
				const workflowId = await home.session.createWorkflow({ name: `${system} with a wrong key`, nodes: [node], connections: {}, settings: {} });
				const failure = await home.session.activate(workflowId).then(
					() => 'it was activated',
					(error: unknown) => String(error),
				);
				expect(failure).toMatch(new RegExp(`${system} \\(.*401.*credential`, 'is'));
				expect(failure).not.toContain(wrongKey(system));
				await home.session.deactivate(workflowId);
			}),
		);
	}, 60_000);

	test('kill -9 in the middle of the first back-fill', async () => {
		const { hubspot, zendesk } = sandbox();
		zendesk.server.fail({ route: 'export tickets', times: 1, kind: 'hang' });
		hubspot.server.fail({ route: 'update contacts', times: 1, kind: 'hang', after: true });
		await home.publish(CHURN);
		expect(await home.goingOn([CHURN])).toContain('reading zendesk ticket');
		await home.kill();
		const stored = (await home.store.read((tx) => tx.records.counts())).map(({ object }) => object);
		expect(stored).toEqual(expect.arrayContaining(['contact', 'customer', 'user']));
		expect(stored).not.toContain('ticket');
	}, 90_000);

	test('kill -9 in the middle of a sync, after HubSpot did what was asked and before it could say so', async () => {
		const { hubspot } = sandbox();
		// The first kill may have come while contacts were being written; then its hanging answer is used up.
		const before = hubspot.server.calls()['update contacts'] ?? 0;
		if (before > 0) hubspot.server.fail({ route: 'update contacts', times: 1, kind: 'hang', after: true });
		await home.start();
		// Right after a start n8n has not polled yet. It must be through with that before it is killed, else it takes two minutes to try again;
		// the write hangs for longer than that.
		await home.until('HubSpot was asked to update contacts', () => Promise.resolve(hubspot.server.calls()['update contacts'] === before + 1), 60_000);
		await home.session.settled(CHURN);
		const running = (await home.session.executions(CHURN)).filter(({ status }) => status === 'running');
		await home.kill();
		expect(running).not.toEqual([]);
	}, 120_000);

	test('after both it goes on by itself and comes to its end', async () => {
		await home.start();
		await home.session.settled(CHURN);
		await home.rest([CHURN]);
		const report = await checkStore(home.store, Date.now());
		expect(report).toMatchObject({ problems: [], waiting: 0 });
		const statuses = new Set((await home.session.executions(CHURN)).map(({ status }) => status));
		expect(statuses).toEqual(new Set(['success', 'crashed']));
	}, 180_000);

	test('support context joins in: organizations are written too', async () => {
		await home.publish(SUPPORT);
		await home.rest([CHURN, SUPPORT]);
		const organizations = [...look().values()].filter(({ ref }) => ref.startsWith('zendesk:organization:'));
		expect(organizations.filter(({ ours }) => ours.id === undefined)).toEqual([]);
	}, 120_000);

	test('every record carries its canonical ID: one for the same person or company, another for everyone else', () => {
		expect(wrongIds(home.systems.truth, look())).toEqual({ without: ['name-only'], apart: [], together: [] });
	});

	test('revenue, churn risk and segments stand in every system', () => {
		const { invoices } = home.systems.world.stripe;
		const { exchangeRates } = defaultModel(SYSTEM_IDS);
		for (const [truthId, segment] of [[PAYING, 'healthy'], [OVERDUE, 'at_risk']] as const) {
			const customers = new Set(home.systems.world.stripe.customers.filter((customer) => customer.truthId === truthId).map(({ id }) => id));
			const paid = invoices.filter(({ customerId, status }) => customers.has(customerId) && status === 'paid');
			const lifetimeValue = paid.reduce((sum, { amountMinor, currency }) => sum + (amountMinor / 100) * (exchangeRates[currency] ?? 1), 0);
			for (const ours of oursOf(truthId)) {
				expect(ours.segments ?? ours.segs).toBe(segment);
				expect(Number(ours.lifetime_value ?? ours.ltv)).toBeCloseTo(lifetimeValue, 2);
			}
			expect(tagsOf(truthId)).toEqual([segment]);
		}
	});

	test('nothing but our own fields was touched: no status, no external ID, no name', () => {
		const now = look();
		expect([...now.keys()].sort()).toEqual([...seeded.keys()].sort());
		for (const [ref, { theirs }] of seeded) expect({ ref, theirs: now.get(ref)?.theirs }).toEqual({ ref, theirs });
		const statuses = [...now.values()].map(({ theirs }) => theirs.status);
		expect(statuses).toEqual(expect.arrayContaining(['subscribed', 'unsubscribed', 'cleaned', 'pending']));
		expect(now.get('zendesk:user:5004')?.theirs.external_id).toBe('shop-user-77');
	});

	test('custom fields were created under our own group and names', () => {
		const { hubspot, zendesk, mailchimp } = sandbox();
		for (const path of ['contacts', 'companies'] as const) {
			const made = [...hubspot.state.properties[path].values()].filter(({ hubspotDefined }) => !hubspotDefined);
			expect(made.map(({ name }) => name)).toContain('c360_id');
			expect(new Set(made.map(({ groupName }) => groupName))).toEqual(new Set(['customer360']));
		}
		for (const fields of [zendesk.state.userFields, zendesk.state.organizationFields]) {
			expect([...fields.keys()]).toContain('c360_id');
			expect([...fields.keys()].filter((key) => !key.startsWith('c360_'))).toEqual([]);
		}
		for (const { mergeFields } of mailchimp.state.lists.values()) {
			expect(mergeFields).toContainEqual(expect.objectContaining({ tag: 'C360_ID', public: false }));
		}
	});

	test('a round in which nothing changed writes nothing', async () => {
		resetCalls();
		const before = look();
		await home.round([CHURN, SUPPORT]);
		for (const system of SYSTEM_IDS) expect(Object.keys(sandbox()[system]?.server.calls() ?? {})).not.toEqual([]);
		expect(writes()).toEqual({ hubspot: 0, stripe: 0, zendesk: 0, mailchimp: 0 });
		expect(writtenBetween(before, look())).toEqual([]);
	}, 120_000);

	test('a refused payment, new tickets and a new email go through the workflow and reach the other systems', async () => {
		const { hubspot, stripe, zendesk } = sandbox();
		const at = new Date().toISOString();
		const customer = home.systems.world.stripe.customers.find(({ truthId }) => truthId === PAYING);
		const contact = home.systems.world.hubspot.contacts.find(({ truthId }) => truthId === PAYING);
		const moved = home.systems.world.hubspot.contacts.find(({ truthId }) => truthId === TWICE);
		if (!customer || !contact || !moved) throw new Error('the small world has changed');
		const failed = { status: 'open', attempt_count: 1, attempted: true };
		stripe.state.save('invoice', invoiceObject('in_refused', customer.id, stripe.state.now(), 4900, 'usd', failed), 'invoice.payment_failed');
		zendesk.state.users.set(5901, userOf({ ...contact, id: '5901', createdAt: at, updatedAt: at }, 'https://demo.zendesk.com'));
		for (const [id, subject] of [['7901', 'My card was refused'], ['7902', 'Please call me']] as const) {
			const ticket = { id, requesterId: '5901', subject, status: 'open', priority: 'high', createdAt: at, updatedAt: at } as const;
			zendesk.state.tickets.set(Number(id), ticketOf(ticket, 'https://demo.zendesk.com'));
		}
		hubspot.state.change('contacts', moved.id, { email: 'megan.moved.640@gmail.com' });
		const newUser = refKey({ system: 'zendesk', object: 'user', sourceId: '5901' });
		home.systems.truth.set(newUser, PAYING);

		const before = look();
		const earlier = await home.session.executions();
		await home.round([CHURN, SUPPORT]);
		const executions = (await home.executionsSince(earlier)).filter(({ status }) => status === 'success');
		expect(await home.executionsSince(earlier)).toEqual(executions);
		for (const node of ['Normalize', 'Match']) {
			const refs = (await home.outputOf(node, executions)).map((json) => refKey(json as never));
			expect({ node, refs }).toEqual({
				node,
				refs: expect.arrayContaining([newUser, `hubspot:contact:${moved.id}`, 'stripe:invoice:in_refused', 'zendesk:ticket:7901', 'zendesk:ticket:7902']),
			});
		}
		const recognised = (await home.outputOf('Match', executions)).find((json) => refKey(json as never) === newUser);
		expect(recognised).toMatchObject({ outcome: 'matched', canonicalId: before.get(`hubspot:contact:${contact.id}`)?.ours.id });
		expect((await home.outputOf('Merge Profiles', executions)).filter(({ changed }) => Number(changed) > 0)).not.toEqual([]);

		expect(oursOf(PAYING).map((ours) => ours.segments ?? ours.segs)).toEqual(refsOf(PAYING).map(() => 'at_risk'));
		expect(new Set(oursOf(PAYING).map(({ id }) => id)).size).toBe(1);
		expect(tagsOf(PAYING)).toEqual(['at_risk']);
		expect(writtenBetween(before, look())).toEqual(refsOf(PAYING));
	}, 120_000);

	test('the Profile node, run by hand while n8n works, finds a profile by its new email', async () => {
		const trigger = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
		const parameters = { operation: 'get', findBy: 'email', value: 'Megan.Moved.640@Gmail.com' };
		const node = { id: 'find', name: 'Find', type: `${PACKAGE}.customer360Profile`, typeVersion: 1, position: [200, 0], parameters };
		const connections = { Start: { main: [[{ node: 'Find', type: 'main', index: 0 }]] } };
		const id = await home.session.createWorkflow({ name: 'Look someone up', nodes: [trigger, node], connections, settings: {} });
		const { data } = (await executeWorkflow(home.userFolder, id)) as Awaited<ReturnType<Installation['session']['execution']>>;
		const found = data.resultData.runData.Find?.[0]?.data?.main[0] ?? [];
		expect(found.map(({ json }) => json.canonicalId)).toEqual([oursOf(TWICE)[0]?.id]);
	}, 60_000);
});
