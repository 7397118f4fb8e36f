import type { ExportColumns } from '../definition';

/** What Mailchimp calls columns of its export of an audience, where most lists use other words. */
export const MAILCHIMP_COLUMNS: ExportColumns = {
	id: ['EUID', 'LEID'],
	updated_at: ['LAST_CHANGED'],
};
