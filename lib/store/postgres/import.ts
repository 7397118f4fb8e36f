import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { StoreError } from '../errors';
import type { StoreReader } from '../interface';
import type { CallKind } from '../running-calls';
import { MIGRATED_TABLES, NUMBERED, type LastNumbers, type MigratedName, type MigratedRows, type MigratedTable, type MigrationPlace } from '../migrate-tables';
import { beginRead, beginWrite, type Limits } from './begin';
import { Clients, PATIENCE, type Patience } from './clients';
import { Connection } from './connection';
import { addRows } from './import-rows';
import { ModelCache } from './model-cache';
import { type Begun, MovingMark } from './moving';
import { openSchema } from './open-schema';
import { toStoreError } from './postgres-errors';
import { openRooms } from './rooms';
import { Schema } from './schema';
import { inTransaction, type Session } from './session';
import { Transaction } from './transaction';

const DEFAULTS = { ...PATIENCE, lockTimeoutMs: 120_000, standstillMs: 120_000 };

type ImportOptions = Partial<Patience & { lockTimeoutMs: number; standstillMs: number }>;

/**
 * A store in PostgreSQL while a migration fills it. It is marked, so that nobody uses it before it is whole, and holds where the migration stands:
 * each step writes its rows and its place in one transaction, so that it may end at any moment and go on later. Of two migrations that run at one
 * time the later takes over.
 */
export class StoreImport {
	readonly location: string;
	readonly #clients: Clients;
	readonly #schema: Schema;
	readonly #limits: Limits;
	readonly #run = randomUUID();

	private constructor(url: string, schema: string, options: ImportOptions) {
		const { lockTimeoutMs, standstillMs, ...patience } = { ...DEFAULTS, ...options };
		this.#clients = new Clients(url, patience);
		this.#schema = new Schema(schema);
		this.location = `${this.#clients.place} (schema ${schema})`;
		this.#limits = { lockMs: lockTimeoutMs, stillMs: standstillMs };
	}

	/** Makes the schema when it is missing. @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `unreachable`, `refused`, `unsupported`. */
	static async open(url: string, schema: string, options: ImportOptions = {}): Promise<StoreImport> {
		const store = new StoreImport(url, schema, options);
		try {
			const client = await store.#clients.begin('write', 1, async (fresh) => {
				await openSchema(fresh, store.#schema, store.location, store.#limits, true, 'allow');
			});
			client.release();
			return store;
		} catch (error) {
			await store.#clients.close();
			throw toStoreError(error, store.location);
		}
	}

	/**
	 * Marks the store as being filled, and says where to go on; null from the beginning.
	 * @param fingerprint of the source; what was moved of another state of it is taken away
	 * @throws StoreError `conflict` when somebody uses this store
	 */
	async begin(fingerprint: string): Promise<{ begun: Begun; place: MigrationPlace | null }> {
		return await this.#write(async (mark, _, session) => await mark.begin(session, fingerprint));
	}

	/** Adds rows, and keeps in the same transaction that they are there. @throws StoreError `conflict` when another migration has taken over */
	async add(table: MigratedTable, rows: MigratedRows): Promise<void> {
		const place: MigrationPlace = { table: table.name, key: rows.last };
		await this.#writeOwn(async (mark, db) => {
			await mark.moveOn(place);
			await addRows(db, table, rows);
		});
	}

	/** Sets from where numbers go on, and has the tables analyzed: until then the database plans for empty ones. */
	async settle(last: LastNumbers): Promise<void> {
		await this.#writeOwn(async (_, db) => {
			await db.run(
				'UPDATE @counters c SET last = greatest(c.last, n.last) FROM unnest($1::text[], $2::bigint[]) n (name, last) WHERE c.name = n.name',
				[...NUMBERED],
				NUMBERED.map((name) => last[name]),
			);
			await db.run("UPDATE @counters SET last = (SELECT coalesce(max(dirty_mark), 0) FROM @profiles) WHERE name = 'marks'");
			await db.run(`ANALYZE @profile_search, @keys, ${MIGRATED_TABLES.map(({ name }) => `@${name}`).join(', ')}`);
		});
	}

	async counts(): Promise<Record<MigratedName, number>> {
		const columns = MIGRATED_TABLES.map(({ name }) => `(SELECT count(*) FROM @${name}) AS ${name}`);
		const row = await this.#read(async (db) => await db.get<Record<MigratedName, number>>(`SELECT ${columns.join(', ')}`));
		return row as Record<MigratedName, number>;
	}

	/** Everything that can be read, as in a store that is whole. */
	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		return await this.#read(async (db) => {
			const transaction = new Transaction('read', this.location);
			return await transaction.whole(async () => await work(openRooms(db, transaction)));
		});
	}

	/** What was moved is not to be gone on with: the next migration begins again. */
	async spoil(): Promise<void> {
		await this.#writeOwn(async (mark) => await mark.spoil());
	}

	/** Takes the mark away: from now on it is a store like any other. */
	async finish(): Promise<void> {
		try {
			await this.#writeOwn(async (mark, _, session) => await mark.end(session));
		} catch (error) {
			// Where only the answer was lost, the next run would find a store in use.
			if (!(error instanceof StoreError && error.code === 'unreachable' && (await this.#isWhole()))) throw error;
		}
	}

	async close(): Promise<void> {
		await this.#clients.close();
	}

	async #isWhole(): Promise<boolean> {
		const begin = async (client: ClientBase): Promise<void> => await beginRead(client, this.#schema, this.location, this.#limits);
		// It was asked because the database went away: while it can't be asked, the migration is not over.
		return await this.#transact('read', begin, async () => true).catch(() => false);
	}

	/** A write of the migration that began last. */
	async #writeOwn(work: (mark: MovingMark, db: Connection, session: Session) => Promise<void>): Promise<void> {
		await this.#write(async (mark, db, session) => {
			await mark.refuseTakenOver();
			await work(mark, db, session);
		});
	}

	async #write<T>(work: (mark: MovingMark, db: Connection, session: Session) => Promise<T>): Promise<T> {
		const begin = async (client: ClientBase): Promise<void> => await beginWrite(client, this.#schema, this.location, this.#limits, 'allow');
		return await this.#transact('write', begin, async (db, session) => await work(new MovingMark(db, this.location, this.#run), db, session));
	}

	async #read<T>(work: (db: Connection) => Promise<T>): Promise<T> {
		return await this.#transact('read', async (client) => await beginRead(client, this.#schema, this.location, this.#limits, 'allow'), work);
	}

	async #transact<T>(call: CallKind, begin: (client: ClientBase) => Promise<void>, work: (db: Connection, session: Session) => Promise<T>): Promise<T> {
		try {
			const client = await this.#clients.begin(call, 1, begin);
			return await inTransaction(client, call, this.location, async (session) => await work(new Connection(session, this.#schema, new ModelCache()), session));
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}
}
