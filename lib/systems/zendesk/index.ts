import type { SystemDefinition } from '../definition';
import { checkSubdomain, checkToken, zendeskAccount } from './account';
import { ticketActivity } from './activity';
import { connectZendesk, type ZendeskCredentials, type ZendeskOverrides } from './client';
import { organizationDestination, userDestination } from './destinations';
import { organizationMapping, ticketMapping, userMapping } from './mapping';
import { pullTickets, pullUsers } from './pull';
import { pullOrganizations } from './pull-organizations';

export type { ZendeskCredentials, ZendeskOverrides } from './client';
import { ZENDESK } from './name';

/** Zendesk Support: end users, organizations and tickets in, custom fields of users and organizations out. `overrides` is for tests. */
export function createZendesk(overrides: ZendeskOverrides = {}): SystemDefinition<ZendeskCredentials> {
	const patience = { pollMs: overrides.jobPollMs ?? 400, timeoutMs: overrides.jobTimeoutMs ?? 300_000 };
	return {
		...ZENDESK,
		connect: (credentials) => connectZendesk(credentials, overrides),
		account: zendeskAccount,
		checkAccount: checkSubdomain,
		checkKey: checkToken,
		sources: {
			user: { label: 'Users', mapping: userMapping, pull: pullUsers },
			organization: { label: 'Organizations', mapping: organizationMapping, pull: pullOrganizations },
			ticket: { label: 'Tickets', mapping: ticketMapping, activity: ticketActivity, pull: pullTickets },
		},
		destinations: { user: userDestination(patience), organization: organizationDestination(patience) },
	};
}

export const zendesk = createZendesk();
