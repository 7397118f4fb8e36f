import { forOperation, type StoreOperation } from '../../store-operation';
import { choiceParameter, textParameter, wholeNumberParameter } from '../../parameters';

export const search: StoreOperation = {
	value: 'search',
	name: 'Search',
	action: 'Search profiles',
	description: 'Search profiles by words of name, email, phone, company or city',
	properties: forOperation('search', [
		{ displayName: 'Text', name: 'text', type: 'string', required: true, default: '', placeholder: 'miller acme', description: 'Every word must occur; the beginning of a word is enough' },
		{
			displayName: 'Type',
			name: 'entity',
			type: 'options',
			options: [
				{ name: 'Companies', value: 'company' },
				{ name: 'People', value: 'person' },
				{ name: 'People and Companies', value: 'all' },
			],
			default: 'all',
		},
		{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1, maxValue: 500 }, default: 50, description: 'Max number of results to return' },
	]),
	execute: async (context, store, itemIndex) => {
		const entity = choiceParameter(context, 'entity', itemIndex, ['person', 'company', 'all'], 'Type');
		const text = textParameter(context, 'text', itemIndex);
		if (text === '') throw new Error('"Text" is empty. Give at least the beginning of a name, email, phone, company or city.');
		const limit = wholeNumberParameter(context, 'limit', itemIndex, 1);
		const found = await store.run('search', { text, entity: entity === 'all' ? undefined : entity, limit });
		return found.map((json) => ({ json }));
	},
	nothing: () => 'No profile has all of these words, at their beginning, in name, email, phone, company or city.',
};
