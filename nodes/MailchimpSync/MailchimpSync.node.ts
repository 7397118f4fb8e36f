import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { SYSTEMS, type SystemDefinition } from '../../lib';
import { accountTester } from '../account-tester';
import { settingLoaders } from '../settings';
import { storeCredential } from '../store-access';
import { describeSync, type SyncNodeOptions } from '../sync-description';
import { executeSync, fieldLoader } from '../sync-node';

const options: SyncNodeOptions = {
	system: SYSTEMS.mailchimp as SystemDefinition,
	name: 'mailchimpSync',
	credential: 'customer360MailchimpApi',
};

export class MailchimpSync implements INodeType {
	description: INodeTypeDescription = {
		...describeSync(options),
		credentials: [{ name: 'customer360MailchimpApi', required: true, testedBy: 'testAccount' }, storeCredential],
		subtitle: '={{ ($parameter["dryRun"] ? "dry run: " : "") + $parameter["object"] }}',
		icon: { light: 'file:../icons/mailchimp.svg', dark: 'file:../icons/mailchimp.dark.svg' },
		usableAsTool: true,
	};

	methods = {
		credentialTest: { testAccount: accountTester(options.system) },
		loadOptions: { loadFields: fieldLoader(options), ...settingLoaders(options.system, options.credential) },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeSync(this, options);
	}
}
