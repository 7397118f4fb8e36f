import { DatabaseSync } from 'node:sqlite';
import { CliError } from '../cli-error';
import type { Kind } from '../columns/fields';

/** What has to be remembered of an input row until its canonical ID can be written. */
export interface LedgerRow {
	/** Counts over all files, from 1. */
	no: number;
	file: number;
	line: number;
	source: string;
	id: string;
	kind: Kind;
}

/**
 * The input rows in order, in a temporary file, so that a long input does not fill the memory. SQLite makes it, and however the program ends it is gone.
 * @throws CliError from `add` and `reject`, where its disk is full
 */
export class RowLedger {
	private readonly database: DatabaseSync;
	private readonly insert;
	private readonly same;
	private readonly byNo;
	private readonly markRejected;
	private readonly pageAfter;
	private readonly allRejected;
	private readonly reasonNumbers = new Map<string, number>();

	constructor() {
		// Without a name: https://www.sqlite.org/inmemorydb.html#temp_db
		this.database = new DatabaseSync('');
		this.database.exec(
			`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
			CREATE TABLE rows (no INTEGER PRIMARY KEY, file INTEGER, line INTEGER, source TEXT, id TEXT, kind TEXT, rejected INTEGER, UNIQUE (source, id));
			BEGIN`,
		);
		this.insert = this.database.prepare('INSERT INTO rows (no, file, line, source, id, kind) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
		this.same = this.database.prepare('SELECT no, file, line, source, id, kind FROM rows WHERE source = ? AND id = ?');
		this.byNo = this.database.prepare('SELECT no, file, line, source, id, kind FROM rows WHERE no = ?');
		this.markRejected = this.database.prepare('UPDATE rows SET rejected = ? WHERE no = ?');
		this.pageAfter = this.database.prepare(
			'SELECT no, file, line, source, id, kind, rejected IS NOT NULL AS isRejected FROM rows WHERE no > ? ORDER BY no LIMIT ?',
		);
		this.allRejected = this.database.prepare('SELECT no, file, line, source, id, kind, rejected AS reason FROM rows WHERE rejected IS NOT NULL ORDER BY no');
	}

	/** Adds a row; returns the one that has its source and ID already, if there is one. */
	add({ no, file, line, source, id, kind }: LedgerRow): LedgerRow | undefined {
		const { changes } = inTemporaryFile(() => this.insert.run(no, file, line, source, id, kind));
		return changes === 0 ? (this.same.get(source, id) as LedgerRow | undefined) : undefined;
	}

	row(no: number): LedgerRow {
		return this.byNo.get(no) as unknown as LedgerRow;
	}

	/** @param reason in words that are the same for all rows of one fault */
	reject(no: number, reason: string): void {
		const number = this.reasonNumbers.get(reason) ?? this.reasonNumbers.size;
		this.reasonNumbers.set(reason, number);
		inTemporaryFile(() => this.markRejected.run(number, no));
	}

	page(afterNo: number, limit: number): (LedgerRow & { rejected: boolean })[] {
		const rows = this.pageAfter.all(afterNo, limit) as unknown as (LedgerRow & { isRejected: number })[];
		return rows.map(({ isRejected, ...row }) => ({ ...row, rejected: isRejected === 1 }));
	}

	/** In order of first appearance. */
	sources(): string[] {
		return this.database.prepare('SELECT source FROM rows GROUP BY source ORDER BY min(no)').all().map(({ source }) => String(source));
	}

	/** The rejected rows in order, each with its reason. */
	*rejected(): Generator<LedgerRow & { reason: string }> {
		const reasons = [...this.reasonNumbers.keys()];
		for (const row of this.allRejected.iterate() as Iterable<unknown> as Iterable<LedgerRow & { reason: number }>) yield { ...row, reason: reasons[row.reason] ?? '' };
	}

	/** Why rows were rejected, the most frequent first. */
	reasons(): { reason: string; rows: number }[] {
		const counts = this.database.prepare('SELECT rejected, count(*) AS rows FROM rows WHERE rejected IS NOT NULL GROUP BY rejected').all();
		const rows = new Map(counts.map(({ rejected, rows: count }) => [Number(rejected), Number(count)]));
		return [...this.reasonNumbers].map(([reason, number]) => ({ reason, rows: rows.get(number) ?? 0 })).sort((x, y) => y.rows - x.rows);
	}

	close(): void {
		this.database.close();
	}
}

/** Result code of SQLite: https://www.sqlite.org/rescode.html#full */
const FULL = 13;

/** @throws CliError where its disk is full */
function inTemporaryFile<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if ((error as { errcode?: unknown }).errcode !== FULL) throw error;
		throw new CliError('The disk for temporary files is full. Make room there, or name a folder on another one in the environment variable SQLITE_TMPDIR.');
	}
}
