import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { SYSTEMS, type SystemDefinition } from '../../lib';
import { settingLoaders } from '../settings';
import { describeSync, type SyncNodeOptions } from '../sync-description';
import { executeSync, fieldLoader } from '../sync-node';

const options: SyncNodeOptions = {
	system: SYSTEMS.stripe as SystemDefinition,
	name: 'stripeSync',
	credential: 'customer360StripeApi',
};

export class StripeSync implements INodeType {
	description: INodeTypeDescription = {
		...describeSync(options),
		subtitle: '={{ ($parameter["dryRun"] ? "dry run: " : "") + $parameter["object"] }}',
		icon: { light: 'file:../icons/stripe.svg', dark: 'file:../icons/stripe.dark.svg' },
		usableAsTool: true,
	};

	methods = { loadOptions: { loadFields: fieldLoader(options), ...settingLoaders(options.system, options.credential) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeSync(this, options);
	}
}
