import type { SystemDefinition } from './definition';
import { hubspot } from './hubspot';
import { mailchimp } from './mailchimp';
import { stripe } from './stripe';
import { zendesk } from './zendesk';

/**
 * Every system there is; a new one is its folder and a line here. The order is the default order of trust:
 * the CRM before billing before support before email.
 */
export const SYSTEMS: Readonly<Record<string, SystemDefinition>> = {
	hubspot: hubspot,
	stripe: stripe,
	zendesk: zendesk,
	mailchimp: mailchimp,
};

/** How people know a system, also where it is none of these but a name that somebody gave. */
export function systemLabel(id: string): string {
	return (Object.hasOwn(SYSTEMS, id) ? SYSTEMS[id]?.label : undefined) ?? id;
}

export const SYSTEM_IDS: readonly string[] = Object.keys(SYSTEMS);

export * from './check-settings';
export * from './definition';
export * from './open-account';
