import { StoreError } from '../errors';
import { NUMBERED } from '../migrate-tables';
import { toStoreError } from './sqlite-errors';
import type { Connection } from './connection';
import type { FormerStore } from './former-store';
import { openWriter } from './open-connection';
import { IdTakeover, type TakenIds } from './take-over-ids';

/**
 * How far numbers go on where nobody can say what was given since the backup: further than any store gets between two backups.
 * Whoever has read the change feed beyond the backup would pass over new events that had old numbers, and an answer would go to another question.
 */
const LEAP: Readonly<Partial<Record<(typeof NUMBERED)[number], number>>> = { events: 1_000_000_000, reviews: 1_000_000 };

/** What only the former store knew of the world outside, and this one knows now. Undefined is what could not be taken over. */
export interface TakenFacts {
	ids: TakenIds | undefined;
	/** Entries of what destinations hold. */
	acknowledgements: number | undefined;
	/** Why a part could not be taken over, in words. */
	faults: string[];
}

/**
 * Takes over into the copy of a backup what stands outside already, whatever the store goes back to: canonical IDs, what destinations acknowledged,
 * and numbers that were given. Each part is there wholly or not at all.
 * @param former undefined where nothing of it can be read
 * @throws StoreError `disk_full`, `not_writable` and others that keep the copy from being written
 */
export async function takeOverFacts(copy: string, former: FormerStore | undefined, at: string, what: { ids: boolean; ledger: boolean }): Promise<TakenFacts> {
	const connection = await openWriter(copy, {});
	try {
		const facts: TakenFacts = { ids: undefined, acknowledgements: undefined, faults: [] };
		const part = <T>(name: string, take: () => T): T | undefined => inTransaction(connection, copy, take, (fault) => facts.faults.push(`${name}: ${fault}`));
		part('numbers', () => continueNumbers(connection, former));
		if (former && what.ids) facts.ids = part('canonical IDs', () => new IdTakeover(connection, former, at).run());
		if (former && what.ledger) facts.acknowledgements = part('acknowledgements', () => takeLedger(connection, former));
		return facts;
	} finally {
		connection.close();
	}
}

function inTransaction<T>(copy: Connection, path: string, take: () => T, onFault: (fault: string) => void): T | undefined {
	copy.begin('IMMEDIATE');
	try {
		const result = take();
		copy.commit();
		return result;
	} catch (error) {
		copy.rollback();
		const fault = toStoreError(error, path);
		if (fault instanceof StoreError && ['disk_full', 'not_writable', 'locked'].includes(fault.code)) throw fault;
		onFault(error instanceof Error ? error.message : String(error));
		return undefined;
	}
}

/** No number that was given since the backup is given again. */
function continueNumbers(copy: Connection, former: FormerStore | undefined): void {
	const last = former?.lastNumbers();
	for (const name of NUMBERED) {
		const [[here] = [0]] = copy.lists<[number]>('SELECT seq FROM sqlite_sequence WHERE name = ?', name);
		const next = last ? Math.max(here, last[name]) : here + (LEAP[name] ?? 0);
		if (next === here) continue;
		const { changes } = copy.run('UPDATE sqlite_sequence SET seq = ? WHERE name = ?', next, name);
		if (changes === 0) copy.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', name, next);
	}
}

/** The later of two entries counts: what a destination has acknowledged stays so, whatever the store goes back to. */
function takeLedger(copy: Connection, former: FormerStore): number {
	const put = `INSERT INTO ledger (destination, target, canonical_id, acknowledged, status, reason, attempts, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (destination, target) DO UPDATE SET canonical_id = excluded.canonical_id, acknowledged = excluded.acknowledged,
		status = excluded.status, reason = excluded.reason, attempts = excluded.attempts, at = excluded.at
		WHERE excluded.at > at OR (excluded.at = at AND (excluded.canonical_id, excluded.acknowledged, excluded.status) IS NOT (canonical_id, acknowledged, status))`;
	let taken = 0;
	for (const page of former.ledger()) for (const [, ...row] of page) taken += copy.run(put, ...row).changes;
	return taken;
}
