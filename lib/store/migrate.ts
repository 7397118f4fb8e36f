import { setImmediate } from 'node:timers/promises';
import type { StoreReader } from './interface';
import { MIGRATED_TABLES, type MigratedKey, type MigratedName } from './migrate-tables';
import type { StoreImport } from './postgres/import';
import type { Begun } from './postgres/moving';
import { openPostgresImport } from './postgres/open-store';
import type { PostgresStoreOptions } from './postgres/postgres-store';
import { StoreExport } from './sqlite/export';

/** Something that can be read as a store is. */
export interface ReadableStore {
	readonly location: string;
	read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T>;
}

export interface MigrationTarget {
	/** `postgres://...` */
	url: string;
	/** `customer360` when left out. */
	schema?: string;
}

/** A table that has not as many rows in the new store as in the old one. */
export interface CountDifference {
	table: MigratedName;
	from: number;
	to: number;
}

/**
 * Moves everything that an embedded store held at one moment into PostgreSQL, with all numbers and IDs. May end at any point and be begun again: it
 * goes on where it was, as long as the old store has not changed. Until `finish` nobody can use the new one.
 */
export class StoreMigration {
	private constructor(
		private readonly source: StoreExport,
		private readonly target: StoreImport,
	) {}

	/**
	 * @throws StoreError for the old store `not_a_store`, `newer_version`, `not_writable`, `locked`, `disk_full`; for the new one also `unreachable`,
	 * `refused`, `unsupported`
	 */
	static async open(file: string, { url, schema }: MigrationTarget, options?: PostgresStoreOptions): Promise<StoreMigration> {
		const source = await StoreExport.open(file);
		try {
			return new StoreMigration(source, await openPostgresImport(url, schema, options));
		} catch (error) {
			await source.close();
			throw error;
		}
	}

	/** The old store as it was at the beginning. */
	get from(): ReadableStore {
		return this.source;
	}

	/** The new store, also before it is whole. */
	get to(): ReadableStore {
		return this.target;
	}

	/**
	 * Moves all rows that are not there yet.
	 * @param tell called at the beginning and after each step with the rows that are there, and all there will be; throws to end it there
	 * @throws StoreError `conflict` when somebody uses the new store or another migration fills it; `disk_full`, `unreachable` and others of a write
	 */
	async moveRows(tell: (moved: number, total: number, begun: Begun) => void): Promise<{ rows: number; begun: Begun }> {
		const total = sum(this.source.counts());
		const { begun, place } = await this.target.begin(this.source.fingerprint());
		let moved = place ? sum(await this.target.counts()) : 0;
		tell(moved, total, begun);
		const first = place ? MIGRATED_TABLES.findIndex(({ name }) => name === place.table) : 0;
		for (const [index, table] of MIGRATED_TABLES.entries()) {
			if (index < first) continue;
			let after: MigratedKey = table.name === place?.table ? place.key : null;
			for (let rows = this.source.page(table, after); rows; rows = this.source.page(table, after)) {
				await this.target.add(table, rows);
				moved += rows.count;
				after = rows.last;
				// Lets a signal through.
				await setImmediate();
				tell(moved, total, begun);
			}
		}
		await this.target.settle(this.source.lastNumbers());
		return { rows: moved, begun };
	}

	/** Empty when every table has as many rows as it had. */
	async compareCounts(): Promise<CountDifference[]> {
		const [from, to] = [this.source.counts(), await this.target.counts()];
		return MIGRATED_TABLES.flatMap(({ name }) => (from[name] === to[name] ? [] : [{ table: name, from: from[name], to: to[name] }]));
	}

	/** The new store may be used from now on. */
	async finish(): Promise<void> {
		await this.target.finish();
	}

	/** The next migration begins again, whatever was moved. */
	async spoil(): Promise<void> {
		await this.target.spoil();
	}

	/** Whether anything was written to the old store since the beginning. */
	sourceHasChanged(): boolean {
		return this.source.hasChanged();
	}

	async close(): Promise<void> {
		await Promise.all([this.source.close(), this.target.close()]);
	}
}

function sum(counts: Record<MigratedName, number>): number {
	return Object.values(counts).reduce((all, one) => all + one, 0);
}
