import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IRun,
} from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadOptions, pollNode, runChain, runNode, userFolder } from './harness';

/** Doubles numbers; refuses what is none, in the form that n8n moves to the error output. */
class Doubler implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Doubler',
		name: 'doubler',
		group: ['transform'],
		version: 1,
		description: 'Doubles a number',
		defaults: { name: 'Doubler' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Doubled', 'Zero'],
		credentials: [{ name: 'doublerApi', required: false }],
		properties: [{ displayName: 'Field', name: 'field', type: 'string', default: 'value' }],
	};

	methods = {
		loadOptions: {
			async getFields(this: ILoadOptionsFunctions) {
				const credentials = await this.getCredentials<{ account: string }>('doublerApi');
				return [{ name: `${credentials.account} ${this.getCurrentNodeParameter('field') as string}`, value: 'value' }];
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const factor = this.getNode().credentials?.doublerApi ? (await this.getCredentials<{ factor: number }>('doublerApi')).factor : 2;
		const doubled: INodeExecutionData[] = [];
		const zero: INodeExecutionData[] = [];
		for (const [index, item] of this.getInputData().entries()) {
			const value = item.json[this.getNodeParameter('field', index) as string];
			if (typeof value !== 'number') {
				const message = `${JSON.stringify(value)} is not a number`;
				if (!this.continueOnFail()) throw new NodeOperationError(this.getNode(), message, { itemIndex: index });
				doubled.push({ json: { error: message }, pairedItem: { item: index } });
				continue;
			}
			(value === 0 ? zero : doubled).push({ json: { value: value * factor }, pairedItem: { item: index } });
		}
		this.addExecutionHints({ message: `${doubled.length} doubled`, location: 'outputPane' });
		return [doubled, zero];
	}
}

class Ticker implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ticker',
		name: 'ticker',
		group: ['trigger'],
		version: 1,
		description: 'Ticks',
		polling: true,
		defaults: { name: 'Ticker' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return [[{ json: { sample: true } }]];
		const data = this.getWorkflowStaticData('node') as { ticks?: number };
		data.ticks = (data.ticks ?? 0) + 1;
		const done = this.helpers.createDeferredPromise<IRun | undefined>();
		this.__emit([[{ json: { tick: data.ticks } }]], undefined, done);
		const run = await done.promise;
		if (run?.status !== 'success') throw new Error(`the run ended as ${run?.status}`);
		return null;
	}
}

describe('a node in the engine', () => {
	test('gives items by output, each pointing to the item it came from', async () => {
		const { outputs, status, hints } = await runNode(Doubler, { items: [{ value: 1 }, { value: 0 }, { value: 4 }] });
		expect(status).toBe('success');
		expect(outputs).toEqual([
			[
				{ json: { value: 2 }, pairedItem: { item: 0 } },
				{ json: { value: 8 }, pairedItem: { item: 2 } },
			],
			[{ json: { value: 0 }, pairedItem: { item: 1 } }],
		]);
		expect(hints).toEqual([expect.objectContaining({ message: '2 doubled' })]);
	});

	test('evaluates expressions for each item and hands out credentials', async () => {
		const options = { items: [{ of: 'a', a: 5 }, { of: 'b', b: 7 }], parameters: { field: '={{ $json.of }}' }, credentials: { doublerApi: { factor: 3 } } };
		const { outputs } = await runNode(Doubler, options);
		expect(outputs[0]?.map((item) => item.json.value)).toEqual([15, 21]);
	});

	const mixed = [{ value: 1 }, { value: 'x' }, { value: 3 }];

	test('stops the workflow at a bad item, naming it', async () => {
		const { outputs, error, status } = await runNode(Doubler, { items: mixed });
		expect(status).toBe('error');
		expect(error?.message).toBe('"x" is not a number');
		expect(error?.context?.itemIndex).toBe(1);
		expect(outputs).toEqual([]);
	});

	test('goes on with the error among the regular items', async () => {
		const { outputs, error } = await runNode(Doubler, { items: mixed, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map((item) => item.json)).toEqual([{ value: 2 }, { error: '"x" is not a number' }, { value: 6 }]);
	});

	test('moves the error to the output after the declared ones, together with the item it is about', async () => {
		const { outputs } = await runNode(Doubler, { items: mixed, onError: 'continueErrorOutput' });
		expect(outputs.map((items) => items.map((item) => item.json))).toEqual([[{ value: 2 }, { value: 6 }], [], [{ value: 'x', error: '"x" is not a number' }]]);
		expect(outputs[2]?.[0]?.pairedItem).toEqual({ item: 1 });
	});

	test('runs nodes one behind the other', async () => {
		const [first, second] = await runChain([{ node: Doubler }, { node: Doubler, from: 1 }], { items: [{ value: 0 }, { value: 1 }] });
		expect(first?.outputs[1]).toHaveLength(1);
		expect(second?.outputs[1]?.[0]?.json).toEqual({ value: 0 });
	});
});

describe('a polling trigger', () => {
	test('learns how the run ended that it started', async () => {
		const staticData = {};
		const good = await pollNode(Ticker, { staticData });
		expect(good).toEqual({ emitted: [[[{ json: { tick: 1 } }]]], returned: null });
		const bad = await pollNode(Ticker, { staticData, execute: () => 'error' });
		expect(bad.emitted).toEqual([[[{ json: { tick: 2 } }]]]);
		expect(bad.error?.message).toBe('the run ended as error');
	});

	test('returns a sample in the editor', async () => {
		expect(await pollNode(Ticker, { mode: 'manual' })).toEqual({ emitted: [], returned: [[{ json: { sample: true } }]] });
	});
});

test('a drop-down is filled with the credentials and the other fields', async () => {
	const options = { credentials: { doublerApi: { account: 'acme' } }, parameters: { field: 'size' } };
	expect(await loadOptions(Doubler, 'getFields', options)).toEqual([{ name: 'acme size', value: 'value' }]);
	await expect(loadOptions(Doubler, 'getFields')).rejects.toThrow('does not require credentials');
});

test('n8n keeps its own files in the folder of the tests', () => {
	expect(existsSync(join(userFolder, '.n8n'))).toBe(true);
});
