import type { FieldMapping } from '../../domain';
import { ZENDESK } from './name';

/**
 * End users. The export does not carry identities, so a user's second email is not seen here.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format
 */
export const userMapping: FieldMapping = {
	system: ZENDESK.id,
	systemLabel: ZENDESK.label,
	object: 'user',
	kind: 'person',
	fields: [
		{ path: 'name', attribute: 'full_name', type: 'full_name' },
		{ path: 'email', attribute: 'email', type: 'email' },
		{ path: 'phone', attribute: 'phone', type: 'phone' },
		{ path: 'locale', attribute: 'language', type: 'text' },
		{ path: 'created_at', attribute: 'created_at', type: 'datetime' },
		{ path: 'external_id', type: 'identifier', identifier: 'user_id' },
	],
	links: [{ path: 'organization_id', type: 'member_of', system: ZENDESK.id, object: 'organization' }],
};

/** https://developer.zendesk.com/api-reference/ticketing/organizations/organizations/#json-format */
export const organizationMapping: FieldMapping = {
	system: ZENDESK.id,
	systemLabel: ZENDESK.label,
	object: 'organization',
	kind: 'company',
	fields: [
		{ path: 'name', attribute: 'company_name', type: 'company_name' },
		{ path: 'domain_names[]', attribute: 'company_domain', type: 'domain' },
		{ path: 'created_at', attribute: 'created_at', type: 'datetime' },
		{ path: 'external_id', type: 'identifier', identifier: 'account_id' },
	],
};

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#json-format */
export const ticketMapping: FieldMapping = {
	system: ZENDESK.id,
	systemLabel: ZENDESK.label,
	object: 'ticket',
	kind: 'activity',
	fields: [],
	links: [{ path: 'requester_id', type: 'owned_by', system: ZENDESK.id, object: 'user' }],
};
