import { z } from 'zod/v4';

/** Shorter, and a trigger or a person who was away for a week would miss something. */
const SHORTEST_DAYS = 7;

const daysSchema = z.number().int().min(SHORTEST_DAYS, `keep things for ${SHORTEST_DAYS} days at least, or null for ever`).nullable().optional();

/**
 * How many days the store keeps what only grows; null means for ever. What is left out has its default ({@link DEFAULT_RETENTION}).
 * Records of people and companies, evidence, decisions, models and canonical IDs are kept for ever: they are who is who, and what an ID leads to.
 */
export const retentionSchema = z.object({
	/**
	 * The change feed, some 300 bytes an event, one or more for each change of a profile. Older events are lost to triggers that have not read them
	 * (which say so), and the changes of a profile to its timeline. Profiles and what syncs write stay as they are. Default 400.
	 */
	eventsDays: daysSchema,
	/**
	 * Answered and moot questions, some 100 bytes each, counted from the day they were closed. Lost is the question behind its number;
	 * the answer is a decision, which stays in force and can be taken back by its two records. Open questions stay. Default: for ever.
	 */
	reviewsDays: daysSchema,
	/** Why a record was rejected, some 200 bytes each. Lost is that reason, until the record comes again and is rejected again. Default 90. */
	rejectionsDays: daysSchema,
	/**
	 * What was last said to a destination, some 500 bytes a record of it. Only what no sync needs goes: failed and skipped writes of which the
	 * destination never acknowledged anything, and entries of profiles that no longer exist, counted from their last change. What was acknowledged,
	 * or is due, stays for ever: without it the sync would write everything again. Lost is why a write failed. Default: for ever.
	 */
	ledgerDays: daysSchema,
	/**
	 * Invoices, subscriptions and tickets, some 600 bytes each, counted from their end or their last change, whichever is later; what is open or
	 * running stays. They are lost to the timeline AND to the figures: a lifetime value then counts these days only. Of each one its reference and
	 * version stay, so that a source that hands it over again makes no work. Default: for ever.
	 */
	activitiesDays: daysSchema,
	/**
	 * IDs that were issued before the store went back to a backup, and the records that had them, some 200 bytes each, counted from that day. Until then
	 * an ID without records says what it waits for, and a part that comes away from a profile takes the ID back that it had. Afterwards each leads
	 * where it leads, to a profile without records if nowhere, and whose record comes only then has the ID still: it counts as having left
	 * (`departuresDays`). Every batch is a little quicker from then on. Default 400, so that files that are loaded once a year come before.
	 */
	promisesDays: daysSchema,
	/**
	 * Which ID a record had that left its profile, deleted or of another kind since, some 100 bytes each, counted from the day it left. Lost is
	 * that a customer who comes back is known: the record gets a new ID, and what other systems hold of the old one leads to a profile without
	 * records. Default: for ever.
	 */
	departuresDays: daysSchema,
});
export type Retention = z.infer<typeof retentionSchema>;

export type RetentionSettings = { [Name in keyof Required<Retention>]: number | null };

/** What counts where an identity model says nothing. */
export const DEFAULT_RETENTION: RetentionSettings = {
	...{ eventsDays: 400, reviewsDays: null, rejectionsDays: 90, ledgerDays: null, activitiesDays: null },
	...{ promisesDays: 400, departuresDays: null },
};
