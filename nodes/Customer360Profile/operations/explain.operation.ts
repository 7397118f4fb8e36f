import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { SYSTEM_IDS } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { requiredText } from '../../parameters';

const record = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	required: true,
	default: '',
	placeholder,
	description: 'System, object and ID, with colons between; or the canonical ID of a profile, of which the record that is tied most closely is taken',
});

export const explain: StoreOperation = {
	value: 'explain',
	name: 'Explain',
	action: 'Explain why two records are one or not',
	description: 'Explain why two records are, or are not, one customer: every comparison with its weight, thresholds, decisions, the path between them, in words and as a picture',
	properties: forOperation('explain', [record('First Record', 'firstRecord', 'hubspot:contact:42'), record('Second Record', 'secondRecord', 'zendesk:user:123456')]),
	execute: async (context, store, itemIndex) => {
		const [first = '', second = ''] = ['firstRecord', 'secondRecord'].map((name) => requiredText(context, name, itemIndex, 'Give a record as system:object:ID, or the canonical ID of a profile.'));
		const { explanation, picture } = await store.run('explain', { first, second, systems: SYSTEM_IDS, now: Date.now() });
		const binary = picture === undefined ? undefined : { waterfall: await context.helpers.prepareBinaryData(Buffer.from(picture), 'match-weights.svg', 'image/svg+xml') };
		return [{ json: explanation as unknown as IDataObject, ...(binary && { binary }) }];
	},
};
