import { countWrites } from '../../activate';
import type { Profile, RecordRef, Verdict } from '../../domain';
import {
	answer, buildProfiles, type DecisionContext, membersOf, mergeProfiles, pairOf, previewChange, type Preview, splitProfile, type Subject, undoDecision, type Undone, type UndoSubject,
} from '../../identity';
import { type IdentityStore, type StoredRecord, type StoreReader, type StoreWriter, toProfiles } from '../../store';
import { SYSTEMS } from '../../systems';
import type { Task } from '../task';

/** A change that a person makes to who is who. */
export type Change =
	| { change: 'answer'; subject: Subject; verdict: Verdict }
	/** Two profiles by canonical ID; `id` leads to what is left. */
	| { change: 'merge'; id: string; other: string }
	| { change: 'split'; id: string; records: readonly RecordRef[] }
	| { change: 'undo'; subject: UndoSubject };

export interface DecideInput {
	change: Change;
	context: DecisionContext;
}

export interface Decided {
	/** All profiles concerned as they are now. */
	canonicalIds: string[];
	profiles: Profile[];
	/** Of an undo. */
	undone?: Omit<Undone, 'canonicalIds'>;
}

/** Makes a change, and builds the profiles that it touched. */
export const decide: Task<DecideInput, Decided> = async (store, { change, context }) => {
	const { canonicalIds, undone } = await store.write((tx) => make(tx, change, context));
	await buildProfiles(store, { systems: context.systems, now: Date.now });
	return { canonicalIds, profiles: await profilesOf(store, canonicalIds), ...(undone && { undone }) };
};

export interface Previewed extends Pick<Preview, 'moves' | 'profiles'> {
	/** Records that each destination would get written. */
	writes: ReturnType<typeof countWrites>;
}

/** What a change would do, without keeping anything of it. */
export const previewDecision: Task<DecideInput, Previewed> = async (store, { change, context }) => {
	const { moves, profiles, before, after } = await previewChange(store, (tx) => subjectsOf(tx, change), (tx) => make(tx, change, context), context);
	const destinations = Object.values(SYSTEMS).flatMap(({ id, destinations: objects }) => Object.entries(objects).map(([object, definition]) => ({ system: id, object, definition })));
	return { moves, profiles, writes: countWrites(destinations, before, after) };
};

async function make(tx: StoreWriter, change: Change, context: DecisionContext): Promise<{ canonicalIds: string[]; undone?: Decided['undone'] }> {
	if (change.change === 'answer') return { canonicalIds: await answer(tx, change.subject, change.verdict, context) };
	if (change.change === 'merge') {
		await mergeProfiles(tx, change.id, change.other, context);
		return { canonicalIds: [change.id] };
	}
	if (change.change === 'split') return { canonicalIds: [...new Set([change.id, ...(await splitProfile(tx, change.id, change.records, context))])] };
	const { canonicalIds, ...undone } = await undoDecision(tx, change.subject, context);
	return { canonicalIds, undone };
}

/** Records that a change is about. */
async function subjectsOf(tx: StoreReader, change: Change): Promise<readonly StoredRecord[]> {
	const members = async (...ids: string[]) => (await Promise.all(ids.map((id) => membersOf(tx, id)))).flat();
	if (change.change === 'merge') return members(change.id, change.other);
	if (change.change === 'split') return members(change.id);
	const { subject } = change;
	if ('profiles' in subject) return members(...subject.profiles);
	return 'profile' in subject ? members(subject.profile) : pairOf(tx, subject, change.change === 'undo');
}

/** In the order of the IDs, each once. */
async function profilesOf(store: IdentityStore, ids: readonly string[]): Promise<Profile[]> {
	return store.read(async (tx) => {
		const found = await tx.profiles.byCanonicalId(ids);
		return toProfiles(tx, [...new Map(ids.flatMap((id) => found.get(id) ?? []).map((profile) => [profile.no, profile])).values()]);
	});
}
