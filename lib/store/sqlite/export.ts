import { createHash } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { IdentityStore, StoreReader } from '../interface';
import {
	MIGRATED_TABLES,
	NUMBERED,
	type LastNumbers,
	type MigratedKey,
	type MigratedName,
	type MigratedRows,
	type MigratedTable,
	type MigratedValue,
} from '../migrate-tables';
import type { Connection } from './connection';
import { COLUMNS_IN_STORED_FORM, KEYS, STATE } from './export-tables';
import { openReader } from './open-connection';
import { openRooms } from './rooms';
import { openEmbeddedStore } from './shared-stores';
import { toStoreError } from './sqlite-errors';
import { fromStoredText } from '../text';
import { Transaction } from './transaction';

/** A page ends with the row that brings it to either. Texts are counted in characters. */
const PAGE = { rows: 5000, characters: 4_000_000 };

interface Plan {
	first: StatementSync;
	next: StatementSync;
	/** How to read each column of the table. */
	columns: ((value: number | string | null) => MigratedValue)[];
	/** Behind the columns of the table stand those of its key. */
	keyWidth: number;
}

/** All rows of an embedded store as one moment saw them, whatever is written meanwhile. */
export class StoreExport {
	readonly location: string;
	readonly #plans = new Map<MigratedName, Plan>();
	#snapshot: Connection;

	private constructor(private readonly store: IdentityStore) {
		this.location = store.location;
		this.#snapshot = openSnapshot(this.location);
	}

	/**
	 * Brings an older file to the present schema before.
	 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `locked`, `disk_full`.
	 */
	static async open(file: string): Promise<StoreExport> {
		const store = await openEmbeddedStore(file);
		try {
			return new StoreExport(store);
		} catch (error) {
			await store.close();
			throw toStoreError(error, store.location);
		}
	}

	/** Everything that can be read, from the same moment as the rows. */
	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const transaction = new Transaction('read', this.location);
		try {
			return await work(openRooms(this.#snapshot, transaction));
		} finally {
			transaction.end();
		}
	}

	/** How many rows each table has. */
	counts(): Record<MigratedName, number> {
		return this.#inStoreTerms(() => countsOf(this.#snapshot));
	}

	lastNumbers(): LastNumbers {
		return this.#inStoreTerms(() => {
			const rows = this.#snapshot.all<{ name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence');
			const given = new Map(rows.map(({ name, seq }) => [name, seq]));
			return Object.fromEntries(NUMBERED.map((name) => [name, given.get(name) ?? 0])) as LastNumbers;
		});
	}

	/** The rows behind `after`, as many as one step should move; undefined when there is none. */
	page(table: MigratedTable, after: MigratedKey): MigratedRows | undefined {
		return this.#inStoreTerms(() => readPage(this.#planOf(table), after));
	}

	/** Differs between two moments when anything that this program writes was written between them. */
	fingerprint(): string {
		return this.#inStoreTerms(() => fingerprintOf(this.#snapshot));
	}

	/** Whether anything was written since the moment that is exported. */
	hasChanged(): boolean {
		return this.#inStoreTerms(() => {
			const before = fingerprintOf(this.#snapshot);
			const now = openSnapshot(this.location);
			try {
				return fingerprintOf(now) !== before;
			} finally {
				now.close();
			}
		});
	}

	async close(): Promise<void> {
		this.#plans.clear();
		this.#snapshot.close();
		await this.store.close();
	}

	#planOf(table: MigratedTable): Plan {
		let plan = this.#plans.get(table.name);
		if (!plan) {
			plan = planOf(this.#snapshot, table);
			this.#plans.set(table.name, plan);
		}
		return plan;
	}

	#inStoreTerms<T>(operation: () => T): T {
		try {
			return operation();
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}
}

/** A snapshot is taken by its first look at the file. */
function openSnapshot(path: string): Connection {
	const reader = openReader(path);
	try {
		reader.exec('BEGIN');
		reader.get('SELECT 1 FROM sqlite_schema LIMIT 1');
		return reader;
	} catch (error) {
		reader.close();
		throw error;
	}
}

function planOf({ database }: Connection, { name, columns }: MigratedTable): Plan {
	const key = KEYS[name].join(', ');
	const select = (where: string) => {
		const statement = database.prepare(`SELECT ${Object.keys(columns).join(', ')}, ${key} FROM ${name} ${where} ORDER BY ${key} LIMIT ${PAGE.rows}`);
		statement.setReturnArrays(true);
		return statement;
	};
	return {
		first: select(''),
		next: select(`WHERE (${key}) > (${KEYS[name].map(() => '?').join(', ')})`),
		columns: Object.entries(columns).map(([column, kind]) => {
			if (kind === 'flag') return (value) => value === 1;
			if (COLUMNS_IN_STORED_FORM[name]?.includes(column)) return (value) => (typeof value === 'string' ? fromStoredText(value) : value);
			return (value) => value;
		}),
		keyWidth: KEYS[name].length,
	};
}

function readPage({ first, next, columns, keyWidth }: Plan, after: MigratedKey): MigratedRows | undefined {
	const lists: MigratedValue[][] = columns.map(() => []);
	let [count, characters, last]: [number, number, (number | string)[]] = [0, 0, []];
	// Leaving the loop early ends the statement, so that it keeps no checkpoint waiting.
	for (const row of after === null ? first.iterate() : next.iterate(...after)) {
		const values = row as unknown as (number | string | null)[];
		columns.forEach((read, place) => {
			const value = values[place] ?? null;
			if (typeof value === 'string') characters += value.length;
			lists[place]?.push(read(value));
		});
		last = values.slice(-keyWidth) as (number | string)[];
		count += 1;
		if (characters >= PAGE.characters) break;
	}
	return count === 0 ? undefined : { count, columns: lists, last };
}

function countsOf(connection: Connection): Record<MigratedName, number> {
	const counted = MIGRATED_TABLES.map(({ name }) => [name, connection.get<{ rows: number }>(`SELECT count(*) AS rows FROM ${name}`)?.rows ?? 0]);
	return Object.fromEntries(counted) as Record<MigratedName, number>;
}

function fingerprintOf(connection: Connection): string {
	const hash = createHash('sha256').update(JSON.stringify(countsOf(connection)));
	for (const sql of STATE) {
		const statement = connection.database.prepare(sql);
		statement.setReturnArrays(true);
		for (const row of statement.iterate()) hash.update(JSON.stringify(row));
	}
	return hash.digest('hex');
}
