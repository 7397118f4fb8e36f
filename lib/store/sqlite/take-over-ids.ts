import { refKey, type Entity, type RecordRef } from '../../domain';
import type { Departure, NewPromise } from '../interface';
import { toStoredText } from '../text';
import type { Connection } from './connection';
import { SqliteDepartures } from './departures';
import type { FormerProfile, FormerStore } from './former-store';
import { SqliteProfiles } from './profiles';
import { SqlitePromises } from './promises';
import { SqliteRecords } from './records';

/** Profiles of one step. */
const BATCH = 1000;

/** What became of IDs that only the former store knew. */
export interface TakenIds {
	/** Wait for their records to be read again. */
	waiting: number;
	/** Lead to a profile at once. */
	leading: number;
	/** Have no record any more; they lead to an empty profile. */
	empty: number;
}

type Group = FormerProfile & { aliases: string[] };

/**
 * Keeps every ID that the former store issued and this one does not know: it is promised to the records that had it. Where these are here already,
 * or the profile to which it was retired is, it leads there at once.
 * @param copy in a transaction of the caller
 */
export class IdTakeover {
	readonly #profiles: SqliteProfiles;
	readonly #promises: SqlitePromises;
	readonly #departures: SqliteDepartures;
	readonly #records: SqliteRecords;
	#empty = 0;

	constructor(
		private readonly copy: Connection,
		private readonly former: FormerStore,
		private readonly at: string,
	) {
		this.#profiles = new SqliteProfiles(copy);
		this.#promises = new SqlitePromises(copy);
		this.#departures = new SqliteDepartures(copy);
		this.#records = new SqliteRecords(copy);
	}

	run(): TakenIds {
		const before = this.#counts();
		for (const page of this.former.profiles()) this.#take(page);
		this.#takeLeftOver();
		this.#takePromises();
		for (const [at, departures] of this.former.departures()) this.#takeDepartures(departures, at);
		const { issued, waiting } = this.#counts();
		return { waiting: waiting - before.waiting, leading: issued - before.issued - this.#empty, empty: this.#empty };
	}

	#take(groups: readonly Group[]): void {
		const known = this.#known(groups.flatMap(({ canonicalId, aliases }) => [canonicalId, ...aliases]));
		const unknown = groups.map((group) => ({ ...group, aliases: group.aliases.filter((id) => !known.has(id)) }));
		const [here, gone] = [unknown.filter(({ canonicalId }) => known.has(canonicalId)), unknown.filter(({ canonicalId }) => !known.has(canonicalId))];
		for (const { canonicalId, aliases, ...profile } of here) this.#retire({ ...profile, aliases }, known.get(canonicalId) as number);
		const records = this.former.recordsOf(groups.map(({ no }) => no));
		for (const { no, canonicalId } of here) this.#place(canonicalId, known.get(canonicalId) as number, records.get(no) ?? []);
		for (const { no, ...group } of gone) this.#promise({ ...group, age: no, records: records.get(no) ?? [] });
	}

