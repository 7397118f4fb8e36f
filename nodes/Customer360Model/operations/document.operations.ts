import { jsonParse } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { currentModel, defaultModel, type HostedStore, SYSTEM_IDS } from '../../../lib';
import { withProgress } from '../../progress';
import { forOperation, type StoreOperation } from '../../store-operation';

export const get: StoreOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get the identity model',
	description: 'Get the version in force',
	properties: [],
	execute: async (_context, store) => [{ json: (await store.write((tx) => currentModel(tx, SYSTEM_IDS, new Date().toISOString()))) as unknown as IDataObject }],
};

export const save: StoreOperation = {
	value: 'save',
	name: 'Save',
	action: 'Save the identity model',
	description: 'Check a document and put it in force as a new version. If it changes what counts as a match, all records are matched again.',
	properties: forOperation('save', [
		{
			displayName: 'Model',
			name: 'model',
			type: 'json',
			required: true,
			default: '={{ $json.model }}',
			description: 'The whole document, as Get gives it, with your changes',
		},
	]),
	execute: async (context, store, itemIndex) => putInForce(context, store, readDocument(context, itemIndex)),
};

export const reset: StoreOperation = {
	value: 'reset',
	name: 'Start From Default',
	action: 'Start from the default model',
	description: 'Put the default model in force as a new version. Trained weights and own segments are out of force then; all records are matched again.',
	properties: [],
	execute: async (context, store) => putInForce(context, store, defaultModel(SYSTEM_IDS)),
};

/** @throws Error when there is none, or when what Get gives is taken as a whole */
function readDocument(context: IExecuteFunctions, itemIndex: number): unknown {
	const document = readJson(context.getNodeParameter('model', itemIndex), 'Model');
	if (document === undefined || document === null) throw new Error('"Model" is empty. Give the whole document, as Get gives it in its field "model". Nothing was changed.');
	if (typeof document === 'object' && 'model' in document) throw new Error('"Model" has the document in its field "model". Give that field alone, as {{ $json.model }}. Nothing was changed.');
	return document;
}

async function putInForce(context: IExecuteFunctions, store: HostedStore, document: unknown): Promise<{ json: IDataObject }[]> {
	const input = { document, actor: 'workflow', systems: SYSTEM_IDS, now: Date.now() };
	const saved = await withProgress(context, (progress) => store.run('putModel', input, { progress: progress.hearing('Matching again') }));
	return [{ json: saved as unknown as IDataObject }];
}

/** n8n hands a JSON parameter on as text or, from an expression, as the value itself. */
export function readJson(parameter: unknown, label: string): unknown {
	return typeof parameter === 'string' ? jsonParse(parameter, { errorMessage: `"${label}" is not valid JSON. Nothing was changed.` }) : parameter;
}
