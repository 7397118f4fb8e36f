import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { currentModel, type Entity, exportToSplink, importFromSplink, SYSTEM_IDS } from '../../../lib';
import { forOperation, type StoreOperation } from '../../store-operation';
import { textParameter } from '../../parameters';
import { withProgress } from '../../progress';
import { changeModel, changeProperties, readChangeOptions } from './change';
import { readJson } from './document.operations';

const entityProperty: INodeProperties = {
	displayName: 'Type',
	name: 'entity',
	type: 'options',
	options: [
		{ name: 'Companies', value: 'company' },
		{ name: 'People', value: 'person' },
	],
	default: 'person',
	description: 'Splink settings are for one kind of record',
};

export const exportSplink: StoreOperation = {
	value: 'exportSplink',
	name: 'Export for Splink',
	action: 'Export the match weights for Splink',
	description: 'Give comparisons and weights as Splink settings, to match hundreds of millions of records with Splink on a database or cluster',
	properties: forOperation('exportSplink', [entityProperty]),
	execute: async (context, store, itemIndex) => {
		const entity = readEntity(context, itemIndex);
		const { version, model } = await store.write((tx) => currentModel(tx, SYSTEM_IDS, new Date().toISOString()));
		return [{ json: { entity, version, ...(exportToSplink(model, entity) as unknown as IDataObject) } }];
	},
};

export const importSplink: StoreOperation = {
	value: 'importSplink',
	name: 'Import From Splink',
	action: 'Import match weights from Splink',
	description: 'Take comparisons and weights from trained Splink settings, and show which profiles that would merge and split. Thresholds stay as they are.',
	properties: forOperation('importSplink', [
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'json',
			required: true,
			default: '={{ $json.settings }}',
			description: 'A trained model as Splink saves it: linker.misc.save_model_to_json',
		},
		entityProperty,
		...changeProperties,
	]),
	execute: async (context, store, itemIndex) => {
		const entity = readEntity(context, itemIndex);
		const options = readChangeOptions(context, itemIndex);
		const former = await store.write((tx) => currentModel(tx, SYSTEM_IDS, new Date().toISOString()));
		const settings = readJson(context.getNodeParameter('settings', itemIndex), 'Settings');
		const { model, ignored, different } = importFromSplink(former.model, settings, entity);
		const changed = await withProgress(context, (progress) => changeModel(store, options, { former, model, actor: 'workflow' }, progress));
		return [{ json: { entity, ignored, different, ...changed } }];
	},
};

/** @throws Error when the expression gives something else */
function readEntity(context: IExecuteFunctions, itemIndex: number): Entity {
	const entity = textParameter(context, 'entity', itemIndex, 'Type');
	if (entity !== 'person' && entity !== 'company') throw new Error(`"Type" is "${entity}" and must be "person" or "company". Nothing was changed.`);
	return entity;
}
