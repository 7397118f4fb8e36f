import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Tested by its nodes (`testAccount`), in the words of a run: the declarative test says no more than "Forbidden", and takes any page for an answer. */
export class Customer360MailchimpApi implements ICredentialType {
	name = 'customer360MailchimpApi';
	displayName = 'Customer 360 Mailchimp API';
	documentationUrl = 'https://mailchimp.com/developer/marketing/guides/quick-start/#generate-your-api-key';
	icon: Icon = { light: 'file:../nodes/icons/mailchimp.svg', dark: 'file:../nodes/icons/mailchimp.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: '...-us21',
			description: 'With its ending, which names the data centre',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			description: 'Only for a proxy. Empty: the data centre that the key names.',
		},
	];

	authenticate: IAuthenticateGeneric = { type: 'generic', properties: { auth: { username: 'customer360', password: '={{$credentials.apiKey}}' } } };
}
