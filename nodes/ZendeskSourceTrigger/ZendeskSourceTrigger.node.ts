import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { SYSTEMS, type SystemDefinition } from '../../lib';
import { accountTester } from '../account-tester';
import { settingLoaders } from '../settings';
import { describeSourceTrigger, type SourceTriggerOptions } from '../source-description';
import { pollSource } from '../source-trigger';
import { storeCredential } from '../store-access';

const options: SourceTriggerOptions = {
	system: SYSTEMS.zendesk as SystemDefinition,
	name: 'zendeskSourceTrigger',
	credential: 'customer360ZendeskApi',
};

export class ZendeskSourceTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeSourceTrigger(options),
		credentials: [{ name: 'customer360ZendeskApi', required: true, testedBy: 'testAccount' }, storeCredential],
		subtitle: '={{ $parameter["objects"].join(", ") }}',
		icon: { light: 'file:../icons/zendesk.svg', dark: 'file:../icons/zendesk.dark.svg' },
	};

	methods = { credentialTest: { testAccount: accountTester(options.system) }, loadOptions: settingLoaders(options.system, options.credential) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return pollSource(this, options);
	}
}
