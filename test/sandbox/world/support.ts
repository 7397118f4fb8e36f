import { DAY, iso, type Times } from './clock';
import { RATES } from './rates';
import type { Random } from './random';
import type { SeedPerson, SeedTicket } from './types';
import type { VendorIds } from './vendor-id';
import { TICKET_SUBJECTS } from './words/work';

/** What a user asked in the last year; old tickets are done with, recent ones may be open. */
export function ticketsOf(user: SeedPerson, { random, ids, times }: { random: Random; ids: VendorIds; times: Times }): SeedTicket[] {
	if (!random.chance(RATES.writesTickets)) return [];
	return Array.from({ length: random.weighted([[1, 50], [2, 25], [3, 15], [5, 7], [9, 3]]) }, (): SeedTicket => {
		const age = times.now - Math.max(Date.parse(user.createdAt), times.now - 365 * DAY);
		const created = times.now - Math.floor(age * random.next() ** 2);
		const old = created < times.now - 45 * DAY;
		return {
			id: ids.ticket(),
			requesterId: user.id,
			subject: random.pick(TICKET_SUBJECTS),
			status: old
				? random.weighted([['closed', 80], ['solved', 15], ['open', 5]])
				: random.weighted([['new', 15], ['open', 30], ['pending', 20], ['solved', 35]]),
			priority: random.weighted([[null, 30], ['low', 15], ['normal', 35], ['high', 15], ['urgent', 5]]),
			createdAt: iso(created),
			updatedAt: iso(times.between(created, Math.min(created + 20 * DAY, times.now))),
		};
	});
}
