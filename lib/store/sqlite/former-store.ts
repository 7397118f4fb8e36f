import type { DecisionEntry, Entity, RecordRef } from '../../domain';
import type { Departure, NewPromise } from '../interface';
import { readAcknowledged } from '../ledger-row';
import { NUMBERED, type LastNumbers } from '../migrate-tables';
import { isDamage } from '../stored-json';
import { fromStoredText } from '../text';
import type { Connection } from './connection';
import { formerDecisions } from './former-decisions';
import { formerDepartures, formerPromises } from './former-promises';
import { SCHEMA_VERSION } from './migrations';
import { attempt, readableRows } from './readable-rows';

/** A profile, or what is left of one. */
export interface FormerProfile {
	no: number;
	canonicalId: string;
	entity: Entity;
}

/** A row of the ledger, texts as they are stored. */
export type FormerLedgerRow = readonly [
	id: number, destination: string, target: string, canonicalId: string, acknowledged: string, status: string, reason: string | null, attempts: number, at: string,
];

/** What could not be read. */
export interface Unread {
	ids: number;
	records: number;
	decisions: number;
	ledger: number;
}

/**
 * A store that gives way to a backup, to be read also where it is damaged. What can't be read is left out and counted.
 * Everything stands in the file itself, and nobody writes to it.
 */
export class FormerStore {
	readonly unread: Unread = { ids: 0, records: 0, decisions: 0, ledger: 0 };

	/** Numbers of profiles that could not be read, and whether IDs that were retired to any could not. */
	#lostProfiles = 0;
	#lostAliases = false;

	private constructor(private readonly db: Connection) {}

	/** The store behind the connection, or in words why it can't be read. */
	static of(db: Connection): FormerStore | string {
		const version = attempt(() => db.pragma('user_version'));
		if (version === SCHEMA_VERSION) return new FormerStore(db);
		if (version === 0) return 'it was empty';
		return version === undefined ? 'it is damaged' : `${version > SCHEMA_VERSION ? 'a newer' : 'an older'} release wrote it (version ${version})`;
	}

