import type { IDataObject } from 'n8n-workflow';
import { timeline as readTimeline, toProfiles, unknownProfile } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { canonicalIdParameter, canonicalIdProperty } from '../references';
import { wholeNumberParameter } from '../../parameters';

export const timeline: StoreOperation = {
	value: 'timeline',
	name: 'Timeline',
	action: 'Get the timeline of a profile',
	description: 'Get what happened to a customer, newest first: invoices, subscriptions, tickets and changes of the profile',
	properties: forOperation('timeline', [
		canonicalIdProperty,
		{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1, maxValue: 1000 }, default: 50, description: 'Max number of results to return' },
	]),
	execute: async (context, store, itemIndex) => {
		const id = canonicalIdParameter(context, 'canonicalId', itemIndex);
		const limit = wholeNumberParameter(context, 'limit', itemIndex, 1);
		const entries = await store.read(async (tx) => {
			const [profile] = await toProfiles(tx, [...(await tx.profiles.byCanonicalId([id])).values()]);
			if (!profile) throw await unknownProfile(tx, id);
			return readTimeline(tx, profile, limit);
		});
		return entries.map((entry) => ({ json: entry as unknown as IDataObject }));
	},
};
