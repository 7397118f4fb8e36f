import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Tested by its nodes (`testAccount`), in the words of a run: the declarative test could not tell whose token it is. */
export class Customer360HubSpotApi implements ICredentialType {
	name = 'customer360HubSpotApi';
	displayName = 'Customer 360 HubSpot API';
	documentationUrl = 'https://developers.hubspot.com/docs/api/private-apps';
	icon: Icon = { light: 'file:../nodes/icons/hubspot.svg', dark: 'file:../nodes/icons/hubspot.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Of a private app or service key with the scopes crm.objects.contacts, crm.objects.companies, crm.schemas.contacts and crm.schemas.companies, read and write',
		},
		{
			displayName: 'Hub ID',
			name: 'portalId',
			type: 'string',
			default: '',
			description: 'Number of the HubSpot account. With it, a new token of the account goes on where the old one stopped. One that is not the account of the token is refused.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.hubapi.com',
			description: 'Change it only for a proxy',
		},
	];

	authenticate: IAuthenticateGeneric = { type: 'generic', properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } } };
}
