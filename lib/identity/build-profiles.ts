import type { Entity, IdentityModel, NewChangeEvent } from '../domain';
import { type IdentityStore, type StoredProfile, type StoreWriter, writeAgainIfLost } from '../store';
import { assembleProfiles, type Assembled } from './assemble';
import { currentModel } from './current-model';
import { finishFirstLoad } from './first-load';
import { GoldenBuilders, PARTS_AHEAD } from './golden-builders';
import type { MatchRun } from './match-run';
import { type Rebuilt, rebuilt } from './rebuilt';
import type { StepTimes } from './step-times';
import { workAhead } from './work-ahead';

/** One profile that Merge has built: what changed, in names. */
export interface BuiltProfile {
	canonicalId: string;
	entity: Entity;
	change: 'created' | 'changed' | 'unchanged';
	/** Names of attributes, metrics and the like that differ from before. */
	changes: string[];
	segments: string[];
	records: number;
}

export interface BuildOptions {
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: () => number;
	/** Profiles a transaction; a stop loses at most the one under way, and what is left is still marked. */
	batchSize?: number;
	/** What this run has in memory already, and where it counts its time. */
	run?: MatchRun;
	onBatch?: (built: readonly BuiltProfile[]) => void | Promise<void>;
	/** That make golden records beside this one where very many wait for their first; 0 where left out. */
	threads?: number;
}

/** Fewer profiles than this are built before another thread has begun. */
const FEW = 2000;
/** Profiles a transaction, and of them so many at a time, where threads work on those that come next. */
const BATCH_OF_THREADS = 4000;
const PART_OF_THREADS = 200;
/** Characters of records that a thread is given at a time: a person can have very many copies, and the thread's memory is bounded. */
const MOST_FOR_THREAD = 4_000_000;
/** Profiles that are in memory at a time elsewhere. */
const PART = 500;

/**
 * Builds the golden records of everything that is marked, batch by batch, until nothing is: what Match touched, what a stop left over,
 * and profiles whose time-based figures have run out. Building again changes nothing and appends no event.
 */
export async function buildProfiles(store: IdentityStore, options: BuildOptions): Promise<{ built: number; changed: number }> {
	const { batchSize = options.threads ? BATCH_OF_THREADS : PART, run, threads = 0 } = options;
	const builders = new GoldenBuilders(threads);
	let [built, changed] = [0, 0];
	try {
		for (;;) {
			const now = options.now();
			const batch = await writeAgainIfLost(store, async (tx) => {
				const model = await currentModel(tx, options.systems, new Date(now).toISOString());
				await finishFirstLoad(tx, model, now);
				const waiting = await tx.profiles.waiting(new Date(now).toISOString(), batchSize);
				await builders.useFor(waiting.length < FEW || (await tx.records.haveLinks()) ? undefined : model);
				return waiting.length === 0 ? [] : buildBatch(tx, waiting, { model: model.model, now, builders, steps: run?.steps });
			});
			built += batch.length;
			changed += batch.filter(({ change }) => change !== 'unchanged').length;
			if (batch.length > 0) await options.onBatch?.(batch);
			// A batch that is not full was the last that waited.
			if (batch.length < batchSize) return { built, changed };
		}
	} finally {
		await builders.close();
	}
}

interface Building {
	model: IdentityModel;
	/** Milliseconds since 1970. */
	now: number;
	builders: GoldenBuilders;
	steps: StepTimes | undefined;
}

