import type { IDataObject } from 'n8n-workflow';
import { currentModel, explainPair, parseRefKey, refKey, SYSTEM_IDS } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { textParameter } from '../../parameters';

export const explain: StoreOperation = {
	value: 'explain',
	name: 'Explain',
	action: 'Explain why two records are one or not',
	description: 'Explain why two records are, or are not, one customer: rules, weights, decisions and the path between them',
	properties: forOperation('explain', [
		{ displayName: 'First Record', name: 'firstRecord', type: 'string', required: true, default: '', placeholder: 'hubspot:contact:42', description: 'System, object and ID, with colons between' },
		{ displayName: 'Second Record', name: 'secondRecord', type: 'string', required: true, default: '', placeholder: 'zendesk:user:123456', description: 'System, object and ID, with colons between' },
	]),
	execute: async (context, store, itemIndex) => {
		const refs = ['firstRecord', 'secondRecord'].map((name) => parseRefKey(textParameter(context, name, itemIndex)));
		const explanation = await store.write(async (tx) => {
			const found = await tx.records.byRef(refs);
			const [left, right] = refs.map((ref) => {
				const record = found.get(refKey(ref));
				if (!record) throw new Error(`There is no record ${refKey(ref)} in the store. Check system, object and ID.`);
				return record;
			});
			if (!left || !right) throw new Error('Two records are needed.');
			return explainPair(tx, left, right, await currentModel(tx, SYSTEM_IDS, new Date().toISOString()));
		});
		return [{ json: explanation as unknown as IDataObject }];
	},
};
