import { refKey } from '../domain';
import type { RecordHead, StoredRecord, StoreReader } from '../store';
import { choosePartOfEachProfile } from './choose-part';
import type { AllClusters } from './at-once/cluster-all';
import type { LoadedRecords } from './at-once/loaded-records';
import { type Crossing, crossingOf, type Whole } from './crossing';
import { NOTHING_BEFORE, whatTheyHad } from './promised-ids';
import type { ModelChange, ModelPreview, ProfilePart } from './train-preview';

const PAGE = 1000;

/** Says what would be different if these were the clusters. */
export async function describeChanges(tx: StoreReader, records: LoadedRecords, clusters: AllClusters, largest: number): Promise<ModelPreview> {
	const crossing = crossingOf(records.profiles, clusters.clusterOf);
	const [merges, splits] = [several(crossing.into), several(crossing.outOf)];
	const heirs = await heirsAmong(tx, records, crossing);
	const before = await openQuestions(tx);
	const after = new Set(clusters.questions.map(pairName));
	const asked = [...after].filter((pair) => !before.has(pair)).length;
	const closed = [...before].filter((pair) => !after.has(pair)).length;
	const { pairs } = crossing;
	const byHeir = (cluster: number) => heirs.get(cluster) ?? Infinity;
	const [named, parted] = [inOrder(merges, byHeir, (profile) => profile).slice(0, largest), inOrder(splits, (profile) => profile, byHeir).slice(0, largest)];

	const examples = [...named, ...parted].flatMap(({ parts }) => parts.map(({ example }) => records.nos[example] as number));
	const names = new Map((await tx.records.byNo([...new Set(examples)])).map((record) => [record.no, nameOf(record)]));
	const profiles = [...named.flatMap(({ parts }) => parts.map(({ of }) => of)), ...parted.map(({ of }) => of), ...heirs.values()];
	const ids = new Map((await tx.profiles.heads([...new Set(profiles)])).map(({ no, canonicalId }) => [no, canonicalId]));
	const idOf = (profile: number | undefined) => (profile === undefined ? null : (ids.get(profile) ?? null));
	const idOfCluster = (cluster: number) => idOf(heirs.get(cluster));
	const inWords = ({ of, records: size, parts }: Whole, whole: (of: number) => string | null, part: (of: number) => string | null): ModelChange => {
		const own = parts.map((one): ProfilePart => ({ canonicalId: part(one.of), name: names.get(records.nos[one.example] as number) ?? '', records: one.records }));
		return { canonicalId: whole(of), name: own[0]?.name ?? '', records: size, entity: records.entity(parts[0]?.example ?? 0), parts: own };
	};
	return {
		records: records.size,
		profiles: { before: crossing.profiles, after: clusters.sizes.length },
		pairs: { before: pairs.before, after: pairs.after, joined: pairs.after - pairs.both, parted: pairs.before - pairs.both },
		merges: merges.length,
		splits: splits.length,
		questions: { before: before.size, after: after.size, asked, closed },
		largestMerges: named.map((one) => inWords(one, idOfCluster, idOf)),
		largestSplits: parted.map((one) => inWords(one, idOf, idOfCluster)),
	};
}

function several(wholes: readonly Whole[]): Whole[] {
	return wholes.filter(({ parts }) => parts.length > 1);
}

/** The largest first, and so their parts; of equal ones the older profile. */
function inOrder(wholes: readonly Whole[], age: (of: number) => number, ageOfPart: (of: number) => number): Whole[] {
	const sorted = <T extends { of: number; records: number }>(list: readonly T[], ageOf: (of: number) => number) =>
		[...list].sort((x, y) => y.records - x.records || compareAges(ageOf(x.of), ageOf(y.of)) || x.of - y.of);
	return sorted(wholes, age).map((whole) => ({ ...whole, parts: sorted(whole.parts, ageOfPart) }));
}

/** Those without an age, which are new, come last. */
function compareAges(x: number, y: number): number {
	return x === y ? 0 : x < y ? -1 : 1;
}

/** By cluster: the profile whose ID it would have; clusters that would be new profiles are left out. Of those that don't cross nothing is said. */
async function heirsAmong(tx: StoreReader, records: LoadedRecords, { crossed }: Crossing): Promise<Map<number, number>> {
	const heads = new Map<number, RecordHead>();
	const nos = [...crossed.values()].flat().map((place) => records.nos[place] as number);
	for (let from = 0; from < nos.length; from += PAGE) for (const head of await tx.records.heads(nos.slice(from, from + PAGE))) heads.set(head.no, head);
	const clusters = [...crossed];
	const before = (await tx.promises.any()) ? await whatTheyHad(tx, heads, true) : NOTHING_BEFORE;
	const keepers = choosePartOfEachProfile(heads, clusters.map(([, places]) => places.map((place) => records.nos[place] as number)), before);
	const heirs = new Map<number, number>();
	for (const [profile, index] of keepers) {
		const [cluster] = clusters[index] as (typeof clusters)[number];
		heirs.set(cluster, Math.min(profile, heirs.get(cluster) ?? Infinity));
	}
	return heirs;
}

async function openQuestions(tx: StoreReader): Promise<Set<string>> {
	const questions = new Set<string>();
	for (;;) {
		const page = await tx.reviews.open(PAGE, questions.size);
		if (page.length === 0) return questions;
		for (const task of page) questions.add(pairName(task));
	}
}

function pairName({ a, b }: { a: number; b: number }): string {
	return `${Math.min(a, b)}-${Math.max(a, b)}`;
}

/** What a person or company is called; the reference of a record without a name. */
function nameOf(record: StoredRecord): string {
	const first = (attribute: string) => {
		const value = record.attributes[attribute]?.find(({ valid }) => valid)?.value;
		return value === undefined ? [] : [String(value)];
	};
	const name = record.kind === 'company' ? first('company_name') : [...first('given_name'), ...first('family_name')];
	return name.length > 0 ? name.join(' ') : refKey(record);
}