	/** All profiles with the IDs that were retired to them. */
	*profiles(): Generator<(FormerProfile & { aliases: string[] })[]> {
		const pages = readableRows<[number, unknown, unknown]>(this.db, 'no, canonical_id, entity FROM profiles', (numbers) => (this.#lostProfiles += numbers));
		for (const page of pages) {
			const whole = page.flatMap(([no, id, entity]) => (typeof id === 'string' && isEntity(entity) ? [{ no, canonicalId: fromStoredText(id), entity }] : []));
			this.#lostProfiles += page.length - whole.length;
			const aliases = this.#aliasesBetween((page[0]?.[0] ?? 0) - 1, page.at(-1)?.[0] ?? 0);
			yield whole.map((profile) => ({ ...profile, aliases: aliases.get(profile.no) ?? [] }));
		}
	}

	profile(no: number): FormerProfile | undefined {
		const [[id, entity] = []] = attempt(() => this.db.lists<[unknown, unknown]>('SELECT canonical_id, entity FROM profiles WHERE no = ?', no)) ?? [];
		return typeof id === 'string' && isEntity(entity) ? { no, canonicalId: fromStoredText(id), entity } : undefined;
	}

	/** Every ID with the number of its profile, from both ends up to what is damaged; to be asked for after all profiles. */
	*ids(): Generator<{ id: string; profileNo: number; retired: boolean }[]> {
		const walk = function* (db: Connection, sql: (after: boolean) => string) {
			for (let last: string | undefined; ; ) {
				const page = attempt(() => db.lists<[string, number, number]>(sql(last !== undefined), ...(last === undefined ? [] : [last])));
				if (!page) return true;
				if (page.length === 0) return false;
				yield page.map(([id, profileNo, retired]) => ({ id: fromStoredText(id), profileNo, retired: retired === 1 }));
				last = page.at(-1)?.[0];
			}
			return false;
		};
		const select = (where: string, order: string) => `SELECT canonical_id, profile_no, retired FROM canonical_ids ${where} ORDER BY canonical_id ${order} LIMIT 100`;
		const isCut = yield* walk(this.db, (after) => select(after ? 'WHERE canonical_id > ?' : '', ''));
		if (!isCut) return;
		yield* walk(this.db, (after) => select(after ? 'WHERE canonical_id < ?' : '', 'DESC'));
		if (this.#lostProfiles > 0 || this.#lostAliases) this.unread.ids = Math.max(this.#lostProfiles, 1);
	}

	/** People and companies of these profiles, by profile. */
	recordsOf(profileNos: readonly number[]): Map<number, RecordRef[]> {
		const found = new Map<number, RecordRef[]>();
		const sql = "SELECT profile_no, system, object, source_id FROM records WHERE profile_no = ? AND deleted = 0 AND kind <> 'activity'";
		const unread = new Set<number>();
		for (const no of profileNos) {
			const rows = attempt(() => this.db.lists<[number, string, string, string]>(sql, no));
			if (rows) for (const row of rows) note(found, row);
			else unread.add(no);
		}
		// The index that leads to them is damaged, or one of them: read one after the other.
		if (unread.size > 0) {
			const from = 'no, profile_no, system, object, source_id FROM records';
			const pages = readableRows<[number, number, string, string, string]>(this.db, from, (numbers) => (this.unread.records += numbers));
			for (const page of pages) for (const [, ...row] of page) if (unread.has(row[0])) note(found, row);
		}
		return found;
	}

	/** IDs for whose records this store was still waiting itself. */
	promises(): NewPromise[] {
		return formerPromises(this.db);
	}

	/** Records that left their profiles, with the IDs that these had, by the time when they left. */
	departures(): Map<string, Departure[]> {
		return formerDepartures(this.db);
	}

	/** Every decision and withdrawal, the oldest first. */
	decisions(): DecisionEntry[] {
		return formerDecisions(this.db, (rows) => (this.unread.decisions += rows));
	}

	/** What destinations hold, as far as this store knew. */
	*ledger(): Generator<FormerLedgerRow[]> {
		const from = 'id, destination, target, canonical_id, acknowledged, status, reason, attempts, at FROM ledger';
		for (const page of readableRows<FormerLedgerRow>(this.db, from, (numbers) => (this.unread.ledger += numbers))) {
			const whole = page.filter((row) => this.#isWhole(row));
			this.unread.ledger += page.length - whole.length;
			yield whole;
		}
	}

	/** The last number that was given to a row of each table; undefined where that can't be read. */
	lastNumbers(): LastNumbers | undefined {
		const rows = attempt(() => this.db.lists<[string, number]>('SELECT name, seq FROM sqlite_sequence'));
		if (!rows) return undefined;
		const given = new Map(rows);
		return Object.fromEntries(NUMBERED.map((name) => [name, given.get(name) ?? 0])) as LastNumbers;
	}

	/** The newest version of the identity model; 0 where there is none, or it can't be read. */
	modelVersion(): number {
		return attempt(() => this.db.lists<[number | null]>('SELECT max(version) FROM models'))?.[0]?.[0] ?? 0;
	}

	#aliasesBetween(after: number, upTo: number): Map<number, string[]> {
		const found = new Map<number, string[]>();
		const sql = 'SELECT profile_no, canonical_id FROM canonical_ids WHERE retired = 1 AND profile_no > ? AND profile_no <= ?';
		// Where they can't be read this way, the walk through all IDs still meets them.
		const rows = attempt(() => this.db.lists<[number, string]>(sql, after, upTo));
		this.#lostAliases ||= rows === undefined;
		for (const [no, id] of rows ?? []) {
			const list = found.get(no);
			if (list) list.push(fromStoredText(id));
			else found.set(no, [fromStoredText(id)]);
		}
		return found;
	}

	#isWhole([, destination, target, canonicalId, acknowledged]: FormerLedgerRow): boolean {
		try {
			readAcknowledged({ destination, target: fromStoredText(target), acknowledged });
			return typeof canonicalId === 'string';
		} catch (error) {
			if (isDamage(error)) return false;
			throw error;
		}
	}
}

function isEntity(value: unknown): value is Entity {
	return value === 'person' || value === 'company';
}

function note(found: Map<number, RecordRef[]>, [no, system, object, sourceId]: readonly [number, string, string, string]): void {
	const ref = { system, object, sourceId: fromStoredText(sourceId) };
	const list = found.get(no);
	if (list) list.push(ref);
	else found.set(no, [ref]);
}
