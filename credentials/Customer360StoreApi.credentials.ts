import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Where the identity store is. Optional: without it everything uses the file in n8n's own user folder. */
export class Customer360StoreApi implements ICredentialType {
	name = 'customer360StoreApi';
	displayName = 'Customer 360 Store API';
	documentationUrl = 'https://example.com/n8n-nodes-customer360#the-identity-store';
	icon: Icon = { light: 'file:../nodes/icons/customer360.svg', dark: 'file:../nodes/icons/customer360.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'File',
			name: 'file',
			type: 'string',
			default: '',
			placeholder: '/data/customer360/identity.sqlite',
			description: 'Full path of the store on the machine that runs n8n. Empty: customer360/identity.sqlite in n8n\'s own folder.',
		},
	];
}
