import { refKey } from '../../../lib/domain';
import type { SeedCompany, SeedPerson, World } from './types';

/** Every record that describes a person or company, by `system:object:sourceId`, with who it really is. */
export function truthOf(world: World): Map<string, string> {
	const lists: [string, string, readonly (SeedPerson | SeedCompany)[]][] = [
		['hubspot', 'contact', world.hubspot.contacts],
		['hubspot', 'company', world.hubspot.companies],
		['stripe', 'customer', world.stripe.customers],
		['zendesk', 'user', world.zendesk.users],
		['zendesk', 'organization', world.zendesk.organizations],
		['mailchimp', 'member', world.mailchimp.members],
	];
	return new Map(
		lists.flatMap(([system, object, records]) => records.map((record) => [refKey({ system, object, sourceId: record.id }), record.truthId] as const)),
	);
}
