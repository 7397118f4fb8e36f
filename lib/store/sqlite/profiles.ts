import type { Entity, GoldenRecord, HouseholdTraits } from '../../domain';
import { StoreError } from '../errors';
import type { ProfileWriter } from '../interface';
import { goldenText, type PackedGolden } from '../packed-golden';
import { without } from '../profile-links';
import { SqliteHomes } from './homes';
import { SqliteProfileReader } from './profile-reader';
import { toStoredText } from '../text';
import { searchableText } from '../text-search';
import type { Immediate } from './transaction';

const ROWS_OF_A_PROFILE = [
	'profile_search WHERE rowid', 'profile_segments WHERE profile_no', 'company_people WHERE profile_no', 'goldens WHERE no', 'profiles WHERE no',
];

/** An ID is issued once; one that is promised may lead elsewhere until its records have a profile of their own. */
const ISSUE = `INSERT INTO canonical_ids (canonical_id, profile_no, retired) VALUES (?, ?, 0)
	ON CONFLICT (canonical_id) DO UPDATE SET profile_no = excluded.profile_no, retired = 0
	WHERE retired = 1 AND EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = excluded.canonical_id)`;

/** What stood there before Merge built a profile; of one that is built for the first time there is nothing to take away. */
interface Former {
	no: number;
	built: number;
	entity: Entity;
	search_text: string | null;
}
const FORMER = `SELECT p.no, p.built, p.entity, g.search_text
	FROM json_each(?) n CROSS JOIN profiles p ON p.no = n.value LEFT JOIN goldens g ON g.no = p.no`;

export class SqliteProfiles extends SqliteProfileReader implements Immediate<ProfileWriter> {
	create(profiles: readonly { canonicalId: string; entity: Entity; at: string }[]): number[] {
		let mark = this.#lastMark();
		return profiles.map(({ canonicalId, entity, at }) => {
			const stored = toStoredText(canonicalId);
			mark += 1;
			const { lastNo } = this.db.run(
				`INSERT INTO profiles (canonical_id, entity, created_at, updated_at, revision, built, dirty_mark, empty) VALUES (?, ?, ?, ?, 0, 0, ?, 0)`,
				stored,
				entity,
				at,
				at,
				mark,
			);
			const issued = this.db.run(ISSUE, stored, lastNo);
			if (issued.changes === 0) {
				throw new StoreError('conflict', `The canonical ID ${canonicalId} was issued before and never is again; create the profile with a new one`);
			}
			return lastNo;
		});
	}

	/** Pairs of one call may form a chain, in any order: with 3 into 2 and 2 into 1, everything leads to 1. */
	retire(pairs: readonly { from: number; into: number }[]): void {
		const [successors, homes] = [new Map<number, number>(), new SqliteHomes(this.db)];
		for (const { from, into } of pairs) {
			let heir = into;
			for (let next = successors.get(heir); next !== undefined; next = successors.get(heir)) heir = next;
			if (heir === from) throw new StoreError('conflict', `Profile number ${from} can't be retired into itself; name the profile that stays`);
			for (const no of [from, heir]) {
				if (this.db.get('SELECT 1 FROM profiles WHERE no = ?', no) === undefined) throw missing(no, 'merged');
			}
			this.db.run('UPDATE canonical_ids SET profile_no = ?, retired = 1 WHERE profile_no = ? AND retired = 1', heir, from);
			this.db.run(
				'UPDATE canonical_ids SET profile_no = ?, retired = 1 WHERE canonical_id = (SELECT canonical_id FROM profiles WHERE no = ?)',
				heir,
				from,
			);
			homes.removeProfile(from);
			for (const row of ROWS_OF_A_PROFILE) this.db.run(`DELETE FROM ${row} = ?`, from);
			successors.set(from, heir);
		}
	}

	/** A profile that waits already keeps its place; one that was retired meanwhile is passed over. */
	touch(nos: readonly number[]): void {
		let mark = this.#lastMark();
		for (const no of nos) {
			mark += 1;
			this.db.run('UPDATE profiles SET dirty_mark = ? WHERE no = ? AND dirty_mark IS NULL', mark, no);
		}
	}

	/** A profile that was retired meanwhile is passed over. */
	unmark(nos: readonly number[]): void {
		for (const no of nos) this.db.run('UPDATE profiles SET dirty_mark = NULL WHERE no = ?', no);
	}

