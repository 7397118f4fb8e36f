import { StoreMigration, type Begun, type CountDifference, type MigrationTarget, type ReadableStore } from '../store';
import { checkStore, type CheckReport } from './check-store';
import type { Problem } from './problem';
import { compareStores } from './compare-stores';
import { refuseWhileLoading } from './first-load';

export interface MigrationReport {
	/** Of all tables. */
	rows: number;
	/** Whether an earlier run was gone on with. */
	begun: Begun;
	/** Of the new store. */
	check: CheckReport;
	/** Records and profiles that were compared field by field. */
	compared: number;
	/** Something was written to the old store since the beginning, and is not in the new one. */
	sourceChanged: boolean;
	/** Empty when the new store is as the old one; else it is not to be used, and the next migration begins again. */
	faults: string[];
	/** What `checkStore` finds in both stores: the migration moved it as it was. */
	oldProblems: Problem[];
}

/** How far a migration is; each throws to end it there. */
export interface MigrationProgress {
	onMoved: (moved: number, total: number, begun: Begun) => void;
	/** Records and profiles; the old store is checked only to compare what is found in the new one. */
	onChecked: (seen: number, total: number, store: 'new' | 'old') => void;
	/** See `PostgresStoreOptions`. */
	onWait?: (line: string) => void;
}

/**
 * Moves an embedded store into PostgreSQL, and makes sure that nothing is missing there: the number of rows of every table, some thousand records
 * and profiles field by field, and every invariant. Only then can the new store be used. Run again after an interruption it goes on.
 * @param now epoch milliseconds
 * @throws StoreError, see `StoreMigration`; `conflict` where records of the old store wait to be matched
 */
export async function migrateStore(file: string, to: MigrationTarget, now: number, progress: MigrationProgress): Promise<MigrationReport> {
	const migration = await StoreMigration.open(file, to, { onWait: progress.onWait });
	try {
		await migration.from.read(refuseWhileLoading);
		const { rows, begun } = await migration.moveRows(progress.onMoved);
		const faults = (await migration.compareCounts()).map(inWords);
		const { compared, different } = await compareStores(migration.from, migration.to);
		faults.push(...different.map((what) => `${what} is not what it was`));
		const total = await sizeOf(migration.from);
		const check = await checkStore(migration.to, now, (seen) => progress.onChecked(seen, total, 'new'));
		const before = check.problems.length === 0 ? [] : (await checkStore(migration.from, now, (seen) => progress.onChecked(seen, total, 'old'))).problems;
		const known = new Set(before.map(textOf));
		faults.push(...check.problems.filter((problem) => !known.has(textOf(problem))).map(({ invariant, subject, detail }) => `${invariant}: ${subject} ${detail}`));
		await (faults.length > 0 ? migration.spoil() : migration.finish());
		const oldProblems = check.problems.filter((problem) => known.has(textOf(problem)));
		return { rows, begun, check, compared, sourceChanged: migration.sourceHasChanged(), faults, oldProblems };
	} finally {
		await migration.close();
	}
}

/** Records and profiles, deleted and empty ones left out. */
async function sizeOf(store: ReadableStore): Promise<number> {
	return await store.read(async (tx) => {
		const records = (await tx.records.counts()).reduce((all, one) => all + one.records, 0);
		const { profiles } = await tx.profiles.counts();
		return records + profiles.person + profiles.company;
	});
}

function inWords({ table, from, to }: CountDifference): string {
	return `the table ${table} has ${to} rows in place of ${from}`;
}

function textOf({ invariant, subject, detail }: Problem): string {
	return JSON.stringify([invariant, subject, detail]);
}
