import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkStore, closeAllStores, embeddedStorePath, type IdentityStore, openStore, SYSTEMS } from '../../lib';
import { startHubSpot } from '../sandbox/hubspot/server';
import { importCredentialValues, installPackage, n8nFolder, type RunningN8n, type Session, setupOwner, startN8n } from './program';

const WORKFLOW = 'unpublish00000001';
const CREDENTIAL = { id: 'unpublishhubspot', name: 'HubSpot', type: 'customer360HubSpotApi' };
const PAGES = 200;
/** All pages together take longer than n8n waits for a first poll. */
const ANSWER_MS = 500;

/** One story, told once because starting n8n takes long. The trigger polls once an hour: what happens here, happens without a next poll. */
describe('unpublishing a workflow in the real n8n while its source is read', () => {
	let userFolder: string;
	let hubspot: Awaited<ReturnType<typeof startHubSpot>>;
	let n8n: RunningN8n;
	let session: Session;
	let store: IdentityStore;

	const pages = () => hubspot.server.calls()['list contacts'] ?? 0;
	const scope = () => `source:hubspot:contact@${SYSTEMS.hubspot?.account(hubspot.credentials)}#${WORKFLOW}:source`;
	const stored = async () => (await store.read((tx) => tx.records.counts()))[0]?.records ?? 0;
	const isReading = async () => Boolean(await store.read((tx) => tx.cursors.get(`lease:${scope()}`)));
	const until = async (isSo: () => boolean | Promise<boolean>, timeoutMs: number) => {
		for (const end = Date.now() + timeoutMs; !(await isSo()); await wait(100)) if (Date.now() > end) return false;
		return true;
	};

	beforeAll(async () => {
		hubspot = await startHubSpot();
		for (let index = 0; index < PAGES * 100; index += 1) hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` });
		hubspot.server.slowDown(ANSWER_MS);
		userFolder = mkdtempSync(join(tmpdir(), 'customer360-unpublish-'));
		await installPackage(userFolder);
		await importCredentialValues(userFolder, [{ ...CREDENTIAL, data: hubspot.credentials }]);
		n8n = await startN8n({ userFolder });
		session = await setupOwner(n8n.url);
		store = await openStore({ file: embeddedStorePath(n8nFolder(userFolder)) });
		const node = {
			id: 'source', name: 'HubSpot Source', type: 'n8n-nodes-customer360.hubSpotSourceTrigger', typeVersion: 1, position: [0, 0],
			parameters: { objects: ['contact'], delivery: 'backfill', pollTimes: { item: [{ mode: 'everyX', value: 5, unit: 'hours' }] } },
			credentials: { [CREDENTIAL.type]: { id: CREDENTIAL.id, name: CREDENTIAL.name } },
		};
		await session.createWorkflow({ id: WORKFLOW, name: 'Unpublish', nodes: [node], connections: {}, settings: {} });
		await session.activate(WORKFLOW);
	}, 180_000);

	afterAll(async () => {
		await n8n.stop();
		await closeAllStores();
		await hubspot.server.close();
		rmSync(userFolder, { recursive: true, force: true });
	}, 60_000);

	test('ends it, and keeps what was read', async () => {
		expect(await isReading()).toBe(true);
		await session.deactivate(WORKFLOW);
		expect(await until(async () => !(await isReading()), 30_000)).toBe(true);
		const read = pages();
		expect(read).toBeLessThan(PAGES / 2 + 20);
		await wait(3 * ANSWER_MS);
		expect(pages()).toBe(read);
		expect(await stored()).toBe(read * 100);
		expect(n8n.logText()).toMatch(/HubSpot Source: Reading contacts of HubSpot was ended, as the workflow was unpublished or published anew\. [\d,]+ records that this run read/);
		expect((await store.read((tx) => tx.profiles.counts())).profiles.person).toBe(read * 100);
	}, 60_000);

	test('publishing it again goes on from there, at once', async () => {
		const before = pages();
		const activating = session.activate(WORKFLOW);
		expect(await until(() => pages() > before + 3, 10_000)).toBe(true);
		hubspot.server.slowDown(0);
		expect(await until(async () => (await stored()) === PAGES * 100 && !(await isReading()), 60_000)).toBe(true);
		await activating;
		expect(pages()).toBe(PAGES);
		expect((await checkStore(store, Date.now())).problems).toEqual([]);
		expect(n8n.logText()).not.toMatch(/already registered cron|Missed execution|not found for workflow/);
	}, 120_000);
});
