import { RATES } from './rates';
import type { Random } from './random';

export const DAY = 86_400_000;

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Times before `now`, in milliseconds since 1970. */
export class Times {
	/** Moments at which somebody imported a file: many records share them. */
	private readonly imports: readonly number[];

	constructor(
		private readonly random: Random,
		readonly now: number,
	) {
		this.imports = [400, 150, 20].map((days) => now - days * DAY);
	}

	between(from: number, to: number): number {
		return this.random.integer(Math.min(from, to), Math.max(from, to));
	}

	/** When a record was made (up to three years ago) and last changed, ISO 8601. */
	ofRecord(): { createdAt: string; updatedAt: string } {
		const created = this.between(this.now - 1095 * DAY, this.now - DAY);
		const imported = this.imports.filter((moment) => moment > created);
		const byImport = imported.length > 0 && this.random.chance(RATES.bulkImport);
		const changed = byImport ? this.random.pick(imported) : this.between(created, this.now - 3_600_000);
		return { createdAt: iso(created), updatedAt: iso(changed) };
	}
}
