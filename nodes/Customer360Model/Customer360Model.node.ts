import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { storeCredential } from '../store-access';
import { executeOperations, operationProperties, type StoreOperation } from '../store-operation';
import { get, reset, save } from './operations/document.operations';
import { exportSplink, importSplink } from './operations/splink.operations';
import { train } from './operations/train.operation';

const OPERATIONS: readonly StoreOperation[] = [exportSplink, get, importSplink, save, reset, train];

export class Customer360Model implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Model',
		name: 'customer360Model',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Read, change or train the identity model: which system wins, what counts as a match, the churn score and the segments',
		defaults: { name: 'Identity Model' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [storeCredential],
		usableAsTool: true,
		properties: operationProperties(OPERATIONS, 'get'),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeOperations(this, OPERATIONS);
	}
}
