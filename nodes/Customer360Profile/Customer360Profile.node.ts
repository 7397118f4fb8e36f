import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { storeCredential, testStore } from '../store-access';
import { executeOperations, operationProperties, type StoreOperation } from '../store-operation';
import { explain } from './operations/explain.operation';
import { get } from './operations/get.operation';
import { merge } from './operations/merge.operation';
import { search } from './operations/search.operation';
import { split } from './operations/split.operation';
import { timeline } from './operations/timeline.operation';

const OPERATIONS: readonly StoreOperation[] = [explain, get, merge, search, split, timeline];

export class Customer360Profile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Profile',
		name: 'customer360Profile',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Look up, search, explain, merge and split the profiles of your customers',
		defaults: { name: 'Profile' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ ...storeCredential, name: 'customer360StoreApi', testedBy: 'testStore' }],
		usableAsTool: true,
		properties: operationProperties(OPERATIONS, 'get'),
	};

	methods = { credentialTest: { testStore } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeOperations(this, OPERATIONS);
	}
}