	/** Records that the profile of this ID has got since. They may come after others have left it. */
	#place(canonicalId: string, profileNo: number, records: readonly RecordRef[]): void {
		const here = this.#records.headsByRef(records);
		this.#promises.place(records.filter((ref) => here.get(refKey(ref))?.profileNo !== profileNo).map((ref) => ({ ...ref, canonicalId })), this.at);
	}

	/** These IDs lead to a profile that is here. */
	#retire({ no, entity, aliases: [first, ...others] }: Omit<Group, 'canonicalId'>, profileNo: number): void {
		if (first === undefined) return;
		this.#promises.add([{ canonicalId: first, entity, age: no, aliases: others, records: [] }], this.at);
		this.#promises.keep([{ canonicalId: first, profileNo }]);
	}

	#promise(promise: NewPromise): void {
		const { canonicalId, entity, aliases, records } = promise;
		this.#promises.add([promise], this.at);
		if (records.length === 0) {
			const [profileNo = 0] = this.#profiles.create([{ canonicalId, entity, at: this.at }]);
			this.#profiles.setEmpty([profileNo], true);
			this.#promises.keep([{ canonicalId, profileNo }]);
			this.#empty += 1 + aliases.length;
			return;
		}
		const profileNo = this.#placeOf(promise);
		if (profileNo !== undefined) this.#promises.lead([{ canonicalId, profileNo }]);
	}

	/** The profile that has most of the records, where any of them is here; of equal ones that with the oldest record. */
	#placeOf({ records }: NewPromise): number | undefined {
		const sizes = new Map<number, { size: number; oldest: string }>();
		for (const record of this.#records.headsByRef(records).values()) {
			if (record.profileNo === null) continue;
			const name = `${record.firstSeenAt} ${refKey(record)}`;
			const { size, oldest } = sizes.get(record.profileNo) ?? { size: 0, oldest: name };
			sizes.set(record.profileNo, { size: size + 1, oldest: name < oldest ? name : oldest });
		}
		return [...sizes].sort(([, x], [, y]) => y.size - x.size || (x.oldest < y.oldest ? -1 : 1))[0]?.[0];
	}

	/** IDs that were not met with their profiles, because either can't be read this way. */
	#takeLeftOver(): void {
		const groups = new Map<number, string[]>();
		for (const page of this.former.ids()) {
			const known = this.#known(page.map(({ id }) => id), true);
			for (const { id, profileNo, retired } of page) {
				if (known.has(id)) continue;
				const ids = groups.get(profileNo) ?? [];
				groups.set(profileNo, retired ? [...ids, id] : [id, ...ids]);
			}
		}
		const left = [...groups].flatMap(([no, ids]): Group[] => {
			const [first] = ids;
			if (first === undefined) return [];
			const { canonicalId, entity } = this.former.profile(no) ?? { canonicalId: first, entity: entityIn(first) };
			return [{ no, canonicalId, entity, aliases: ids.filter((id) => id !== canonicalId) }];
		});
		for (let from = 0; from < left.length; from += BATCH) this.#take(left.slice(from, from + BATCH));
	}

	/** What the former store itself had promised and never got round to; one that is here is known since the backup. */
	#takePromises(): void {
		for (const { aliases, ...promise } of this.former.promises()) {
			const known = this.#known([promise.canonicalId, ...aliases], true);
			if (known.has(promise.canonicalId) || promise.records.length === 0) continue;
			this.#promise({ ...promise, aliases: aliases.filter((id) => !known.has(id)) });
		}
	}

	/** Of a record that is here what the backup says counts: it leaves its profile when its deletion is read again. */
	#takeDepartures(departures: readonly Departure[], at: string): void {
		const here = this.#records.headsByRef(departures);
		const away = departures.filter((one) => {
			const head = here.get(refKey(one));
			return head === undefined || head.profileNo === null || head.kind !== one.entity;
		});
		const known = this.#known(away.map(({ canonicalId }) => canonicalId), true);
		// Of a damaged store they may be all that is left to tell of an ID.
		const lost = new Map(away.flatMap(({ canonicalId, entity }) => (known.has(canonicalId) ? [] : [[canonicalId, entity] as const])));
		for (const [canonicalId, entity] of lost) this.#promise({ canonicalId, entity, age: 0, aliases: [], records: [] });
		this.#departures.add(away, at);
	}

	#counts(): { issued: number; waiting: number } {
		const sql = `SELECT (SELECT count(*) FROM canonical_ids),
			(SELECT count(*) FROM promised_ids p WHERE NOT EXISTS (SELECT 1 FROM canonical_ids i WHERE i.canonical_id = p.canonical_id))`;
		const [[issued, waiting] = [0, 0]] = this.copy.lists<[number, number]>(sql);
		return { issued, waiting };
	}

	/** Where these IDs lead, those that lead nowhere left out. @param promised whether promised ones are known, too; they are number 0 then */
	#known(ids: readonly string[], promised = false): Map<string, number> {
		const asked = JSON.stringify(ids.map(toStoredText));
		const sql = 'SELECT n.key, i.profile_no FROM json_each(?) n CROSS JOIN canonical_ids i ON i.canonical_id = n.value';
		const known = new Map(this.copy.lists<[number, number]>(sql, asked).map(([place, no]) => [ids[place] as string, no]));
		if (!promised) return known;
		const waiting = this.copy.lists<[number]>('SELECT n.key FROM json_each(?) n CROSS JOIN promised_ids p ON p.canonical_id = n.value', asked);
		for (const [place] of waiting) known.set(ids[place] as string, known.get(ids[place] as string) ?? 0);
		return known;
	}
}

/** An ID says what it is of. */
function entityIn(canonicalId: string): Entity {
	return canonicalId.startsWith('com_') ? 'company' : 'person';
}
