import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { storeCredential, testStore } from '../store-access';
import { executeOperations, operationProperties, type StoreOperation } from '../store-operation';
import { decide } from './operations/decide.operation';
import { list } from './operations/list.operation';
import { preview } from './operations/preview.operation';
import { undo } from './operations/undo.operation';

const OPERATIONS: readonly StoreOperation[] = [decide, list, preview, undo];

export class Customer360Review implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Review',
		name: 'customer360Review',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Answer the questions of identity resolution: list them, decide, preview a decision and take it back',
		defaults: { name: 'Review' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ ...storeCredential, name: 'customer360StoreApi', testedBy: 'testStore' }],
		usableAsTool: true,
		properties: operationProperties(OPERATIONS, 'list'),
	};

	methods = { credentialTest: { testStore } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeOperations(this, OPERATIONS);
	}
}
