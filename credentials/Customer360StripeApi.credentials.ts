import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Tested by its nodes (`testAccount`), in the words of a run: the declarative test says no more than "Forbidden", and takes any page for an answer. */
export class Customer360StripeApi implements ICredentialType {
	name = 'customer360StripeApi';
	displayName = 'Customer 360 Stripe API';
	documentationUrl = 'https://docs.stripe.com/keys';
	icon: Icon = { light: 'file:../nodes/icons/stripe.svg', dark: 'file:../nodes/icons/stripe.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A restricted key is best: read for customers, subscriptions, invoices and events, write for customers',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.stripe.com',
			description: 'Change it only for a proxy',
		},
	];

	authenticate: IAuthenticateGeneric = { type: 'generic', properties: { headers: { Authorization: '=Bearer {{$credentials.secretKey}}' } } };
}
