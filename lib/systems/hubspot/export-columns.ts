import type { ExportColumns } from '../definition';

/** What HubSpot calls columns of its export of contacts and companies, where most lists use other words. */
export const HUBSPOT_COLUMNS: ExportColumns = {
	phone: ['WhatsApp Phone Number'],
	region: ['State/Region'],
	country: ['Country/Region'],
	company_domain: ['Company Domain Name'],
};
