import { type Entity, type GoldenRecord, type Profile, type RecordRef } from '../domain';
import { toProfiles, type IdentityStore, type StoredProfile, type StoredRecord, type StoreReader, type StoreWriter } from '../store';
import { assembleProfiles } from './assemble';
import { RecordCache } from './record-cache';
import { currentModel } from './current-model';
import type { DecisionContext } from './decide';
import { refuseWhileLoading } from './first-load';
import { connectedTo } from './recluster';
import { profilesToRebuild } from './rebuild-scope';

/** What a change would do to one profile. */
export interface PreviewedProfile {
	/** Null for a profile that would be new: its ID is made when the change is. */
	canonicalId: string | null;
	entity: Entity;
	/** `retired`: its ID would lead to another profile. */
	change: 'created' | 'changed' | 'retired';
	records: { before: number; after: number };
	/** Values of the golden record that would be others; null where there is none. */
	values: { name: string; before: unknown; after: unknown }[];
	segmentsEntered: string[];
	segmentsLeft: string[];
}

export interface Preview {
	/** Records that would belong to another profile; null is a new one. */
	moves: { record: RecordRef; from: string | null; to: string | null }[];
	/** Profiles in which something would be different, companies and people of the moved records included. */
	profiles: PreviewedProfile[];
	/** Complete profiles as they are and as they would be, for what follows from them. */
	before: Profile[];
	after: Profile[];
}

class RolledBack extends Error {}

/**
 * Works out what a change would do, without keeping any of it: the change is made in a write transaction, its results are read there, and the
 * transaction is rolled back. So it takes its turn among writers and is exactly what the change itself would do at this moment.
 * @param subjects records that the change is about; looked at are all that evidence and decisions connect with them
 * @param change as it would run; what it throws is thrown here
 */
export async function previewChange(
	store: IdentityStore,
	subjects: (tx: StoreReader) => Promise<readonly StoredRecord[]>,
	change: (tx: StoreWriter) => Promise<unknown>,
	context: Pick<DecisionContext, 'systems' | 'now'>,
): Promise<Preview> {
	let preview: Preview | undefined;
	const rollBack = new RolledBack();
	try {
		await store.write(async (tx) => {
			await refuseWhileLoading(tx);
			const { model } = await currentModel(tx, context.systems, new Date(context.now).toISOString());
			const look = async (nos: readonly number[]) => {
				const stored = (await tx.profiles.byNo(nos)).filter(({ empty }) => !empty);
				const assembled = await assembleProfiles(tx, stored, model, context.now);
				const built = stored.map((profile): StoredProfile => ({ ...profile, golden: assembled.get(profile.no)?.golden ?? null, companies: assembled.get(profile.no)?.companies ?? [] }));
				return { nos: stored.map(({ no }) => no), profiles: await toProfiles(tx, built) };
			};
			const members = (await connectedTo(tx, (await subjects(tx)).map(({ no }) => no), model, new RecordCache())).map(({ no }) => no);
			const recordsBefore = await tx.records.byNo(members);
			const scopeBefore = await scopeOf(tx, recordsBefore);
			const before = await look(scopeBefore);
			await change(tx);
			const recordsAfter = await tx.records.byNo(members);
			const after = await look([...new Set([...scopeBefore, ...(await scopeOf(tx, recordsAfter))])].sort((x, y) => x - y));
			preview = compare(before, after, recordsBefore, recordsAfter);
			throw rollBack;
		});
	} catch (error) {
		if (error !== rollBack) throw error;
	}
	if (!preview) throw new Error('The preview came to no result.');
	return preview;
}

/** Profiles of these records, of their companies, and of the people of these companies. */
async function scopeOf(tx: StoreReader, records: readonly StoredRecord[]): Promise<number[]> {
	const own = new Set(records.flatMap(({ profileNo }) => profileNo ?? []));
	return [...(await profilesToRebuild(tx, { puts: [], changed: records, assigned: { changed: own, newcomers: new Set() } }))].sort((x, y) => x - y);
}

interface Look {
	nos: number[];
	profiles: Profile[];
}

function compare(before: Look, after: Look, recordsBefore: readonly StoredRecord[], recordsAfter: readonly StoredRecord[]): Preview {
	const idsBefore = new Map(before.nos.map((no, index) => [no, before.profiles[index]?.canonicalId ?? null]));
	const known = new Set(idsBefore.values());
	const idsAfter = new Map(after.nos.map((no, index) => [no, after.profiles[index]?.canonicalId ?? null]));
	const shown = (id: string | null | undefined) => (id !== undefined && known.has(id) ? id : null);
	const placeAfter = new Map(recordsAfter.map((record) => [record.no, record.profileNo]));
	const moves = recordsBefore.flatMap((record): Preview['moves'] => {
		const to = placeAfter.get(record.no) ?? null;
		if (to === record.profileNo) return [];
		const { system, object, sourceId } = record;
		const from = record.profileNo === null ? null : (idsBefore.get(record.profileNo) ?? null);
		return [{ record: { system, object, sourceId }, from, to: to === null ? null : shown(idsAfter.get(to)) }];
	});
	const pairs = new Map<number, { old?: Profile; next?: Profile }>();
	before.nos.forEach((no, index) => pairs.set(no, { old: before.profiles[index] }));
	after.nos.forEach((no, index) => pairs.set(no, { ...pairs.get(no), next: after.profiles[index] }));
	const profiles = [...pairs.values()].map((pair) => describe(pair)).filter(isDifferent);
	return { moves, profiles, before: before.profiles, after: after.profiles };
}

function describe({ old, next }: { old?: Profile; next?: Profile }): PreviewedProfile {
	const segmentsOf = (profile: Profile | undefined) => (profile?.segments ?? []).map(({ name }) => name);
	const [had, has] = [segmentsOf(old), segmentsOf(next)];
	return {
		canonicalId: old?.canonicalId ?? null,
		entity: (old ?? next)?.entity ?? 'person',
		change: old === undefined ? 'created' : next === undefined ? 'retired' : 'changed',
		records: { before: old?.records.length ?? 0, after: next?.records.length ?? 0 },
		values: old !== undefined && next === undefined ? [] : changedValues(old, next),
		segmentsEntered: has.filter((name) => !had.includes(name)),
		segmentsLeft: had.filter((name) => !has.includes(name)),
	};
}

function changedValues(old: Profile | undefined, next: Profile | undefined): PreviewedProfile['values'] {
	const [before, after] = [valuesOf(old), valuesOf(next)];
	const names = [...new Set([...before.keys(), ...after.keys()])].sort();
	return names
		.map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
		.filter((value) => JSON.stringify(value.before) !== JSON.stringify(value.after));
}

/** Attributes, metrics and consent by name, as plain values. */
function valuesOf(profile: Pick<GoldenRecord, 'attributes' | 'metrics' | 'consent'> | undefined): Map<string, unknown> {
	if (!profile) return new Map();
	return new Map<string, unknown>([
		...Object.entries(profile.attributes).map(([name, { value }]): [string, unknown] => [name, value]),
		...Object.entries(profile.metrics).map(([name, { value }]): [string, unknown] => [name, value]),
		...Object.entries(profile.consent).map(([purpose, { status }]): [string, unknown] => [`consent.${purpose}`, status]),
	]);
}

function isDifferent({ change, records, values, segmentsEntered, segmentsLeft }: PreviewedProfile): boolean {
	return change !== 'changed' || records.before !== records.after || values.length + segmentsEntered.length + segmentsLeft.length > 0;
}
