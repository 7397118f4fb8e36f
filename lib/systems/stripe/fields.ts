import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import type { DestinationField } from '../definition';
import { LARGEST_PAGE, readList } from './lists';
import { keyProblem, METADATA_LIMITS } from './metadata';
import { STRIPE } from './name';

/** What a person in billing needs: who this is elsewhere, how much is at stake, what support is dealing with. */
export const defaultFields: DestinationField[] = [
	{ source: 'canonical_id', target: 'c360_id', label: 'Customer 360 ID', type: 'text' },
	{ source: 'segments', target: 'c360_segments', label: 'Segments', type: 'text' },
	{ source: 'company_ids', target: 'c360_company_ids', label: 'Company IDs', type: 'text' },
	{ source: 'lifetime_value', target: 'c360_lifetime_value', label: 'Lifetime value', type: 'number' },
	{ source: 'churn_risk', target: 'c360_churn_risk', label: 'Churn risk', type: 'number' },
	{ source: 'churn_reasons', target: 'c360_churn_reasons', label: 'Churn reasons', type: 'long_text' },
	{ source: 'open_tickets', target: 'c360_open_tickets', label: 'Open tickets', type: 'number' },
	{ source: 'recent_tickets', target: 'c360_recent_tickets', label: 'Recent tickets', type: 'number' },
	{ source: 'last_ticket_at', target: 'c360_last_ticket', label: 'Last ticket', type: 'date' },
];

/**
 * Checks the names; metadata needs no definition, so nothing is ever created.
 * @throws TerminalError that names the field which Stripe would not take.
 */
export async function ensureFields(_client: HttpClient, fields: readonly DestinationField[]): Promise<{ created: string[] }> {
	const refuse = (problem: string, field?: string): never => {
		throw new TerminalError(problem, { system: STRIPE, operation: 'check fields', field });
	};
	for (const { target } of fields) {
		const problem = keyProblem(target);
		if (problem) refuse(problem, target);
	}
	if (fields.length > METADATA_LIMITS.keys) {
		refuse(`${fields.length} fields are chosen, Stripe keeps ${METADATA_LIMITS.keys} metadata fields on a customer. Choose fewer`);
	}
	return { created: [] };
}

const customerSchema = z.looseObject({ metadata: z.record(z.string(), z.unknown()).nullish() });

/** Metadata fields in use on the newest customers, and ours; Stripe keeps no list of them. */
export async function listFields(client: HttpClient): Promise<{ name: string; label: string }[]> {
	const newest = await readList(client, {
		path: '/v1/customers',
		query: { limit: LARGEST_PAGE },
		operation: 'read metadata fields',
		item: customerSchema,
	});
	const labels = new Map(defaultFields.map(({ target, label }) => [target, label]));
	const names = new Set([...labels.keys(), ...newest.data.flatMap((customer) => Object.keys(customer.metadata ?? {}))]);
	return [...names]
		.filter((name) => keyProblem(name) === undefined)
		.sort()
		.map((name) => ({ name, label: labels.get(name) ?? name }));
}
