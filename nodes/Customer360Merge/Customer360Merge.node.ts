import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { type BuiltProfile, SYSTEM_IDS } from '../../lib';
import { failItems } from '../node-errors';
import { choiceParameter } from '../parameters';
import { profilePairs } from '../profile-pairs';
import { warn, withProgress } from '../progress';
import { storeCredential, storeFor } from '../store-access';

export class Customer360Merge implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Merge',
		name: 'customer360Merge',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["output"] === "summary" ? "one summary" : "one item per profile" }}',
		description: 'Build the golden records, figures and segments of every profile that Match has touched. Building again changes nothing.',
		defaults: { name: 'Merge Profiles' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Changed', 'Unchanged'],
		credentials: [storeCredential],
		usableAsTool: true,
		properties: [
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'One Summary Item', value: 'summary', description: 'How many profiles were built and changed; safe for any amount' },
					{ name: 'One Item per Profile', value: 'profiles', description: 'The canonical ID of each, with what changed' },
				],
				default: 'profiles',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const changed: INodeExecutionData[] = [];
		const unchanged: INodeExecutionData[] = [];
		try {
			const store = await storeFor(this);
			const each = choiceParameter(this, 'output', 0, ['summary', 'profiles']) === 'profiles';
			const pairedItem = await profilePairs(store, each ? items : []);
			const part = (built: readonly BuiltProfile[]) => {
				for (const profile of built) (profile.change === 'unchanged' ? unchanged : changed).push({ json: { ...profile }, pairedItem: pairedItem(profile.canonicalId) });
			};
			const { untidied, ...totals } = await withProgress(this, (progress) => store.run('build', { systems: SYSTEM_IDS, each }, { part, progress: progress.hearing('Building') }));
			if (untidied !== undefined) warn(this, untidied);
			if (!each) (totals.changed > 0 ? changed : unchanged).push({ json: totals, pairedItem: { item: 0 } });
		} catch (error) {
			changed.push(...failItems(this, error, items.keys()));
		}
		return [changed, unchanged];
	}
}
