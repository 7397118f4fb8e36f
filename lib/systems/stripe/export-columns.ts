import type { ExportColumns } from '../definition';

/** What Stripe calls columns of its export of customers, where most lists use other words. */
export const STRIPE_COLUMNS: ExportColumns = {
	created_at: ['Created (UTC)'],
};
