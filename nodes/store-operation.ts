import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { HostedStore } from '../lib';
import { failItem, failItems } from './node-errors';
import { textParameter } from './parameters';
import { storeFor } from './store-access';

/** One operation of a node that works on the store: what it asks for stands beside what it does. */
export interface StoreOperation {
	value: string;
	name: string;
	action: string;
	description: string;
	/** Parameters, shown for this operation only. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions, store: HostedStore, itemIndex: number): Promise<{ json: IDataObject; binary?: IBinaryKeyData }[]>;
	/** Why no item came out for an item that went in, where that can be: a sentence, for the editor. */
	nothing?(context: IExecuteFunctions, itemIndex: number): string;
}

/** The parameters of a node with operations: which one, and what each asks for. */
export function operationProperties(operations: readonly StoreOperation[], defaultOperation: string): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: operations.map(({ value, name, action, description }) => ({ value, name, action, description })),
			default: defaultOperation,
		},
		...operations.flatMap((operation) => operation.properties),
	];
}

/** Runs each item's operation; what goes wrong with one item is handled by the node's "On Error", and the others go on. */
export async function executeOperations(context: IExecuteFunctions, operations: readonly StoreOperation[]): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const output: INodeExecutionData[] = [];
	let store: HostedStore;
	try {
		store = await storeFor(context);
	} catch (error) {
		return [failItems(context, error, items.keys())];
	}
	/** Items that led to nothing, by what is said of them. */
	const without = new Map<string, number>();
	for (const index of items.keys()) {
		try {
			const value = textParameter(context, 'operation', index);
			const operation = operations.find((candidate) => candidate.value === value);
			if (!operation) throw new Error(`There is no operation "${value}". Choose one from the list.`);
			const results = await operation.execute(context, store, index);
			const nothing = results.length === 0 ? operation.nothing?.(context, index) : undefined;
			if (nothing !== undefined) without.set(nothing, (without.get(nothing) ?? 0) + 1);
			output.push(...results.map((result) => ({ ...result, pairedItem: { item: index } })));
		} catch (error) {
			output.push(failItem(context, error, index));
		}
	}
	for (const [nothing, count] of without) {
		context.addExecutionHints({ message: items.length === 1 ? nothing : `For ${count} of ${items.length} items: ${nothing}`, type: 'info', location: 'outputPane' });
	}
	return [output];
}

/** Shows a parameter for one operation only. */
export function forOperation(value: string, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { operation: [value], ...property.displayOptions?.show } },
	}));
}
