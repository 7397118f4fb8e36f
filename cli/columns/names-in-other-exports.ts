import type { ExportColumns } from '../../lib';

/**
 * Names of columns in the exports of vendors that have no folder in `lib/systems`: Salesforce, Dynamics, Shopify, Pipedrive, Zoho, Outlook and Klaviyo.
 * Several of them write the same; what most lists write is with the usual names.
 */
export const COLUMNS_OF_OTHER_EXPORTS: ExportColumns = {
	id: ['(Do Not Modify) Contact', 'Klaviyo ID'],
	street: ['Address Street 1', 'Address Address1'],
	address_2: ['Address Street 2', 'Address Address2'],
	address_3: ['Address Street 3'],
	postal_code: ['Zip/Postal Code', 'Address ZIP/Postal Code'],
	region: ['State/Province', 'Address State/Province', 'Address Province Code'],
	country: ['Country/Region', 'Address Country/Region'],
	company_name: ['Address Company'],
	company_domain: ['Web Page'],
	created_at: ['Created Time', 'Add time'],
	updated_at: ['SystemModstamp', '(Do Not Modify) Modified On', 'Modified Time', 'Last Modified Time', 'Update time'],
};

/** The same for IDs of companies. */
export const COMPANY_IDS_OF_OTHER_EXPORTS = ['(Do Not Modify) Account'];
