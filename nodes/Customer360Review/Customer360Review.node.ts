import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import type { IdentityStore } from '../../lib';
import { failItem, failItems } from '../node-errors';
import { textParameter } from '../parameters';
import { storeFor, testStore } from '../store-access';
import type { ReviewOperation } from './operation';
import { decide } from './operations/decide.operation';
import { list } from './operations/list.operation';
import { preview } from './operations/preview.operation';
import { undo } from './operations/undo.operation';

const OPERATIONS: readonly ReviewOperation[] = [decide, list, preview, undo];

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
		credentials: [{ name: 'customer360StoreApi', required: false, testedBy: 'testStore' }],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: OPERATIONS.map(({ value, name, action, description }) => ({ value, name, action, description })),
				default: 'list',
			},
			...OPERATIONS.flatMap((operation) => operation.properties),
		],
	};

	methods = { credentialTest: { testStore } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		let store: IdentityStore;
		try {
			store = await storeFor(this);
		} catch (error) {
			return [failItems(this, error, items.keys())];
		}
		for (const index of items.keys()) {
			try {
				const value = textParameter(this, 'operation', index);
				const operation = OPERATIONS.find((candidate) => candidate.value === value);
				if (!operation) throw new Error(`There is no operation "${value}". Choose one from the list.`);
				const results = await operation.execute(this, store, index);
				output.push(...results.map((result) => ({ ...result, pairedItem: { item: index } })));
			} catch (error) {
				output.push(failItem(this, error, index));
			}
		}
		return [output];
	}
}
