import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { inTurns, type MatchResult, slices, type SourceRecord, sourceRecordSchema, SYSTEM_IDS } from '../../lib';
import { failItem, failItems } from '../node-errors';
import { withProgress } from '../progress';
import { recordName } from '../record-name';
import { storeCredential, storeFor } from '../store-access';

/** Records a transaction: large enough to be quick, small enough that others don't wait for the store. */
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
				displayName: 'Connect "Normalized" here and all three outputs to Merge. What counts as a match stands in the identity model (Customer 360 Model node).',
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
		await inTurns(items, (item, index) => {
			const parsed = sourceRecordSchema.safeParse(item.json);
			if (parsed.success) valid.push({ index, record: parsed.data });
			else outputs.matched.push(failItem(this, notNormalized(parsed.error.issues[0], item.json), index));
		});
		/** Items of which nothing is known yet. */
		const open = new Set(valid.map(({ index }) => index));
		/** The batch that is resolved while the next one is on its way. */
		let ahead: Promise<unknown> = Promise.resolve();
		try {
			const store = await storeFor(this);
			await withProgress(this, async (progress) => {
				for (const batch of slices(valid, BATCH)) {
					const indexes = batch.map(({ index }) => index).values();
					const former = ahead;
					ahead = store.run(
						'match',
						{ items: batch.map(({ record }) => record), systems: SYSTEM_IDS, now: Date.now() },
						{
							part: (results) => {
								for (const result of results) {
									const item = indexes.next().value ?? 0;
									outputs[outputOf(result)].push({ json: toJson(result), pairedItem: { item } });
									open.delete(item);
								}
								progress.at('Matching', valid.length - open.size, valid.length);
							},
						},
					);
					// Its failure is heard when it is its turn.
					ahead.catch(() => undefined);
					await former;
				}
				await ahead;
			});
		} catch (error) {
			await Promise.allSettled([ahead]);
			outputs.matched.push(...failItems(this, error, open));
		}
		return [outputs.matched, outputs.new, outputs.review];
	}
}

function outputOf({ outcome }: MatchResult): 'matched' | 'new' | 'review' {
	return outcome === 'new' || outcome === 'review' ? outcome : 'matched';
}

function toJson({ ref, outcome, canonicalId, because }: MatchResult): IDataObject {
	return { ...ref, outcome, canonicalId, because: because };
}

function notNormalized(issue: { code: string; path: PropertyKey[]; message: string } | undefined, json: IDataObject): Error {
	// Only what is too long has a message of ours.
	const fault = issue?.code === 'custom' ? issue.message : 'is missing or wrong';
	return new Error(`${recordName(json)} is not a normalized record: its field "${issue?.path.join('.') || 'system'}" ${fault}. Put a Customer 360 Normalize node before Match.`);
}
