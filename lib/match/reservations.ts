import type { Entity } from '../domain';
import type { PairView } from './pair-view';
import type { Reservation } from './reservation';
import { aboutCompanies } from './reservations-about-companies';
import { aboutPeople } from './reservations-about-people';
import type { LevelFound, Scorer } from './scoring';

/** The strongest reservation about a pair, or undefined. */
export function reservationAbout(entity: Entity, pair: PairView, found: readonly LevelFound[], { matching, frequencies }: Scorer): Reservation | undefined {
	const reservations = entity === 'person' ? aboutPeople(pair, found, matching.twins === 'weighed', frequencies.get('given_name')?.values) : aboutCompanies(pair, found);
	let strongest: Reservation | undefined;
	for (const one of reservations) if (!strongest || (one.limit === 'none' && strongest.limit === 'review')) strongest = one;
	return strongest;
}
