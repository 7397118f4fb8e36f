import { StoreError } from '../errors';
import { MIGRATED_TABLES, type MigratedName, type MigrationPlace } from '../migrate-tables';
import { isFields, readStored } from '../stored-json';
import type { Connection } from './connection';
import { setFilling } from './meta';
import type { Session } from './session';

/** What a store that somebody uses has rows of. Cursors alone are what a workflow leaves that was started once. */
const IN_USE: readonly MigratedName[] = ['records', 'profiles', 'events', 'decisions', 'reviews', 'ledger', 'rejections', 'models'];

/** What a migration finds: nothing yet, a run of the same source that was interrupted, or one of a source that has changed since. */
export type Begun = 'new' | 'resumed' | 'changed';

interface Moving {
	fingerprint: string;
	place: string | null;
}

/** Where a migration into this store stands, in a table that is there only until the store is whole. */
export class MovingMark {
	/** @param run what tells this migration from one that takes over */
	constructor(
		private readonly db: Connection,
		private readonly location: string,
		private readonly run: string,
	) {}

	/**
	 * Marks the store as being filled by this run, and says where to go on; null from the beginning.
	 * @param fingerprint of the source; what was moved of another state of it is taken away
	 * @throws StoreError `conflict` when somebody uses this store
	 */
	async begin(session: Session, fingerprint: string): Promise<{ begun: Begun; place: MigrationPlace | null }> {
		const { db, run } = this;
		const moving = await this.#moving();
		if (moving?.fingerprint === fingerprint) {
			await db.run('UPDATE @moving SET run = $1', run);
			return { begun: 'resumed', place: moving.place === null ? null : readPlace(moving.place) };
		}
		if (!moving) {
			await this.#refuseUsed();
			await db.run('CREATE TABLE @moving (run TEXT NOT NULL, fingerprint TEXT NOT NULL, place TEXT)');
			await setFilling(session, db.schema, true);
		}
		await db.run(`TRUNCATE @moving, @profile_search, @keys, ${MIGRATED_TABLES.map(({ name }) => `@${name}`).join(', ')}`);
		await db.run('INSERT INTO @moving (run, fingerprint) VALUES ($1, $2)', run, fingerprint);
		return { begun: moving ? 'changed' : 'new', place: null };
	}

	/** @throws StoreError `conflict` when another migration has taken over */
	async refuseTakenOver(): Promise<void> {
		const own = (await this.#moving()) && (await this.db.get<{ own: boolean }>('SELECT run = $1 AS own FROM @moving', this.run));
		if (own?.own === true) return;
		throw new StoreError('conflict', `Another migration has taken over the filling of the identity store ${this.location}; this one ends here.`);
	}

	async moveOn(place: MigrationPlace): Promise<void> {
		await this.db.run('UPDATE @moving SET place = $1', JSON.stringify(place));
	}

	/** No source is the one that this was moved from: the next migration begins again. */
	async spoil(): Promise<void> {
		await this.db.run("UPDATE @moving SET fingerprint = ''");
	}

	/** From now on it is a store like any other. */
	async end(session: Session): Promise<void> {
		await this.db.run('DROP TABLE @moving');
		await setFilling(session, this.db.schema, false);
	}

	/** Undefined when no migration has begun. */
	async #moving(): Promise<Moving | undefined> {
		const row = await this.db.get<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', `${this.db.schema.quoted}.moving`);
		return row?.there === true ? await this.db.get<Moving>('SELECT fingerprint, place FROM @moving') : undefined;
	}

	async #refuseUsed(): Promise<void> {
		const used = IN_USE.map((name) => `EXISTS (SELECT 1 FROM @${name}) AS ${name}`).join(', ');
		const found = await this.db.get<Record<string, boolean>>(`SELECT ${used}`);
		const first = IN_USE.find((name) => found?.[name] === true);
		if (first === undefined) return;
		throw new StoreError(
			'conflict',
			`The identity store ${this.location} is in use: it has ${first}. A migration needs an empty one; name another schema, or, if nobody needs what ` +
				`is there, have it taken away with "DROP SCHEMA ${this.db.schema.quoted} CASCADE".`,
		);
	}
}

/** @throws StoreError `damaged` */
function readPlace(text: string): MigrationPlace {
	return readStored(text, () => 'the place to which a migration has come', isFields) as MigrationPlace;
}
