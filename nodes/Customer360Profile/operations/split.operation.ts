import { SYSTEM_IDS } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { canonicalIdParameter, canonicalIdProperty, decisionProperties, readDecision, readReferences } from '../references';
import { textParameter } from '../../parameters';

export const split: StoreOperation = {
	value: 'split',
	name: 'Split',
	action: 'Split a profile',
	description: 'Take records out of a profile because they are somebody else. They do not come back by themselves.',
	properties: forOperation('split', [
		canonicalIdProperty,
		{
			displayName: 'Records to Take Out',
			name: 'records',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'zendesk:user:123456, mailchimp:member:...',
			description: 'System, object and ID of each, separated by commas',
		},
		...decisionProperties,
	]),
	execute: async (context, store, itemIndex) => {
		const id = canonicalIdParameter(context, 'canonicalId', itemIndex);
		const records = readReferences(textParameter(context, 'records', itemIndex));
		const decision = { ...readDecision(context, itemIndex), systems: SYSTEM_IDS, now: Date.now() };
		const { profiles } = await store.run('decide', { change: { change: 'split', id, records }, context: decision });
		return profiles.map((json) => ({ json }));
	},
};
