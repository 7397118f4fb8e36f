import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	jsonParse,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { buildProfiles, currentModel, defaultModel, type IdentityStore, saveModel, SYSTEM_IDS, type VersionedModel } from '../../lib';
import { failItem } from '../node-errors';
import { textParameter } from '../parameters';
import { storeCredential, storeFor } from '../store-access';

export class Customer360Model implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Model',
		name: 'customer360Model',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Read or change the identity model: which system wins, what counts as a match, the churn score and the segments',
		defaults: { name: 'Identity Model' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [storeCredential],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Get', value: 'get', action: 'Get the identity model', description: 'The version in force' },
					{ name: 'Save', value: 'save', action: 'Save the identity model', description: 'Check a document and put it in force as a new version' },
					{ name: 'Start From Default', value: 'reset', action: 'Start from the default model', description: 'Put the default model in force as a new version' },
				],
				default: 'get',
			},
			{
				displayName: 'Model',
				name: 'model',
				type: 'json',
				required: true,
				default: '={{ $json.model }}',
				description: 'The whole document, as Get gives it, with your changes',
				displayOptions: { show: { operation: ['save'] } },
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			try {
				const store = await storeFor(this);
				const versioned = await perform(store, textParameter(this, 'operation', index), () => readDocument(this.getNodeParameter('model', index)));
				output.push({ json: versioned as unknown as IDataObject, pairedItem: { item: index } });
			} catch (error) {
				output.push(failItem(this, error, index));
			}
		}
		return [output];
	}
}

async function perform(store: IdentityStore, operation: string, document: () => unknown): Promise<VersionedModel> {
	if (operation === 'get') return store.write((tx) => currentModel(tx, SYSTEM_IDS, new Date().toISOString()));
	if (operation !== 'save' && operation !== 'reset') throw new Error(`There is no operation "${operation}". Choose one from the list. Nothing was changed.`);
	const saved = await saveModel(store, operation === 'save' ? document() : defaultModel(SYSTEM_IDS), 'workflow', Date.now());
	await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
	return saved;
}

/** n8n hands a JSON parameter on as text or, from an expression, as the value itself. */
function readDocument(parameter: unknown): unknown {
	return typeof parameter === 'string' ? jsonParse(parameter, { errorMessage: '"Model" is not valid JSON. Nothing was changed.' }) : parameter;
}
