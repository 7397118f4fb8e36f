import type { LedgerEntry } from '../domain';
import { type StoredProfile, type StoreReader, type StoreWriter, toProfiles } from '../store';
import type { Destination } from './destination';
import { type Plan, type PlannedWrite, planWrites } from './plan';
import { settleEntries } from './settle';

/** Works out what is due in one destination, in whatever transaction it is asked, and brings the ledger in line with it. */
export class Planner {
	/** @param now milliseconds since 1970 */
	constructor(
		private readonly destination: Destination,
		private readonly now: () => number,
	) {}

	/** Profiles that are empty or not built yet are left out. */
	async plan(tx: StoreReader, profiles: readonly StoredProfile[]): Promise<Plan> {
		const built = [...new Map(profiles.map((profile) => [profile.no, profile])).values()].filter(({ golden, empty }) => golden !== null && !empty);
		const outdated = new Set(built.filter(({ dirty }) => dirty).map(({ canonicalId }) => canonicalId));
		return planWrites(tx, await toProfiles(tx, built), this.destination, this.at(), outdated);
	}

	/** What was found, before anything is sent. `wanted` limits what is open to these targets. */
	async note(tx: StoreWriter, { learned, skips }: Plan, writes: readonly PlannedWrite[], wanted?: ReadonlySet<string>): Promise<void> {
		const open = skips.flatMap(({ target, open: entry }) => (entry && (wanted?.has(target) ?? true) ? [entry] : []));
		await tx.ledger.put([...learned, ...writes.map(({ entry }) => entry), ...open]);
	}

	/** Entries that are open and for which the plan holds no write. */
	async settle(tx: StoreWriter, entries: readonly LedgerEntry[], plan: Plan): Promise<void> {
		const profiles = await tx.profiles.byCanonicalId([...new Set(entries.map(({ canonicalId }) => canonicalId))]);
		const unknown = entries.map(({ canonicalId }) => canonicalId).filter((id) => !profiles.has(id));
		const awaited = unknown.length === 0 ? [] : (await tx.promises.awaited(unknown, 0)).keys();
		await tx.ledger.put(settleEntries(entries, plan, profiles, new Set(awaited), this.at()));
	}

	private at(): string {
		return new Date(this.now()).toISOString();
	}
}
