import type { SystemDefinition } from '../definition';
import { connectMailchimp, mailchimpAccount, type MailchimpCredentials, ping } from './client';
import { MAILCHIMP_COLUMNS } from './export-columns';
import { DEFAULT_FIELDS, ensureMergeFields, listMergeFields } from './fields';
import { audienceSetting } from './lists';
import { memberMapping } from './mapping';
import { MAILCHIMP } from './name';
import { pullMembers } from './pull';
import { LARGEST_WRITE, writeMembers } from './write';

/** Mailchimp Marketing API 3.0. https://mailchimp.com/developer/marketing/api/ */
export const mailchimp: SystemDefinition<MailchimpCredentials> = {
	...MAILCHIMP,
	exportColumns: MAILCHIMP_COLUMNS,
	connect: (credentials) => connectMailchimp(credentials),
	account: mailchimpAccount,
	checkKey: ping,
	settings: [audienceSetting],
	sources: {
		member: { label: 'Members', mapping: memberMapping, pull: pullMembers },
	},
	destinations: {
		member: {
			label: 'Members',
			entity: 'person',
			defaultFields: DEFAULT_FIELDS,
			maxBatch: LARGEST_WRITE,
			createNeedsConsent: 'email_marketing',
			canCreate: true,
			tags: true,
			ensureFields: ensureMergeFields,
			write: writeMembers,
			listFields: listMergeFields,
		},
	},
};
