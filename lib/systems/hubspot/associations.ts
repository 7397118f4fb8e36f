import { TerminalError, type HttpClient } from '../../transport';
import { HUBSPOT } from './name';
import { associationPageSchema, type CrmRecord } from './replies';

/** Inputs that one batch read takes (Associations v4, "Limitations"). */
const MAX_INPUTS = 1000;
/** Names that the list endpoint gives to HubSpot's own association types between contact and company. */
const TYPE_NAMES: Record<number, string> = { 1: 'contact_to_company', 279: 'contact_to_company_unlabeled' };

interface AssociatedId {
	id: string;
	type: string;
}

/**
 * Adds to each contact the companies that it belongs to, in the form that the list endpoint gives them, because search results have none.
 * The property `associatedcompanyid` would save the call but names only the primary company.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide, "Retrieve associated records"
 */
export async function withCompanies(client: HttpClient, contacts: readonly CrmRecord[]): Promise<CrmRecord[]> {
	const companies = new Map<string, AssociatedId[]>(contacts.map((contact) => [contact.id, []]));
	let pending: { id: string; after?: string }[] = contacts.map(({ id }) => ({ id }));
	while (pending.length > 0) {
		const { body } = await client.request({
			method: 'POST',
			path: '/crm/v4/associations/contacts/companies/batch/read',
			json: { inputs: pending.slice(0, MAX_INPUTS) },
			operation: 'read companies of contacts',
			repeatable: true,
			reply: associationPageSchema,
		});
		pending = pending.slice(MAX_INPUTS);
		for (const error of body.errors ?? []) assertNothingFound(error);
		for (const { from, to, paging } of body.results) {
			const found = companies.get(from.id) ?? [];
			for (const { toObjectId, associationTypes } of to) {
				for (const { typeId, label } of associationTypes) found.push({ id: toObjectId, type: TYPE_NAMES[typeId] ?? label ?? `type_${typeId}` });
			}
			companies.set(from.id, found);
			if (paging?.next) pending.push({ id: from.id, after: paging.next.after });
		}
	}
	return contacts.map((contact) => {
		const results = companies.get(contact.id) ?? [];
		return results.length === 0 ? contact : { ...contact, associations: { companies: { results } } };
	});
}

/** HubSpot lists a contact without companies, and one deleted meanwhile, as an error; anything else must not pass as "no companies". */
function assertNothingFound(error: { category?: string; subCategory?: string; message?: string }): void {
	if (error.category === 'OBJECT_NOT_FOUND' || error.subCategory?.endsWith('NO_ASSOCIATIONS_FOUND')) return;
	throw new TerminalError('the companies of some contacts could not be read', {
		system: HUBSPOT,
		operation: 'read companies of contacts',
		code: error.category,
		remedy: 'Nothing of this page was used. Give the private app or service key the scope crm.objects.companies.read, then try again',
	});
}
