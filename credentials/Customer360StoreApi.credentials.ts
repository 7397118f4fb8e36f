import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const onlyFor = (type: 'sqlite' | 'postgres') => ({ show: { type: [type] } });

/** Where the identity store is. Optional: without it everything uses the file in n8n's own user folder. */
export class Customer360StoreApi implements ICredentialType {
	name = 'customer360StoreApi';
	displayName = 'Customer 360 Store API';
	documentationUrl = 'https://example.com/n8n-nodes-customer360#the-identity-store';
	icon: Icon = { light: 'file:../nodes/icons/customer360.svg', dark: 'file:../nodes/icons/customer360.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Store',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'File on This Machine (SQLite)', value: 'sqlite' },
				{ name: 'PostgreSQL', value: 'postgres' },
			],
			default: 'sqlite',
			description: 'A file is enough for one n8n. Several workers (queue mode) need PostgreSQL.',
		},
		{
			displayName: 'File',
			name: 'file',
			type: 'string',
			default: '',
			placeholder: '/data/customer360/identity.sqlite',
			displayOptions: onlyFor('sqlite'),
			description: 'Full path of the store on the machine that runs n8n. Empty: customer360/identity.sqlite in n8n\'s own folder.',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			displayOptions: onlyFor('postgres'),
			description: 'Name or address of the server, as n8n reaches it: within a container, localhost is the container itself',
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			displayOptions: onlyFor('postgres'),
			description: 'PostgreSQL itself usually has 5432, PgBouncer 6432',
		},
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: 'customer360',
			displayOptions: onlyFor('postgres'),
			description: 'Must be there already; its other schemas are left alone',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: 'customer360',
			displayOptions: onlyFor('postgres'),
			description: 'Best a role for this store alone: it owns the schema and needs no other right',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: onlyFor('postgres'),
			description: 'Of that user',
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: 'customer360',
			displayOptions: onlyFor('postgres'),
			description: 'Made at the first use when it is missing and the user may. All nodes that use one schema share one set of customers.',
		},
		{
			displayName: 'SSL',
			name: 'ssl',
			type: 'options',
			options: [
				{ name: 'Disable', value: 'disable', description: 'Nothing is encrypted: for a database on the same machine or in a network of its own' },
				{ name: 'Require', value: 'require', description: 'Encrypted, without a look at who answers' },
				{
					name: 'Verify Certificate',
					value: 'verify-full',
					description: 'Encrypted, and the certificate must be valid for the host. One of your own authority: set NODE_EXTRA_CA_CERTS for n8n.',
				},
			],
			default: 'disable',
			displayOptions: onlyFor('postgres'),
			description: 'Choose Verify Certificate when the database is on another machine',
		},
	];
}
