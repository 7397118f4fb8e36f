import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { StoreError } from '../errors';
import type { StoreReader } from '../interface';
import type { CallKind } from '../running-calls';
import { MIGRATED_TABLES, NUMBERED, type LastNumbers, type MigratedName, type MigratedRows, type MigratedTable, type MigrationPlace } from '../migrate-tables';
import { isFields, readStored } from '../stored-json';
import { beginRead, beginWrite, type Limits } from './begin';
import { Clients, PATIENCE, type Patience } from './clients';
import { Connection } from './connection';
import { addRows } from './import-rows';
import { ModelCache } from './model-cache';
import { setFilling } from './meta';
import { openSchema } from './open-schema';
import { toStoreError } from './postgres-errors';
import { openRooms } from './rooms';
import { Schema } from './schema';
import { inTransaction, type Session } from './session';
import { Transaction } from './transaction';

/** What a store that somebody uses has rows of. Cursors alone are what a workflow leaves that was started once. */
const IN_USE: readonly MigratedName[] = ['records', 'profiles', 'events', 'decisions', 'reviews', 'ledger', 'rejections', 'models'];

const DEFAULTS = { ...PATIENCE, lockTimeoutMs: 120_000, standstillMs: 120_000 };

/** What a migration finds: nothing yet, a run of the same source that was interrupted, or one of a source that has changed since. */
export type Begun = 'new' | 'resumed' | 'changed';

type ImportOptions = Partial<Patience & { lockTimeoutMs: number; standstillMs: number }>;

/** @throws StoreError `damaged` */
function readPlace(text: string): MigrationPlace {
	return readStored(text, () => 'the place to which a migration has come', isFields) as MigrationPlace;
}

interface Moving {
	fingerprint: string;
	place: string | null;
}

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
		return await this.#write(async (db, session) => {
			const moving = await this.#moving(db);
			if (moving?.fingerprint === fingerprint) {
				await db.run('UPDATE @moving SET run = $1', this.#run);
				return { begun: 'resumed', place: moving.place === null ? null : readPlace(moving.place) };
			}
			if (!moving) {
				await this.#refuseUsed(db);
				await db.run('CREATE TABLE @moving (run TEXT NOT NULL, fingerprint TEXT NOT NULL, place TEXT)');
				await setFilling(session, this.#schema, true);
			}
			await db.run(`TRUNCATE @moving, @profile_search, @keys, ${MIGRATED_TABLES.map(({ name }) => `@${name}`).join(', ')}`);
			await db.run('INSERT INTO @moving (run, fingerprint) VALUES ($1, $2)', this.#run, fingerprint);
			return { begun: moving ? 'changed' : 'new', place: null };
		});
	}

	/** Adds rows, and keeps in the same transaction that they are there. @throws StoreError `conflict` when another migration has taken over */
	async add(table: MigratedTable, rows: MigratedRows): Promise<void> {
		const place: MigrationPlace = { table: table.name, key: rows.last };
		await this.#writeOwn(async (db) => {
			await db.run('UPDATE @moving SET place = $1', JSON.stringify(place));
			await addRows(db, table, rows);
		});
	}

	/** Sets from where numbers go on, and has the tables analyzed: until then the database plans for empty ones. */
	async settle(last: LastNumbers): Promise<void> {
		await this.#writeOwn(async (db) => {
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
		await this.#writeOwn(async (db) => {
			await db.run("UPDATE @moving SET fingerprint = ''");
		});
	}

	/** Takes the mark away: from now on it is a store like any other. */
	async finish(): Promise<void> {
		try {
			await this.#writeOwn(async (db, session) => {
				await db.run('DROP TABLE @moving');
				await setFilling(session, this.#schema, false);
			});
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
		return await this.#transact('read', begin, async () => true).catch(() => false);
	}

	/** Undefined when no migration has begun. */
	async #moving(db: Connection): Promise<Moving | undefined> {
		const row = await db.get<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', `${this.#schema.quoted}.moving`);
		return row?.there === true ? await db.get<Moving>('SELECT fingerprint, place FROM @moving') : undefined;
	}

	async #refuseUsed(db: Connection): Promise<void> {
		const used = IN_USE.map((name) => `EXISTS (SELECT 1 FROM @${name}) AS ${name}`).join(', ');
		const found = await db.get<Record<string, boolean>>(`SELECT ${used}`);
		const first = IN_USE.find((name) => found?.[name] === true);
		if (first === undefined) return;
		throw new StoreError(
			'conflict',
			`The identity store ${this.location} is in use: it has ${first}. A migration needs an empty one; name another schema, or, if nobody needs what ` +
				`is there, have it taken away with "DROP SCHEMA ${this.#schema.quoted} CASCADE".`,
		);
	}

	/** A write of the migration that began last. */
	async #writeOwn(work: (db: Connection, session: Session) => Promise<void>): Promise<void> {
		await this.#write(async (db, session) => {
			const moving = await this.#moving(db);
			const own = moving && (await db.get<{ own: boolean }>('SELECT run = $1 AS own FROM @moving', this.#run));
			if (own?.own !== true) {
				throw new StoreError('conflict', `Another migration has taken over the filling of the identity store ${this.location}; this one ends here.`);
			}
			await work(db, session);
		});
	}

	async #write<T>(work: (db: Connection, session: Session) => Promise<T>): Promise<T> {
		return await this.#transact('write', async (client) => await beginWrite(client, this.#schema, this.location, this.#limits, 'allow'), work);
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
