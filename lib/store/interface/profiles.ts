import type { Entity, GoldenRecord, HouseholdTraits, ProfileName } from '../../domain';
import type { PackedGolden } from '../packed-golden';

/** A profile's row. `golden` is null until Merge has built it for the first time. */
export interface StoredProfile {
	/** Grows with age: of two profiles the smaller number is the older. */
	no: number;
	canonicalId: string;
	entity: Entity;
	createdAt: string;
	updatedAt: string;
	/** Sequence number of its last change event. */
	revision: number;
	golden: GoldenRecord | null;
	companies: string[];
	/** What people call it; empty until Merge has built it. */
	name: string;
	home: HouseholdTraits;
	/** Its inputs changed since `golden` was built. */
	dirty: boolean;
	/** ISO 8601: time-based metrics have to be rebuilt from then on; null when none is. */
	staleAt: string | null;
	/** No record is left (all deleted, or erased). The ID still resolves. */
	empty: boolean;
}

/** A profile without what Merge built. */
export type ProfileHead = Omit<StoredProfile, 'golden' | 'companies' | 'name' | 'home'>;

/** A profile as far as households need it. */
export type HouseholdHolder = Pick<StoredProfile, 'no' | 'canonicalId' | 'entity' | 'name' | 'companies' | 'home'>;

/** People of a company: the oldest profiles of them, and how many there are in all. */
export interface CompanyPeople {
	people: ProfileName[];
	total: number;
}

/** Both in order. */
export interface ProfileLinks {
	householdKeys: string[];
	companies: string[];
}

export interface ProfileReader {
	byNo(nos: readonly number[]): Promise<StoredProfile[]>;
	/** Profiles of the records that hold one of these keys, oldest first. */
	byKeys(keys: readonly string[]): Promise<StoredProfile[]>;
	/** As `byNo`, without what Merge built. */
	heads(nos: readonly number[]): Promise<ProfileHead[]>;
	/** Resolves current and retired canonical IDs, keyed by the ID as asked. */
	byCanonicalId(ids: readonly string[]): Promise<Map<string, StoredProfile>>;
	/** To which ID each of these leads now: itself, or that of the profile it was retired to. Those that were never issued are left out. */
	currentIds(ids: readonly string[]): Promise<Map<string, string>>;
	/** Retired IDs that lead to these profiles, keyed by profile number. */
	aliases(nos: readonly number[]): Promise<Map<number, string[]>>;
	/** Profiles that Merge has to build, oldest mark first: touched ones, and those with `staleAt <= now`. */
	waiting(now: string, limit: number): Promise<StoredProfile[]>;
	/** Built profiles of one entity with `revision > after`, in order of revision. Empty ones are left out. */
	changedSince(entity: Entity, after: number, limit: number): Promise<StoredProfile[]>;
	/** Text search over names, emails, phones and companies; every word must occur, each as a prefix. Best first. */
	search(query: string, entity: Entity | undefined, limit: number): Promise<StoredProfile[]>;
	/**
	 * Profiles with these household keys, by key: companies first, then the older ones first, at most `limit` for a key. Empty ones are left out,
	 * and so are keys with fewer profiles than `least`, 1 unless told otherwise.
	 * @param known by number, as this transaction has read them and not empty: given back as they are, and need not be read again
	 */
	ofHouseholds(keys: readonly string[], limit: number, least?: number, known?: ReadonlyMap<number, HouseholdHolder>): Promise<Map<string, HouseholdHolder[]>>;
	/** People whose profiles name these companies, by the company's number; every company asked for has an entry. */
	ofCompanies(companyNos: readonly number[], limit: number): Promise<Map<number, CompanyPeople>>;
	/** Under what each of these is found by `ofHouseholds` and `ofCompanies`; every profile asked for has an entry. */
	linksOf(nos: readonly number[]): Promise<Map<number, ProfileLinks>>;
	/** How many household keys profiles have, and under how many they are found: the same number, for checks. */
	countHomes(): Promise<{ listed: number; found: number }>;
	scan(afterNo: number, limit: number): Promise<StoredProfile[]>;
	/** As `scan`, without what Merge built. */
	scanHeads(afterNo: number, limit: number): Promise<ProfileHead[]>;
	/** Every retired ID with the profile it leads to, in order of ID. */
	scanAliases(afterId: string, limit: number): Promise<{ canonicalId: string; profileNo: number }[]>;
	/** Profiles that are not empty, by entity, and how many of each segment. */
	counts(): Promise<{ profiles: Record<Entity, number>; segments: Record<string, number>; waiting: number }>;
}

export interface ProfileWriter extends ProfileReader {
	/**
	 * Creates profiles without golden record, marked as touched; numbers ascend in the order given. An ID that is promised may be a retired one until then.
	 * @throws StoreError `conflict` for an ID that was issued before
	 */
	create(profiles: readonly { canonicalId: string; entity: Entity; at: string }[]): Promise<number[]>;
	/** Retires `from`: its ID, and all aliases that led to it, now lead to `into`; its row is gone. */
	retire(pairs: readonly { from: number; into: number }[]): Promise<void>;
	/** Marks profiles for Merge. */
	touch(nos: readonly number[]): Promise<void>;
	/** Takes the marks of profiles away without building them. */
	unmark(nos: readonly number[]): Promise<void>;
	/** Marks profiles as having no record left, or as having some again. */
	setEmpty(nos: readonly number[], empty: boolean): Promise<void>;
	/**
	 * Stores what Merge built and takes away the mark. `revision` and `updatedAt` change only where given.
	 * `searchText` is what `search` looks through.
	 */
	saveGolden(
		built: readonly {
			no: number;
			golden: GoldenRecord | PackedGolden;
			companies: readonly string[];
			name: string;
			home: HouseholdTraits;
			staleAt: string | null;
			searchText: string;
			changed?: { revision: number; at: string };
		}[],
	): Promise<void>;
	/** Sets the revision of profiles whose identity changed (merged, split) without a new golden record. */
	setRevision(revisions: readonly { no: number; revision: number }[]): Promise<void>;
}
