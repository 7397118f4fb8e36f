import { type Activity, DEFAULT_RETENTION, type IdentityModel, type RetentionSettings } from '../domain';
import type { DeparturePlace, IdentityStore, LedgerPlace, StoredRecord, StoreWriter } from '../store';
import { profilesToRebuild } from './rebuild-scope';
import { settlePlaces, settlePromises } from './settle-promises';

/** What can be forgotten, in the order in which it is looked through. */
export const TIDIED = ['events', 'reviews', 'rejections', 'ledger', 'activities', 'promises', 'departures'] as const;
export type TidiedPart = (typeof TIDIED)[number];
/** How many of each went. */
export type Tidied = Record<TidiedPart, number>;

export interface TidyOptions {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Begins a new round, however long ago the last one was. */
	force?: boolean;
	/** Stops after so long; the next call goes on there. Milliseconds; without it everything is done. */
	budgetMs?: number;
	/** Told after each transaction how many of a part went by it. */
	onBatch?: (part: TidiedPart, removed: number) => void;
}

/** The cursor with the state of the last round. */
const SCOPE = 'tidy';
const DAY_MS = 86_400_000;
/** Rows of one transaction: others write in between. */
const BATCH = 2_000;
/** Entries and records that are looked at in one transaction. */
const PAGE = 1_000;

interface Round {
	startedAt: string;
	/** Where the next transaction goes on; null when the round is done. */
	next: { part: TidiedPart; after: unknown } | null;
}

/**
 * Forgets what the identity model's `retention` keeps no longer, at most once a day, in small transactions. Each one begins where the last one ended,
 * by whichever process: a stop at any moment loses nothing, and two at once share the work. Profiles that lost activities are marked for Merge.
 * @returns what went by this call; undefined when nothing was due
 */
export async function tidyStore(store: IdentityStore, { now, force = false, budgetMs = Infinity, onBatch }: TidyOptions): Promise<Tidied | undefined> {
	const started = now();
	if (!force && !openRound(await store.read((tx) => tx.cursors.get(SCOPE)), started)) return undefined;
	const tidied: Tidied = { events: 0, reviews: 0, rejections: 0, ledger: 0, activities: 0, promises: 0, departures: 0 };
	for (let first = true; ; first = false) {
		const done = await store.write((tx) => tidyBatch(tx, now(), force && first));
		if (!done) return tidied;
		tidied[done.part] += done.removed;
		onBatch?.(done.part, done.removed);
		if (now() - started >= budgetMs) return tidied;
	}
}

/** Whether profiles wait for Merge because of what went: those that lost activities, and those of IDs whose records never came again. */
export function leavesToBuild({ activities, promises }: Tidied): boolean {
	return activities + promises > 0;
}

/** How many days each part is kept by this model; null is for ever. */
export function retentionOf(model: Pick<IdentityModel, 'retention'> | undefined): Record<TidiedPart, number | null> {
	const days = (name: keyof RetentionSettings) => {
		const set = model?.retention?.[name];
		return set === undefined ? DEFAULT_RETENTION[name] : set;
	};
	return {
		...{ events: days('eventsDays'), reviews: days('reviewsDays'), rejections: days('rejectionsDays'), ledger: days('ledgerDays') },
		...{ activities: days('activitiesDays'), promises: days('promisesDays'), departures: days('departuresDays') },
	};
}

/** One transaction of the round that is under way, or due; undefined when neither is. */
async function tidyBatch(tx: StoreWriter, now: number, force: boolean): Promise<{ part: TidiedPart; removed: number } | undefined> {
	const round = openRound(force ? undefined : await tx.cursors.get(SCOPE), now);
	if (!round?.next) return undefined;
	const { part, after } = round.next;
	const days = retentionOf((await tx.models.current())?.model)[part];
	const before = days === null ? undefined : new Date(now - days * DAY_MS).toISOString();
	const { removed, rest } = before === undefined ? { removed: 0, rest: undefined } : await STEPS[part](tx, { before, after, at: new Date(now).toISOString() });
	const next = rest === undefined ? partAfter(part) : { part, after: rest };
	await tx.cursors.set(SCOPE, { startedAt: round.startedAt, next } satisfies Round, new Date(now).toISOString());
	return { part, removed };
}

/** The round to go on with, or a new one; undefined when the last one was done today. */
function openRound(saved: unknown, now: number): Round | undefined {
	const last = saved as Round | null | undefined;
	if (last?.next) return last;
	// A clock that was put back must not put the next round off for years.
	if (last && Math.abs(now - Date.parse(last.startedAt)) < DAY_MS) return undefined;
	return { startedAt: new Date(now).toISOString(), next: { part: TIDIED[0], after: null } };
}

function partAfter(part: TidiedPart): Round['next'] {
	const next = TIDIED[TIDIED.indexOf(part) + 1];
	return next === undefined ? null : { part: next, after: null };
}

/** How many went, and where the part goes on; undefined when it is done. */
type Step = (tx: StoreWriter, from: { before: string; after: unknown; at: string }) => Promise<{ removed: number; rest: unknown }>;

const STEPS: Record<TidiedPart, Step> = {
	events: async (tx, { before }) => whole(await tx.events.prune(before, BATCH)),
	reviews: async (tx, { before }) => whole(await tx.reviews.prune(before, BATCH)),
	rejections: async (tx, { before }) => whole(await tx.rejections.prune(before, BATCH)),
	ledger: async (tx, { before, after }) => {
		const { removed, last } = await tx.ledger.prune(before, after as LedgerPlace | null, PAGE);
		return { removed, rest: last ?? undefined };
	},
	activities: async (tx, { before, after }) => {
		const page = await tx.records.settledActivities(before, Number(after ?? 0), PAGE);
		const past = page.filter((record) => isPast(record, Date.parse(before)));
		const rebuild = await profilesToRebuild(tx, { puts: [], changed: past, assigned: { changed: new Set(), newcomers: new Set() } });
		await tx.records.forget(past.map(({ no }) => no));
		await tx.profiles.touch([...rebuild]);
		return { removed: past.length, rest: page.at(-1)?.no };
	},
	promises: async (tx, { before, at }) => {
		const promises = await tx.promises.promisedBefore(before, PAGE);
		await settlePromises(tx, promises, at);
		// Those of which no ID is promised are left when all promises are settled.
		const places = promises.length > 0 ? [] : await tx.promises.placedBefore(before, PAGE);
		await settlePlaces(tx, places, at);
		return { removed: promises.length, rest: promises.length + places.length > 0 ? null : undefined };
	},
	departures: async (tx, { before, after }) => {
		const { removed, last } = await tx.departures.prune(before, after as DeparturePlace | null, PAGE);
		return { removed, rest: last ?? undefined };
	},
};

/** A full batch may not have been all. */
function whole(removed: number): { removed: number; rest: unknown } {
	return { removed, rest: removed < BATCH ? undefined : null };
}

/** Words for what is over; anything else may still be running. */
const OVER: Record<Activity['type'], readonly string[]> = {
	invoice: ['paid', 'failed', 'void', 'refunded'],
	subscription: ['canceled'],
	ticket: ['solved'],
};

function isPast({ activity, updatedAt }: StoredRecord, before: number): boolean {
	if (!activity || !OVER[activity.type].includes(activity.status)) return false;
	return Date.parse(activity.endedAt ?? activity.at) < before && Date.parse(updatedAt) < before;
}
