import type { IDataObject } from 'n8n-workflow';
import { type HostedStore, LEAST_RECORDS, type LongWork, SYSTEM_IDS, trainedBy } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { textParameter } from '../../parameters';
import { withProgress } from '../../progress';
import { changeModel, type ChangeOptions, changeProperties, readChangeOptions, wholeNumber } from './change';

export const train: StoreOperation = {
	value: 'train',
	name: 'Train',
	action: 'Train the match weights on your records',
	description: `Learn from your own records how telling each field is, without labels, and show which profiles that would merge and split. Takes ${LEAST_RECORDS} people or ${LEAST_RECORDS} companies at least.`,
	properties: forOperation('train', [
		...changeProperties,
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1,
			description: 'The same records and seed always give the same result. Another seed shows how much of it is chance.',
		},
	]),
	execute: async (context, store, itemIndex) => {
		const options = readChangeOptions(context, itemIndex);
		const seed = wholeNumber(textParameter(context, 'seed', itemIndex), 'Seed');
		return [{ json: await withProgress(context, (progress) => trainAndChange(store, seed, options, progress)) }];
	},
};

async function trainAndChange(store: HostedStore, seed: number, options: ChangeOptions, progress: LongWork): Promise<IDataObject> {
	const { former, model, records, sampled, tooFew, isNew } = await store.run(
		'train',
		{ seed, systems: SYSTEM_IDS, now: Date.now() },
		{ progress: ({ step, done }) => (step === 'reading' ? progress.at('Reading for training', done) : progress.atOnce('Fitting the weights', done)) },
	);
	const told: IDataObject = { seed, people: records.person, companies: records.company, trainedOn: sampled, tooFew };
	if (isNew) return { ...told, changed: true, ...(await changeModel(store, options, { former, model, actor: trainedBy('workflow') }, progress)) };
	const why = tooFew.length === 2 ? `There are fewer than ${LEAST_RECORDS} people and fewer than ${LEAST_RECORDS} companies, which is too few to learn from` : 'The weights are already what training gives';
	return { ...told, changed: false, applied: false, version: former.version, message: `${why}. Nothing would change.` };
}