	/** A profile that was retired meanwhile is passed over. */
	setEmpty(nos: readonly number[], empty: boolean): void {
		for (const no of nos) this.db.run('UPDATE profiles SET empty = ? WHERE no = ?', empty ? 1 : 0, no);
	}

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
	): void {
		const homes = new Map<number, Parameters<SqliteHomes['replace']>[0][number]>();
		const before = new Map(this.db.all<Former>(FORMER, JSON.stringify(built.map(({ no }) => no))).map((row) => [row.no, row]));
		for (const { no, golden, companies, name, home, staleAt, searchText, changed } of built) {
			const former = before.get(no);
			if (!former) throw missing(no, 'built');
			this.db.run(
				'UPDATE profiles SET built = 1, dirty_mark = NULL, stale_at = ?, revision = coalesce(?, revision), updated_at = coalesce(?, updated_at) WHERE no = ?',
				staleAt,
				changed?.revision ?? null,
				changed?.at ?? null,
				no,
			);
			const text = searchableText(searchText);
			this.#saveSegments(no, golden, former);
			this.#saveSearchText(no, text, former);
			this.#saveCompanies(no, companies, former);
			homes.set(no, { no, entity: former.entity, keys: home.keys, isNew: homes.get(no)?.isNew ?? former.built === 0 });
			this.db.run(
				`INSERT INTO goldens (no, golden, companies, name, home, search_text) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (no) DO UPDATE SET golden = excluded.golden, companies = excluded.companies, name = excluded.name,
					home = excluded.home, search_text = excluded.search_text`,
				no,
				goldenText(golden),
				JSON.stringify(companies),
				name,
				JSON.stringify(home),
				text,
			);
			before.set(no, { ...former, built: 1, search_text: text });
		}
		new SqliteHomes(this.db).replace([...homes.values()]);
	}

	setRevision(revisions: readonly { no: number; revision: number }[]): void {
		for (const { no, revision } of revisions) {
			const { changes } = this.db.run('UPDATE profiles SET revision = ? WHERE no = ?', revision, no);
			if (changes === 0) throw missing(no, 'given a revision');
		}
	}

	#saveSegments(no: number, golden: Pick<GoldenRecord, 'segments'>, { built }: Former): void {
		const before = built === 0 ? [] : this.db.all<{ segment: string }>('SELECT segment FROM profile_segments WHERE profile_no = ?', no);
		const gone = new Set(before.map(({ segment }) => segment));
		for (const { name } of golden.segments) {
			if (!gone.delete(name)) this.db.run('INSERT OR IGNORE INTO profile_segments (profile_no, segment) VALUES (?, ?)', no, name);
		}
		for (const segment of gone) this.db.run('DELETE FROM profile_segments WHERE profile_no = ? AND segment = ?', no, segment);
	}

	/** The index is the dearest part of a profile, so it is left alone where the text is what it was. */
	#saveSearchText(no: number, text: string, { search_text: before }: Former): void {
		if (before === text) return;
		if (before !== null) this.db.run('DELETE FROM profile_search WHERE rowid = ?', no);
		this.db.run('INSERT INTO profile_search (rowid, text) VALUES (?, ?)', no, text);
	}

	/** By what a profile is found from its companies. */
	#saveCompanies(no: number, companies: readonly string[], { built }: Former): void {
		const before = built === 0 ? [] : this.companiesOf(no);
		for (const id of without(before, companies)) this.db.run('DELETE FROM company_people WHERE profile_no = ? AND company_id = ?', no, toStoredText(id));
		for (const id of without(companies, before)) this.db.run('INSERT INTO company_people (profile_no, company_id) VALUES (?, ?)', no, toStoredText(id));
	}

	#lastMark(): number {
		const sql = 'SELECT dirty_mark FROM profiles WHERE dirty_mark IS NOT NULL ORDER BY dirty_mark DESC LIMIT 1';
		return this.db.get<{ dirty_mark: number }>(sql)?.dirty_mark ?? 0;
	}
}

function missing(no: number, what: string): StoreError {
	return new StoreError(
		'conflict',
		`Profile number ${no} can't be ${what}: the store has no such profile (it may have been merged into another one meanwhile). Run the step again.`,
	);
}
