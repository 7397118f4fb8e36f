import type { Entity, GoldenRecord, NewChangeEvent, VersionedModel } from '../domain';
import type { IdentityStore, StoredProfile, StoreWriter } from '../store';
import { assembleProfiles, type Assembled } from './assemble';
import { currentModel } from './current-model';
import { finishFirstLoad } from './first-load';
import type { MatchRun } from './match-run';

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
}

/**
 * Builds the golden records of everything that is marked, batch by batch, until nothing is: what Match touched, what a stop left over,
 * and profiles whose time-based figures have run out. Building again changes nothing and appends no event.
 */
export async function buildProfiles(store: IdentityStore, options: BuildOptions): Promise<{ built: number; changed: number }> {
	let built = 0;
	let changed = 0;
	const { batchSize = 500 } = options;
	for (;;) {
		const now = options.now();
		const batch = await store.write(async (tx) => {
			const model = await currentModel(tx, options.systems, new Date(now).toISOString());
			await finishFirstLoad(tx, model, now);
			const waiting = await tx.profiles.waiting(new Date(now).toISOString(), batchSize);
			return waiting.length === 0 ? [] : buildBatch(tx, waiting, model, now, options.run);
		});
		built += batch.length;
		changed += batch.filter(({ change }) => change !== 'unchanged').length;
		if (batch.length > 0) await options.onBatch?.(batch);
		// A batch that is not full was the last that waited.
		if (batch.length < batchSize) return { built, changed };
	}
}

async function buildBatch(tx: StoreWriter, profiles: readonly StoredProfile[], { model }: VersionedModel, now: number, run?: MatchRun): Promise<BuiltProfile[]> {
	const at = new Date(now).toISOString();
	run?.steps.enter('survivorship');
	const assembled = await assembleProfiles(tx, profiles, model, now);
	const results = profiles.map((profile) => {
		const next = assembled.get(profile.no) as Assembled;
		return { profile, next, changes: visibleChanges(profile, next) };
	});
	run?.steps.enter('write');
	const events = results.flatMap(({ profile, next, changes }) => eventsOf(profile, next, changes, at).map((event) => ({ no: profile.no, event })));
	const seqs = await tx.events.append(events.map(({ event }) => event));
	const revisions = new Map<number, number>();
	events.forEach(({ no }, index) => revisions.set(no, seqs[index] as number));
	await tx.profiles.saveGolden(
		results.map(({ profile, next }) => {
			const revision = revisions.get(profile.no);
			return { no: profile.no, ...next, ...(revision !== undefined && { changed: { revision, at } }) };
		}),
	);
	return results.map(({ profile, next, changes }) => ({
		canonicalId: profile.canonicalId,
		entity: profile.entity,
		change: isStillborn(profile, next) ? 'unchanged' : profile.golden === null ? 'created' : changes.length > 0 ? 'changed' : 'unchanged',
		changes: isStillborn(profile, next) ? [] : changes,
		segments: next.golden.segments.map(({ name }) => name),
		records: next.golden.records.length,
	}));
}

/**
 * Names of what differs for those who use a profile: values, not where they come from. A record that only became newer
 * (as after our own write-back) changes the lineage and is no event.
 */
function visibleChanges(before: Pick<StoredProfile, 'golden' | 'companies'>, after: Assembled): string[] {
	if (before.golden === null) return differences(before, after);
	return differences({ ...before, golden: withoutLineage(before.golden) }, { ...after, golden: withoutLineage(after.golden) });
}

function withoutLineage(golden: GoldenRecord): GoldenRecord {
	const strip = <T extends { lineage: unknown[] }>(values: Record<string, T>) =>
		Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ...value, lineage: [] }]));
	return { ...golden, attributes: strip(golden.attributes), consent: strip(golden.consent) };
}

/** Names of everything that differs, lineage included; empty for a profile that is what it has to be. */
export function differences(before: Pick<StoredProfile, 'golden' | 'companies'>, after: Assembled): string[] {
	const old = before.golden;
	if (old === null) return [...Object.keys(after.golden.attributes), ...Object.keys(after.golden.metrics)];
	const differing = (x: Record<string, unknown>, y: Record<string, unknown>) =>
		[...new Set([...Object.keys(x), ...Object.keys(y)])].filter((name) => !equal(x[name], y[name]));
	return [
		...differing(old.attributes, after.golden.attributes),
		...differing(old.metrics, after.golden.metrics),
		...differing(old.consent, after.golden.consent).map((purpose) => `consent.${purpose}`),
		...(['identifiers', 'segments', 'records'] as const).filter((part) => !equal(old[part], after.golden[part])),
		...(equal(before.companies, after.companies) ? [] : ['companies']),
	];
}

function eventsOf(profile: StoredProfile, next: Assembled, changes: readonly string[], at: string): NewChangeEvent[] {
	const base = { canonicalId: profile.canonicalId, entity: profile.entity, at };
	const events: NewChangeEvent[] = [];
	if (isStillborn(profile, next)) return [];
	if (profile.golden === null) events.push({ ...base, type: 'profile.created', data: { attributes: changes } });
	else if (changes.length > 0) events.push({ ...base, type: 'profile.changed', data: { attributes: changes } });
	const before = segmentNames(profile.golden);
	const after = segmentNames(next.golden);
	for (const { name, reason } of next.golden.segments) {
		if (!before.has(name)) events.push({ ...base, type: 'segment.entered', data: { segment: name, reason } });
	}
	for (const name of before) if (!after.has(name)) events.push({ ...base, type: 'segment.left', data: { segment: name } });
	return events;
}

/** A profile that lost its records before it was built for the first time: nobody ever saw it. */
function isStillborn({ golden }: StoredProfile, next: Assembled): boolean {
	return golden === null && next.golden.records.length === 0;
}

function segmentNames(golden: GoldenRecord | null): Set<string> {
	return new Set(golden?.segments.map(({ name }) => name));
}

/** Deep equality of JSON values that does not mind the order of names. */
function equal(x: unknown, y: unknown): boolean {
	// Nearly always both are, and in the same order.
	return JSON.stringify(x) === JSON.stringify(y) || stable(x) === stable(y);
}

function stable(value: unknown): string {
	const sorted = JSON.stringify(value, (_, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1))) : part,
	) as string | undefined;
	return sorted ?? 'undefined';
}
