import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import type { IdentityStore } from '../../lib';
import { failItem, failItems } from '../node-errors';
import { textParameter } from '../parameters';
import { storeFor, testStore } from '../store-access';
import type { ProfileOperation } from './operation';
import { explain } from './operations/explain.operation';
import { get } from './operations/get.operation';
import { merge } from './operations/merge.operation';
import { search } from './operations/search.operation';
import { split } from './operations/split.operation';
import { timeline } from './operations/timeline.operation';

const OPERATIONS: readonly ProfileOperation[] = [explain, get, merge, search, split, timeline];

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
		credentials: [{ name: 'customer360StoreApi', required: false, testedBy: 'testStore' }],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: OPERATIONS.map(({ value, name, action, description }) => ({ value, name, action, description })),
				default: 'get',
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
				output.push(...results.map((json) => ({ json, pairedItem: { item: index } })));
			} catch (error) {
				output.push(failItem(this, error, index));
			}
		}
		return [output];
	}
}
