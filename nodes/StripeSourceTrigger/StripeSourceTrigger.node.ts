import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { SYSTEMS, type SystemDefinition } from '../../lib';
import { settingLoaders } from '../settings';
import { describeSourceTrigger, type SourceTriggerOptions } from '../source-description';
import { pollSource } from '../source-trigger';

const options: SourceTriggerOptions = {
	system: SYSTEMS.stripe as SystemDefinition,
	name: 'stripeSourceTrigger',
	credential: 'customer360StripeApi',
};

export class StripeSourceTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeSourceTrigger(options),
		subtitle: '={{ $parameter["objects"].join(", ") }}',
		icon: { light: 'file:../icons/stripe.svg', dark: 'file:../icons/stripe.dark.svg' },
	};

	methods = { loadOptions: settingLoaders(options.system, options.credential) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return pollSource(this, options);
	}
}
