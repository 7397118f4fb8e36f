import { SYSTEM_IDS } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { canonicalIdParameter, canonicalIdProperty, decisionProperties, readDecision } from '../references';

export const merge: StoreOperation = {
	value: 'merge',
	name: 'Merge',
	action: 'Merge two profiles',
	description: 'Say that two profiles are one customer. The older ID stays, the other leads to it from then on.',
	properties: forOperation('merge', [
		canonicalIdProperty,
		{ ...canonicalIdProperty, displayName: 'Other Canonical ID', name: 'otherCanonicalId' },
		...decisionProperties,
	]),
	execute: async (context, store, itemIndex) => {
		const id = canonicalIdParameter(context, 'canonicalId', itemIndex);
		const other = canonicalIdParameter(context, 'otherCanonicalId', itemIndex);
		const decision = { ...readDecision(context, itemIndex), systems: SYSTEM_IDS, now: Date.now() };
		const { profiles } = await store.run('decide', { change: { change: 'merge', id, other }, context: decision });
		return profiles.map((json) => ({ json }));
	},
};
