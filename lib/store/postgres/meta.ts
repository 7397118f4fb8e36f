import type { QueryResult } from 'pg';
import { StoreError } from '../errors';
import { COUNTERS } from './counters';
import { SCHEMA_VERSION } from './migrations';
import type { Schema } from './schema';

/** Stands in `meta` of every store and in no other program's table. */
export const PROGRAM = 'n8n-nodes-customer360';
/** Stands there while a migration fills the store: nobody uses half of one, not even a process that had it open before. */
const FILLING = `${PROGRAM}: a migration is under way`;

export interface Meta {
	program: unknown;
	version: unknown;
	/** How many rows the table `counters` has, where it was asked for. */
	counters?: unknown;
}

/** Whether the store may be one that a migration fills. */
export type Filling = 'refuse' | 'allow';

/** Marks the store as one that a migration fills, or as one that is whole; to be called in a write. */
export async function setFilling(client: { query: (sql: string, values: unknown[]) => Promise<unknown> }, schema: Schema, filling: boolean): Promise<void> {
	await client.query(schema.qualify('UPDATE @meta SET program = $1'), [filling ? FILLING : PROGRAM]);
}

/**
 * Refuses a schema of another program, and one that a newer release has changed, also while this one has it open; returns the version. A store without
 * its counters would give numbers to nothing.
 */
export function refuseOther({ rows }: Pick<QueryResult<Meta>, 'rows'>, location: string, filling: Filling): number {
	const { program, version, counters = COUNTERS.length } = rows[0] ?? {};
	if ((program !== PROGRAM && program !== FILLING) || typeof version !== 'number') throw foreign(location);
	if (program === FILLING && filling === 'refuse') throw migrating(location);
	if (version > SCHEMA_VERSION) throw newer(location, version);
	if (version === SCHEMA_VERSION && counters !== COUNTERS.length) throw uncounted(location);
	return version;
}

export function foreign(location: string): StoreError {
	return new StoreError(
		'not_a_store',
		`${location} holds tables of another program, or its table "meta" was emptied; choose another schema for the identity store, or put a backup in its place`,
	);
}

function newer(location: string, version: number): StoreError {
	return new StoreError(
		'newer_version',
		`The identity store ${location} has version ${version}, and this program understands versions up to ${SCHEMA_VERSION}. ` +
			'Update n8n-nodes-customer360 to the release that wrote it, or put a backup from before that update in its place.',
	);
}

function uncounted(location: string): StoreError {
	const what = `The table "counters" of the identity store ${location} has lost rows, so nothing new can be numbered; nothing was written`;
	return new StoreError('not_a_store', `${what}. Put a backup in its place.`);
}

function migrating(location: string): StoreError {
	return new StoreError(
		'migrating',
		`The identity store ${location} is being filled by "customer360 migrate", or that was interrupted: it can be used when it is whole. Run the same ` +
			'command again to finish it, it goes on from where it was; to give it up, have the schema dropped and go on using the file.',
	);
}
