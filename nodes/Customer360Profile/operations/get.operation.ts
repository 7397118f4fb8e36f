import type { IExecuteFunctions } from 'n8n-workflow';
import { findProfiles, identifierValue, type ProfileQuery } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { canonicalIdParameter, canonicalIdProperty, recordParameter } from '../references';
import { requiredText, textParameter } from '../../parameters';

const NOBODY = 'Nobody in the identity store has it.';

export const get: StoreOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a profile',
	description: 'Get a profile by any identifier: canonical ID (also a retired one), email, phone, or a record\'s ID. A person comes with its companies and its household, a company with its people. No item comes out when nobody has it.',
	properties: forOperation('get', [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			options: [
				{ name: 'Canonical ID', value: 'canonical_id' },
				{ name: 'Email', value: 'email' },
				{ name: 'Other Identifier', value: 'identifier' },
				{ name: 'Phone', value: 'phone' },
				{ name: 'Record in a System', value: 'record' },
			],
			default: 'email',
		},
		{ ...canonicalIdProperty, displayOptions: { show: { findBy: ['canonical_id'] } } },
		{
			displayName: 'Identifier Kind',
			name: 'identifierKind',
			type: 'string',
			required: true,
			default: 'user_id',
			description: 'As in the identity model, for example user_id or company_domain',
			displayOptions: { show: { findBy: ['identifier'] } },
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'ann@acme.com',
			displayOptions: { show: { findBy: ['email', 'phone', 'identifier'] } },
		},
		{
			displayName: 'Record',
			name: 'record',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'zendesk:user:123456',
			description: 'System, object and ID, with colons between',
			displayOptions: { show: { findBy: ['record'] } },
		},
	]),
	execute: async (context, store, itemIndex) => {
		const query = readQuery(context, itemIndex);
		const profiles = await store.read(async (tx) => findProfiles(tx, query, (await tx.models.current())?.model.defaultCountry ?? 'US'));
		if (query.by === 'canonical_id' && profiles.length === 0) throw new Error(`There is no profile ${query.value}. Copy the canonical ID from a profile or from a c360_id field.`);
		return profiles.map((json) => ({ json }));
	},
	nothing: (context, itemIndex) => {
		const query = readQuery(context, itemIndex);
		if (query.by === 'record') return 'The identity store has no such record. System and object are written in small letters, as in hubspot:contact:42.';
		if (query.by === 'canonical_id') return NOBODY;
		if (query.kind === 'phone') return `${NOBODY} A number without a country code is taken for one of the identity model's country.`;
		return identifierValue(query.kind, query.value, {}) === undefined ? `What stands in "Value" is no ${query.kind} that tells who somebody is.` : NOBODY;
	},
};

function readQuery(context: IExecuteFunctions, itemIndex: number): ProfileQuery {
	const by = textParameter(context, 'findBy', itemIndex);
	if (by === 'canonical_id') return { by, value: canonicalIdParameter(context, 'canonicalId', itemIndex) };
	if (by === 'record') return { by, ref: recordParameter(context, 'record', itemIndex) };
	const kind = by === 'identifier' ? requiredText(context, 'identifierKind', itemIndex, 'Give a kind of the identity model, for example user_id.') : by;
	return { by: 'identifier', kind, value: requiredText(context, 'value', itemIndex, 'Give the email, phone number or identifier to look for.') };
}
