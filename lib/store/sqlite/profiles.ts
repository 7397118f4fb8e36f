import type { Entity, GoldenRecord } from '../../domain';
import { StoreError } from '../errors';
import type { ProfileWriter } from '../interface';
import { SqliteProfileReader } from './profile-reader';
import { toStoredText } from './text';
import { searchableText } from './text-search';
import type { Immediate } from './transaction';

export class SqliteProfiles extends SqliteProfileReader implements Immediate<ProfileWriter> {
	create(profiles: readonly { canonicalId: string; entity: Entity; at: string }[]): number[] {
		let mark = this.#lastMark();
		return profiles.map(({ canonicalId, entity, at }) => {
			const stored = toStoredText(canonicalId);
			if (this.db.get('SELECT 1 FROM canonical_ids WHERE canonical_id = ?', stored) !== undefined) {
				throw new StoreError('conflict', `The canonical ID ${canonicalId} was issued before and never is again; create the profile with a new one`);
			}
			mark += 1;
			const { lastNo } = this.db.run(
				`INSERT INTO profiles (canonical_id, entity, created_at, updated_at, revision, built, dirty_mark, empty) VALUES (?, ?, ?, ?, 0, 0, ?, 0)`,
				stored,
				entity,
				at,
				at,
				mark,
			);
			this.db.run('INSERT INTO canonical_ids (canonical_id, profile_no, retired) VALUES (?, ?, 0)', stored, lastNo);
			return lastNo;
		});
	}

	/** Pairs of one call may form a chain, in any order: with 3 into 2 and 2 into 1, everything leads to 1. */
	retire(pairs: readonly { from: number; into: number }[]): void {
		const successors = new Map<number, number>();
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
			for (const table of ['profile_search WHERE rowid', 'profile_segments WHERE profile_no', 'goldens WHERE no', 'profiles WHERE no']) {
				this.db.run(`DELETE FROM ${table} = ?`, from);
			}
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
	setEmpty(nos: readonly number[], empty: boolean): void {
		for (const no of nos) this.db.run('UPDATE profiles SET empty = ? WHERE no = ?', empty ? 1 : 0, no);
	}

	saveGolden(
		built: readonly {
			no: number;
			golden: GoldenRecord;
			companies: readonly string[];
			staleAt: string | null;
			searchText: string;
			changed?: { revision: number; at: string };
		}[],
	): void {
		for (const { no, golden, companies, staleAt, searchText, changed } of built) {
			const { changes } = this.db.run('UPDATE profiles SET built = 1, dirty_mark = NULL, stale_at = ? WHERE no = ?', staleAt, no);
			if (changes === 0) throw missing(no, 'built');
			if (changed) this.db.run('UPDATE profiles SET revision = ?, updated_at = ? WHERE no = ?', changed.revision, changed.at, no);
			this.#saveSegments(no, golden);
			this.#saveSearchText(no, searchableText(searchText));
			this.db.run(
				`INSERT INTO goldens (no, golden, companies, search_text) VALUES (?, ?, ?, ?)
				ON CONFLICT (no) DO UPDATE SET golden = excluded.golden, companies = excluded.companies, search_text = excluded.search_text`,
				no,
				JSON.stringify(golden),
				JSON.stringify(companies),
				searchableText(searchText),
			);
		}
	}

	setRevision(revisions: readonly { no: number; revision: number }[]): void {
		for (const { no, revision } of revisions) {
			const { changes } = this.db.run('UPDATE profiles SET revision = ? WHERE no = ?', revision, no);
			if (changes === 0) throw missing(no, 'given a revision');
		}
	}

	#saveSegments(no: number, golden: GoldenRecord): void {
		const gone = new Set(
			this.db.all<{ segment: string }>('SELECT segment FROM profile_segments WHERE profile_no = ?', no).map(({ segment }) => segment),
		);
		for (const { name } of golden.segments) {
			if (!gone.delete(name)) this.db.run('INSERT OR IGNORE INTO profile_segments (profile_no, segment) VALUES (?, ?)', no, name);
		}
		for (const segment of gone) this.db.run('DELETE FROM profile_segments WHERE profile_no = ? AND segment = ?', no, segment);
	}

	/** The index is the dearest part of a profile, so it is left alone where the text is what it was. */
	#saveSearchText(no: number, text: string): void {
		const before = this.db.get<{ search_text: string }>('SELECT search_text FROM goldens WHERE no = ?', no);
		if (before?.search_text === text) return;
		if (before) this.db.run('DELETE FROM profile_search WHERE rowid = ?', no);
		this.db.run('INSERT INTO profile_search (rowid, text) VALUES (?, ?)', no, text);
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
