import type { Connection } from './connection';

/** Numbers of rows at which the planner needs to know more than it guessed: until tables are analyzed for the first time, it plans for empty ones. */
const STEPS = [500, 5_000, 50_000, 500_000];

const TABLES = [
	'records', 'record_contents', 'links', 'keys', 'record_keys', 'evidence', 'profiles', 'goldens', 'household_keys', 'company_people',
	'profile_segments', 'profile_search', 'canonical_ids', 'events', 'reviews',
];

/** Notes how a transaction lets tables grow. */
export class Growth {
	#due = false;

	/** Numbers from `base + 1` to `base + count` were given to new rows. */
	note(base: number, count: number): void {
		this.#due ||= STEPS.some((step) => base < step && step <= base + count);
	}

	/** Tables were filled from nothing. */
	noteLoad(): void {
		this.#due = true;
	}

	/** Has the tables analyzed when a step was passed; to be called before the commit. Autovacuum does it too, but a minute later. */
	async analyze(connection: Connection): Promise<void> {
		if (this.#due) await connection.run(`ANALYZE (SKIP_LOCKED) ${TABLES.map((table) => `@${table}`).join(', ')}`);
	}
}
