import type { IDataObject } from 'n8n-workflow';
import { forOperation, type StoreOperation } from '../../store-operation';
import { wholeNumberParameter } from '../../parameters';

export const list: StoreOperation = {
	value: 'list',
	name: 'List Questions',
	action: 'List the questions that wait for a person',
	description: 'List pairs of records that may be one customer and wait for a person, those first where a mistake would cost most. Both records side by side, with the weights line by line and as a picture.',
	properties: forOperation('list', [
		{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1, maxValue: 500 }, default: 50, description: 'Max number of results to return' },
		{ displayName: 'Offset', name: 'offset', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'How many questions to leave out at the beginning of the list' },
	]),
	execute: async (context, store, itemIndex) => {
		const limit = wholeNumberParameter(context, 'limit', itemIndex, 1);
		const offset = wholeNumberParameter(context, 'offset', itemIndex, 0);
		const { open, questions } = await store.run('questions', { limit, offset });
		return Promise.all(
			questions.map(async ({ picture, ...question }, index) => ({
				json: { ...question, position: offset + index + 1, open } as unknown as IDataObject,
				binary: { waterfall: await context.helpers.prepareBinaryData(Buffer.from(picture), `question-${question.questionId}.svg`, 'image/svg+xml') },
			})),
		);
	},
	nothing: (context, itemIndex) => (wholeNumberParameter(context, 'offset', itemIndex, 0) > 0 ? 'No question waits at this place of the list.' : 'No question waits for a person.'),
};
