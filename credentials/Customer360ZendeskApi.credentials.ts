import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Tested by its nodes (`testAccount`), in the words of a run: the declarative test says no more than "Forbidden", and takes any page for an answer. */
export class Customer360ZendeskApi implements ICredentialType {
	name = 'customer360ZendeskApi';
	displayName = 'Customer 360 Zendesk API';
	documentationUrl = 'https://support.zendesk.com/hc/en-us/articles/4408889192858';
	icon: Icon = { light: 'file:../nodes/icons/zendesk.svg', dark: 'file:../nodes/icons/zendesk.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Subdomain',
			name: 'subdomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'acme',
			description: 'The part before .zendesk.com',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'name@email.com',
			required: true,
			default: '',
			description: 'Of an administrator: user fields can be created by no one else',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Made in Zendesk under Admin Center > Apps and integrations > Zendesk API',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			description: 'Only for a proxy. Empty: https://subdomain.zendesk.com.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { auth: { username: '={{$credentials.email}}/token', password: '={{$credentials.apiToken}}' } },
	};
}
