import type { SystemDefinition } from '../definition';
import { accountOf, checkHubId, checkToken } from './account';
import { connectHubSpot, type HubSpotCredentials } from './client';
import { companyDestination, contactDestination } from './destinations';
import { HUBSPOT_COLUMNS } from './export-columns';
import { companyMapping, contactMapping } from './mapping';
import { HUBSPOT } from './name';
import { COMPANY, CONTACT } from './objects';
import { pullObjects } from './pull';

/** HubSpot CRM, with the v3 object API and the v4 associations API. */
export const hubspot: SystemDefinition<HubSpotCredentials> = {
	...HUBSPOT,
	exportColumns: HUBSPOT_COLUMNS,
	connect: (credentials) => connectHubSpot(credentials),
	account: accountOf,
	checkAccount: checkHubId,
	checkKey: checkToken,
	sources: {
		contact: { label: 'Contacts', mapping: contactMapping, pull: (client, options) => pullObjects(CONTACT, client, options) },
		company: { label: 'Companies', mapping: companyMapping, pull: (client, options) => pullObjects(COMPANY, client, options) },
	},
	destinations: { contact: contactDestination, company: companyDestination },
};

export { connectHubSpot, HUBSPOT_URL, type HubSpotCredentials, type HubSpotOverrides } from './client';
