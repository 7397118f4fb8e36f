import './user-folder';
import { type IDataObject, type INode, type INodeCredentialTestResult, Workflow } from 'n8n-workflow';
import { GivenNodeTypes } from './additional-data';
import { keep, startVendor, VENDORS } from './vendors';
import { Customer360MailchimpApi } from '../../credentials/Customer360MailchimpApi.credentials';
import { Customer360StripeApi } from '../../credentials/Customer360StripeApi.credentials';
import { Customer360ZendeskApi } from '../../credentials/Customer360ZendeskApi.credentials';
import { HubSpotSourceTrigger } from '../../nodes/HubSpotSourceTrigger/HubSpotSourceTrigger.node';
import { HubSpotSync } from '../../nodes/HubSpotSync/HubSpotSync.node';
import { SCOPES, startHubSpot } from '../sandbox/hubspot/server';

const TYPES = { stripe: new Customer360StripeApi(), zendesk: new Customer360ZendeskApi(), mailchimp: new Customer360MailchimpApi() };

interface TestRequest {
	request: { baseURL: string; url: string; qs?: Record<string, number> };
	properties: { headers?: Record<string, string>; auth?: { username: string; password: string } };
}

/** What n8n makes of the test and the authentication of a credential type, its expressions worked out. */
function worked(system: keyof typeof TYPES, credentials: IDataObject): TestRequest {
	const types = new GivenNodeTypes();
	const node: INode = { id: '1', name: 'Trigger', type: types.add(VENDORS[system].trigger), typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = new Workflow({ id: 'test', name: 'Test', nodes: [node], connections: {}, active: false, nodeTypes: types });
	const { request } = TYPES[system].test;
	const { properties } = TYPES[system].authenticate;
	const given = { request, properties } as unknown as Parameters<Workflow['expression']['getComplexParameterValue']>[1];
	return workflow.expression.getComplexParameterValue(node, given, 'internal', { $credentials: credentials }) as unknown as TestRequest;
}

async function press(system: keyof typeof TYPES, credentials: IDataObject): Promise<number> {
	const { request, properties } = worked(system, credentials);
	const basic = properties.auth && `Basic ${Buffer.from(`${properties.auth.username}:${properties.auth.password}`).toString('base64')}`;
	const query = new URLSearchParams(Object.entries(request.qs ?? {}).map(([name, value]): [string, string] => [name, `${value}`]));
	const answer = await fetch(`${request.baseURL}${request.url}?${query.toString()}`, { headers: { ...properties.headers, ...(basic && { authorization: basic }) } });
	await answer.arrayBuffer();
	return answer.status;
}

describe.each(Object.keys(TYPES) as (keyof typeof TYPES)[])('"Test" on the credential of %s', (system) => {
	test('succeeds with the right key and fails with a wrong one', async () => {
		const { credentials } = await startVendor(system);
		expect(await press(system, credentials)).toBe(200);
		expect(await press(system, { ...credentials, ...VENDORS[system].wrong })).toBe(401);
	});
});

test.each<[keyof typeof TYPES, IDataObject, string]>([
	['zendesk', { subdomain: 'acme', email: 'ann@larkmill.com', apiToken: 'x', baseUrl: '' }, 'https://acme.zendesk.com'],
	['mailchimp', { apiKey: '0123-us21', baseUrl: '' }, 'https://us21.api.mailchimp.com/3.0'],
])('without a base URL %s is asked at its own address', (system, credentials, address) => {
	expect(worked(system, credentials).request.baseURL).toBe(address);
});

describe.each([new HubSpotSync(), new HubSpotSourceTrigger()])('"Test" on the credential of hubspot, done by $description.displayName', (node) => {
	const press = (data: IDataObject): Promise<INodeCredentialTestResult> =>
		node.methods.credentialTest.testAccount.call({} as never, { id: '1', name: 'HubSpot', type: 'customer360HubSpotApi', data } as never);

	test('is what n8n calls', () => {
		expect(node.description.credentials).toContainEqual({ name: 'customer360HubSpotApi', required: true, testedBy: 'testAccount' });
	});

	test('succeeds with the right token, also where it is for contacts only, and says what is wrong with another one', async () => {
		const { credentials } = keep(await startHubSpot({ settings: { scopes: SCOPES.filter((scope) => !scope.includes('companies')) } }));
		expect(await press(credentials)).toMatchObject({ status: 'OK' });
		expect(await press({ ...credentials, portalId: '4242424' })).toMatchObject({ status: 'OK' });
		expect(await press({ ...credentials, ...VENDORS.hubspot.wrong })).toMatchObject({ status: 'Error', message: expect.stringContaining('Check the access token') });
	});

	test('fails with the Hub ID of another account, and names both', async () => {
		const { credentials } = keep(await startHubSpot());
		const { status, message } = await press({ ...credentials, portalId: '1001' });
		expect(status).toBe('Error');
		expect(message).toMatch(/Hub ID 4242424.*Hub ID 1001/);
	});
});
