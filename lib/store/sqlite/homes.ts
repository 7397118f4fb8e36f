import type { Entity } from '../../domain';
import type { HouseholdHolder } from '../interface';
import { without } from '../profile-links';
import { rowLimit } from '../row-limit';
import { fromStoredText, toStoredText } from '../text';
import type { Connection } from './connection';
import { HOLDER, toHolder, type HolderRow } from './profile-row';
import { makeRoom } from './recent-rows';

/** Who is found under a key, empty ones too. */
const NUMBERS = 'SELECT profile_no FROM homes WHERE key = ?1 UNION ALL SELECT profile_no FROM recent_homes WHERE key = ?1 LIMIT ?2 + 0';
const HOLDERS = `SELECT ${HOLDER} FROM json_each(?) n CROSS JOIN profiles p ON p.no = n.value CROSS JOIN goldens g ON g.no = p.no WHERE p.empty = 0`;
const HOLDERS_IN = (table: string) => `SELECT ${HOLDER}, h.entity AS first, h.profile_no AS second
	FROM ${table} h CROSS JOIN profiles p ON p.no = h.profile_no CROSS JOIN goldens g ON g.no = p.no WHERE h.key = ?1 AND p.empty = 0`;
/** Companies stand before people: `c` comes before `p`. */
const FIRST_HOLDERS = `${HOLDERS_IN('homes')} UNION ALL ${HOLDERS_IN('recent_homes')} ORDER BY first, second LIMIT ?2 + 0`;

type Row = [key: string, entity: Entity, no: number];
const ADD_KEYS = 'INSERT OR IGNORE INTO household_keys (key, entity, profile_no) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)';
const ADD_HOMES = 'INSERT INTO recent_homes (key, entity, profile_no) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)';

/** Which profiles have an address or telephone: what `household_keys` says of each profile, the other way round. */
export class SqliteHomes {
	constructor(private readonly db: Connection) {}

	/** Hardly anybody shares a home with others who are known, so numbers come first, and of those only whom nobody knows yet is read. */
	holders(keys: readonly string[], limit: number, least: number, known: ReadonlyMap<number, HouseholdHolder>): Map<string, HouseholdHolder[]> {
		const most = rowLimit(limit);
		const numbers = keys.map((key) => this.db.lists<[number]>(NUMBERS, toStoredText(key), most + 1).map(([no]) => no));
		const read = this.#read(numbers.flatMap((nos) => (nos.length < least || nos.length > most ? [] : nos.filter((no) => !known.has(no)))));
		const found = new Map<string, HouseholdHolder[]>();
		for (const [place, key] of keys.entries()) {
			const nos = numbers[place] as number[];
			if (nos.length === 0 || nos.length < least) continue;
			const holders = nos.length > most ? this.#first(toStoredText(key), most) : nos.flatMap((no) => known.get(no) ?? read.get(no) ?? []).sort(inOrder);
			if (holders.length > 0 && holders.length >= least) found.set(key, holders);
		}
		return found;
	}

	/** Those of its keys under which the profile is found, in order. */
	keysOf(no: number): string[] {
		const sql = `SELECT k.key FROM household_keys k WHERE k.profile_no = ? AND (
				EXISTS (SELECT 1 FROM homes h WHERE h.key = k.key AND h.entity = k.entity AND h.profile_no = k.profile_no)
				OR EXISTS (SELECT 1 FROM recent_homes h WHERE h.key = k.key AND h.entity = k.entity AND h.profile_no = k.profile_no)
			) ORDER BY k.key`;
		return this.db.lists<[string]>(sql, no).map(([key]) => fromStoredText(key));
	}

	counts(): { listed: number; found: number } {
		const sql = 'SELECT (SELECT count(*) FROM household_keys), (SELECT count(*) FROM homes) + (SELECT count(*) FROM recent_homes)';
		const [listed, found] = this.db.lists<[number, number]>(sql)[0] ?? [0, 0];
		return { listed, found };
	}

	/** Sets under which keys these profiles are found. One that is new was not found by any key before. */
	replace(profiles: readonly { no: number; entity: Entity; keys: readonly string[]; isNew: boolean }[]): void {
		const come: Row[] = [];
		for (const { no, entity, keys, isNew } of profiles) {
			const before = isNew ? [] : this.keysOf(no);
			for (const key of without(before, keys)) {
				this.db.run('DELETE FROM household_keys WHERE profile_no = ? AND key = ?', no, toStoredText(key));
				this.#remove(no, entity, toStoredText(key));
			}
			for (const key of without(keys, before).map(toStoredText)) {
				// Of a key that stands on one side only nothing is left behind.
				if (!isNew) this.#remove(no, entity, key);
				come.push([key, entity, no]);
			}
		}
		if (come.length === 0) return;
		this.db.run(ADD_KEYS, JSON.stringify(come));
		// In order, so that neighbours in the tree are written one after the other.
		come.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
		this.db.run(ADD_HOMES, JSON.stringify(come));
		makeRoom(this.db, 'homes', come.length);
	}

	removeProfile(no: number): void {
		for (const [key, entity] of this.db.lists<[string, Entity]>('SELECT key, entity FROM household_keys WHERE profile_no = ?', no)) this.#remove(no, entity, key);
		this.db.run('DELETE FROM household_keys WHERE profile_no = ?', no);
	}

	#first(key: string, limit: number): HouseholdHolder[] {
		return this.db.lists<HolderRow>(FIRST_HOLDERS, key, limit).map(toHolder);
	}

	#read(nos: readonly number[]): Map<number, HouseholdHolder> {
		if (nos.length === 0) return new Map();
		return new Map(this.db.lists<HolderRow>(HOLDERS, JSON.stringify([...new Set(nos)])).map((row) => [row[0], toHolder(row)]));
	}

	#remove(no: number, entity: Entity, key: string): void {
		for (const table of ['homes', 'recent_homes']) this.db.run(`DELETE FROM ${table} WHERE key = ? AND entity = ? AND profile_no = ?`, key, entity, no);
	}
}

/** Companies before people, then the older ones first. */
function inOrder(one: HouseholdHolder, other: HouseholdHolder): number {
	return one.entity === other.entity ? one.no - other.no : one.entity < other.entity ? -1 : 1;
}
