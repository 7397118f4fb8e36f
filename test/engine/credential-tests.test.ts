import './user-folder';
import type { INodeCredentialTestResult, INodeType } from 'n8n-workflow';
import { keep, startVendor, SYSTEM_NAMES, VENDORS } from './vendors';
import { HubSpotSourceTrigger } from '../../nodes/HubSpotSourceTrigger/HubSpotSourceTrigger.node';
import { HubSpotSync } from '../../nodes/HubSpotSync/HubSpotSync.node';
import { SCOPES, startHubSpot } from '../sandbox/hubspot/server';
import { startVendorServer } from '../sandbox/vendor-server';

function pressOn(node: INodeType, type: string, data: Record<string, unknown>): Promise<INodeCredentialTestResult> {
	const tester = node.methods?.credentialTest?.testAccount;
	if (!tester) throw new Error(`${node.description.displayName} does not test credentials`);
	return tester.call({} as never, { id: '1', name: 'Credential', type, data } as never);
}

/** Somebody who answers everything with a page, as a proxy's log-in does. */
async function pages(): Promise<string> {
	const routes = ['GET', 'POST'].map((method) => ({ method, pattern: /.*/, name: 'page', handle: () => ({ body: '<html>Log in</html>' }) }));
	const server = await startVendorServer({ name: 'proxy', routes, authorize: () => undefined, notFound: () => ({ status: 404 }) });
	return keep({ server, credentials: {}, state: undefined }).server.url;
}

describe.each(SYSTEM_NAMES.flatMap((system) => [VENDORS[system].sync, VENDORS[system].trigger].map((Node) => ({ system, node: new Node() }))))(
	'"Test" on the credential of $system, done by $node.description.displayName',
	({ system, node }) => {
		const { credential: name, label, wrong } = VENDORS[system];
		const press = (data: Record<string, unknown>) => pressOn(node, name, data);

		test('is what n8n calls', () => {
			expect(node.description.credentials).toContainEqual({ name, required: true, testedBy: 'testAccount' });
		});

		test('succeeds with the right key; of a wrong one it says what to do, as a run would', async () => {
			const { credentials } = await startVendor(system);
			expect(await press(credentials)).toMatchObject({ status: 'OK' });
			const { status, message } = await press({ ...credentials, ...wrong });
			expect([status, message]).toEqual(['Error', expect.stringMatching(new RegExp(`^${label} \\(.*\\): answered 401.*\\. \\S.*(key|token)`))]);
			for (const secret of Object.values(wrong)) expect(message).not.toContain(secret);
		});

		test('fails where a page answers that is not the system, and leads to the base URL', async () => {
			const { credentials } = await startVendor(system);
			expect(await press({ ...credentials, baseUrl: await pages() })).toMatchObject({ status: 'Error', message: expect.stringMatching(new RegExp(`^${label} \\(.*: it is a text or a web page.*Check the base URL`)) });
		});
	},
);

describe.each([new HubSpotSync(), new HubSpotSourceTrigger()])('what only HubSpot\'s test knows, done by $description.displayName', (node) => {
	const press = (data: Record<string, unknown>) => pressOn(node, 'customer360HubSpotApi', data);

	test('succeeds with a token that is for contacts only', async () => {
		const { credentials } = keep(await startHubSpot({ settings: { scopes: SCOPES.filter((scope) => !scope.includes('companies')) } }));
		expect(await press(credentials)).toMatchObject({ status: 'OK' });
		expect(await press({ ...credentials, portalId: '4242424' })).toMatchObject({ status: 'OK' });
	});

	test('fails with the Hub ID of another account, and names both', async () => {
		const { credentials } = keep(await startHubSpot());
		const { status, message } = await press({ ...credentials, portalId: '1001' });
		expect(status).toBe('Error');
		expect(message).toMatch(/Hub ID 4242424.*Hub ID 1001/);
	});
});