async function buildBatch(tx: StoreWriter, profiles: readonly StoredProfile[], building: Building): Promise<BuiltProfile[]> {
	const { builders, steps, now } = building;
	const all: BuiltProfile[] = [];
	const size = builders.threads === 0 ? PART : PART_OF_THREADS;
	const parts = Array.from({ length: Math.ceil(profiles.length / size) }, (_, index) => profiles.slice(index * size, (index + 1) * size));
	const rebuild = (part: readonly StoredProfile[]) => {
		steps?.enter('survivorship');
		return rebuildPart(tx, part, building);
	};
	for await (const { item: part, result } of workAhead(parts, rebuild, () => 2 * builders.threads * PARTS_AHEAD + 1, () => steps?.enter('survivorship'))) {
		steps?.enter('write');
		for (const one of await save(tx, part, result, new Date(now).toISOString())) all.push(one);
	}
	return all;
}

/** In the order of the profiles. */
async function rebuildPart(tx: StoreWriter, profiles: readonly StoredProfile[], { model, now, builders }: Building): Promise<Rebuilt[]> {
	const nos = profiles.map(({ no }) => no);
	if (builders.hasTime() && profiles.every(({ golden }) => golden === null)) {
		const texts = await tx.records.textsOfProfiles(nos);
		if (texts.reduce((length, { content }) => length + content.length, 0) <= MOST_FOR_THREAD) return builders.build(profiles, texts, now);
	}
	const assembled = await assembleProfiles(tx, profiles, model, now);
	return profiles.map((profile) => rebuilt(profile, assembled.get(profile.no) as Assembled));
}

async function save(tx: StoreWriter, profiles: readonly StoredProfile[], results: readonly Rebuilt[], at: string): Promise<BuiltProfile[]> {
	const pairs = profiles.map((profile, index) => ({ profile, next: results[index] as Rebuilt }));
	// They stay as if they had never waited: should their records come back, they are built for the first time then.
	await tx.profiles.unmark(pairs.flatMap(({ profile, next }) => (isStillborn(profile, next) ? [profile.no] : [])));
	const living = pairs.filter(({ profile, next }) => !isStillborn(profile, next));
	const events = living.flatMap(({ profile, next }) => eventsOf(profile, next, at).map((event) => ({ no: profile.no, event })));
	const seqs = await tx.events.append(events.map(({ event }) => event));
	const revisions = new Map<number, number>();
	events.forEach(({ no }, index) => revisions.set(no, seqs[index] as number));
	await tx.profiles.saveGolden(
		living.map(({ profile: { no }, next: { golden, companies, name, home, staleAt, searchText } }) => {
			const revision = revisions.get(no);
			return { no, golden, companies, name, home, staleAt, searchText, ...(revision !== undefined && { changed: { revision, at } }) };
		}),
	);
	return pairs.map(({ profile, next }) => ({
		canonicalId: profile.canonicalId,
		entity: profile.entity,
		change: isStillborn(profile, next) ? 'unchanged' : profile.golden === null ? 'created' : next.changes.length > 0 ? 'changed' : 'unchanged',
		changes: isStillborn(profile, next) ? [] : next.changes,
		segments: next.segments.map(({ name }) => name),
		records: next.records,
	}));
}

function eventsOf(profile: StoredProfile, next: Rebuilt, at: string): NewChangeEvent[] {
	const base = { canonicalId: profile.canonicalId, entity: profile.entity, at };
	const events: NewChangeEvent[] = [];
	if (profile.golden === null) events.push({ ...base, type: 'profile.created', data: { attributes: next.changes } });
	else if (next.changes.length > 0) events.push({ ...base, type: 'profile.changed', data: { attributes: next.changes } });
	const before = new Set(profile.golden?.segments.map(({ name }) => name));
	const after = new Set(next.segments.map(({ name }) => name));
	for (const { name, reason } of next.segments) {
		if (!before.has(name)) events.push({ ...base, type: 'segment.entered', data: { segment: name, reason } });
	}
	for (const name of before) if (!after.has(name)) events.push({ ...base, type: 'segment.left', data: { segment: name } });
	return events;
}

/** A profile that lost its records before it was built for the first time: nobody ever saw it. */
function isStillborn({ golden }: StoredProfile, next: Rebuilt): boolean {
	return golden === null && next.records === 0;
}
