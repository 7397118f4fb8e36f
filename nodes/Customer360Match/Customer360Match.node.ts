import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { currentModel, matchRecords, type MatchResult, type SourceRecord, sourceRecordSchema, SYSTEM_IDS } from '../../lib';
import { failItem, failItems } from '../node-errors';
import { recordName } from '../record-name';
import { storeCredential, storeFor } from '../store-access';

/** Records a transaction: large enough to be quick, small enough that others don't wait. */
const BATCH = 1000;

export class Customer360Match implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Match',
		name: 'customer360Match',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'by the identity model',
		description: 'Store normalized records and find out who is who. Activities and records that did not change come out at Matched, too.',
		defaults: { name: 'Match' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Matched', 'New', 'Review'],
		credentials: [storeCredential],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Connect "Normalized" here and all three outputs to Merge. The rules stand in the identity model (Customer 360 Model node).',
				name: 'notice',
				type: 'notice',
				default: '',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const outputs: Record<'matched' | 'new' | 'review', INodeExecutionData[]> = { matched: [], new: [], review: [] };
		const valid: { index: number; record: SourceRecord }[] = [];
		items.forEach((item, index) => {
			const parsed = sourceRecordSchema.safeParse(item.json);
			if (parsed.success) valid.push({ index, record: parsed.data });
			else outputs.matched.push(failItem(this, notNormalized(parsed.error.issues[0]?.path.join('.'), item.json), index));
		});
		let done = 0;
		try {
			const store = await storeFor(this);
			while (done < valid.length) {
				const batch = valid.slice(done, done + BATCH);
				const now = Date.now();
				const results = await store.write(async (tx) => {
					const model = await currentModel(tx, SYSTEM_IDS, new Date(now).toISOString());
					return matchRecords(tx, batch.map(({ record }) => record), model, now);
				});
				results.forEach((result, position) => {
					const output = result.outcome === 'new' || result.outcome === 'review' ? result.outcome : 'matched';
					outputs[output].push({ json: toJson(result), pairedItem: { item: (batch[position] as (typeof batch)[number]).index } });
				});
				done += batch.length;
			}
		} catch (error) {
			outputs.matched.push(...failItems(this, error, valid.slice(done).map(({ index }) => index)));
		}
		return [outputs.matched, outputs.new, outputs.review];
	}
}

function toJson({ ref, outcome, canonicalId, because }: MatchResult): IDataObject {
	return { ...ref, outcome, canonicalId, because: because };
}

function notNormalized(field: string | undefined, json: IDataObject): Error {
	return new Error(`${recordName(json)} is not a normalized record: its field "${field ?? 'system'}" is missing or wrong. Put a Customer 360 Normalize node before Match.`);
}
