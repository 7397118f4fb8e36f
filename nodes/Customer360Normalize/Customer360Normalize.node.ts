import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { inTurns } from '../../lib';
import { readDefaultCountry } from '../default-country';
import { failItem, failItems } from '../node-errors';
import { fieldMappingProperties } from './field-mapping-properties';
import { fieldsNormalizer, type Normalizer, presetNormalizer } from './mapping-from-parameters';
import { choiceParameter, textParameter } from '../parameters';
import { unknownFields } from './unknown-fields';

export class Customer360Normalize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Normalize',
		name: 'customer360Normalize',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["mapping"] === "preset" ? "by preset" : $parameter["system"] }}',
		description: 'Read records of any system into one form: emails, phones, names, addresses and dates made comparable, nothing stored',
		defaults: { name: 'Normalize' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Normalized', 'Rejected'],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Mapping',
				name: 'mapping',
				type: 'options',
				options: [
					{ name: 'Preset of the Source', value: 'preset', description: 'For items of this package\'s Source Triggers' },
					{ name: 'Own Fields', value: 'fields', description: 'For items of any other node' },
				],
				default: 'preset',
			},
			...fieldMappingProperties,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Default Country',
						name: 'defaultCountry',
						type: 'string',
						default: '',
						placeholder: 'US',
						description: 'Two-letter code, for phone numbers without a country code where the record itself names no country',
					},
				],
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const normalized: INodeExecutionData[] = [];
		const rejected: INodeExecutionData[] = [];
		let normalizer: Normalizer;
		try {
			const country = readDefaultCountry(textParameter(this, 'options.defaultCountry', 0));
			const byPreset = choiceParameter(this, 'mapping', 0, ['preset', 'fields']) === 'preset';
			normalizer = byPreset ? presetNormalizer(country) : fieldsNormalizer(this, new Date().toISOString(), country);
		} catch (error) {
			return [[], failItems(this, error, items.keys())];
		}
		await inTurns(items, (item, index) => {
			try {
				const result = normalizer.normalize(item);
				if (result.record) normalized.push({ json: result.record, pairedItem: { item: index } });
				else rejected.push({ json: result.rejected as unknown as IDataObject, pairedItem: { item: index } });
			} catch (error) {
				// Not among the normalized ones: Match would stop at it.
				rejected.push(failItem(this, error, index));
			}
		});
		const unknown = unknownFields(normalizer.paths, items);
		if (unknown !== undefined) this.addExecutionHints({ message: unknown, type: 'warning', location: 'outputPane' });
		return [normalized, rejected];
	}
}
