import type { ChangeEvent, ChangeEventType, NewChangeEvent, RecordNo, ReviewTask } from '../../domain';

export interface EventReader {
	/** Events with `seq > after`, in order; `types` empty means all. */
	since(after: number, types: readonly ChangeEventType[], limit: number): Promise<ChangeEvent[]>;
	/** The IDs that events with `seq > after` name, in order, without what the events say. */
	idsSince(after: number, limit: number): Promise<Pick<ChangeEvent, 'seq' | 'canonicalId'>[]>;
	/** Newest first. */
	ofProfile(canonicalIds: readonly string[], limit: number): Promise<ChangeEvent[]>;
	/** Number of the newest event ever appended, also when it is no longer kept; 0 when there was none. */
	lastSeq(): Promise<number>;
	/** Number of the oldest event that is kept; one more than `lastSeq()` when none is. */
	firstSeq(): Promise<number>;
}

export interface EventWriter extends EventReader {
	/** Numbers and stores events in the order given; returns their numbers. Events of one transaction become visible together. */
	append(events: readonly NewChangeEvent[]): Promise<number[]>;
	/**
	 * Forgets at most `limit` of the oldest events, those before the first one that is not older than `before`, so that what is kept has no hole;
	 * returns how many went. Their numbers are not given again.
	 */
	prune(before: string, limit: number): Promise<number>;
}

export interface ReviewReader {
	/** Open tasks in which any of these records takes part. */
	openTouching(nos: readonly RecordNo[]): Promise<ReviewTask[]>;
	/** Heaviest first. */
	open(limit: number, offset: number): Promise<ReviewTask[]>;
	byId(id: number): Promise<ReviewTask | undefined>;
	countOpen(): Promise<number>;
}

export interface ReviewWriter extends ReviewReader {
	/** Opens tasks (`a < b`); one that is open for the same pair is left as it is. Returns their IDs. */
	add(tasks: readonly { a: RecordNo; b: RecordNo; rule: string; weight: number; at: string }[]): Promise<number[]>;
	/** Sets what tasks are asked about now: their evidence may weigh something else than when they were opened. */
	reweigh(tasks: readonly { id: number; rule: string; weight: number }[]): Promise<void>;
	close(ids: readonly number[], status: 'answered' | 'moot', at: string): Promise<void>;
	/** Forgets at most `limit` tasks that were closed before `before`; returns how many went. */
	prune(before: string, limit: number): Promise<number>;
}
