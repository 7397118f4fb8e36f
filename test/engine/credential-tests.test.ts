import './user-folder';
import { type IDataObject, type INode, Workflow } from 'n8n-workflow';
import { GivenNodeTypes } from './additional-data';
import { startVendor, SYSTEM_NAMES, VENDORS } from './vendors';
import { Customer360HubSpotApi } from '../../credentials/Customer360HubSpotApi.credentials';
import { Customer360MailchimpApi } from '../../credentials/Customer360MailchimpApi.credentials';
import { Customer360StripeApi } from '../../credentials/Customer360StripeApi.credentials';
import { Customer360ZendeskApi } from '../../credentials/Customer360ZendeskApi.credentials';

const TYPES = { hubspot: new Customer360HubSpotApi(), stripe: new Customer360StripeApi(), zendesk: new Customer360ZendeskApi(), mailchimp: new Customer360MailchimpApi() };

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

describe.each(SYSTEM_NAMES)('"Test" on the credential of %s', (system) => {
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
