import type { Entity, RecordKind, RecordRef } from '../../domain';

/** A record that left the profile it was in, because it was deleted or is of another kind since: it may come back, and its ID stands outside meanwhile. */
export interface Departure extends RecordRef {
	/** What the record was until then. It may have been a person once, and a company at another time, and have left an ID as each of them. */
	entity: Entity;
	/** The ID that its profile had then. */
	canonicalId: string;
}

/** A row of the walk through all departures. */
export interface ListedDeparture extends Departure {
	/** Whether its ID leads to a profile, or was promised when the store went back to a backup. */
	known: boolean;
}

/** A record that is looked for, and what it is now. */
export type ComingRecord = RecordRef & { kind: RecordKind };

/** A departure's place in the order of all. */
export type DeparturePlace = Pick<Departure, 'sourceId' | 'object' | 'system' | 'entity'>;

export interface DepartureReader {
	/**
	 * The profiles to which the IDs lead that these records had when they last left one as what they are now; keyed by `refKey`. Null where the ID
	 * leads nowhere yet. Those that never left any are left out.
	 */
	of(records: readonly ComingRecord[]): Promise<Map<string, number | null>>;
	/** Pages through all departures. */
	scan(after: DeparturePlace | null, limit: number): Promise<ListedDeparture[]>;
}

export interface DepartureWriter extends DepartureReader {
	/** Of a record that has left as the same entity before, what is said last counts. */
	add(departures: readonly Departure[], at: string): Promise<void>;
	/** Forgets where these records came from: they are in a profile again as what they are now. */
	remove(records: readonly ComingRecord[]): Promise<void>;
	/** Looks at the next `limit` departures behind `after` and forgets those from before `before`. Says how many went, and where to go on; null at the end. */
	prune(before: string, after: DeparturePlace | null, limit: number): Promise<{ removed: number; last: DeparturePlace | null }>;
}
