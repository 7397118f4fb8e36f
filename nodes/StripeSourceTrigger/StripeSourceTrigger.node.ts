import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { SYSTEMS, type SystemDefinition } from '../../lib';
import { accountTester } from '../account-tester';
import { settingLoaders } from '../settings';
import { describeSourceTrigger, type SourceTriggerOptions } from '../source-description';
import { pollSource } from '../source-trigger';
import { storeCredential } from '../store-access';

const options: SourceTriggerOptions = {
	system: SYSTEMS.stripe as SystemDefinition,
	name: 'stripeSourceTrigger',
	credential: 'customer360StripeApi',
};

export class StripeSourceTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeSourceTrigger(options),
		credentials: [{ name: 'customer360StripeApi', required: true, testedBy: 'testAccount' }, storeCredential],
		subtitle: '={{ $parameter["objects"].join(", ") }}',
		icon: { light: 'file:../icons/stripe.svg', dark: 'file:../icons/stripe.dark.svg' },
	};

	methods = { credentialTest: { testAccount: accountTester(options.system) }, loadOptions: settingLoaders(options.system, options.credential) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return pollSource(this, options);
	}
}
