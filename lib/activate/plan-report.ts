import type { Profile } from '../domain';
import { newTarget } from './destination';
import type { Plan, PlannedWrite } from './plan';
import { sentFields } from './sender';
import type { SyncResult, SyncSummary } from './sync';

/** Tells what was planned and is not sent, each of it once a run: a profile can come up several times. */
export class PlanReport {
	/** Targets that a dry run has shown. */
	private readonly shown = new Set<string>();
	/** Open entries of which was told why they are not sent: their profiles come once more where they have changed. */
	private readonly told = new Set<string>();
	/** Profiles that have nothing to be sent. */
	private readonly idleOnes: SyncResult[] = [];

	constructor(
		private readonly summary: SyncSummary,
		private readonly report: (results: readonly SyncResult[]) => Promise<void>,
		/** As `report`, of what is counted already. */
		private readonly tell: (results: readonly SyncResult[]) => Promise<void>,
	) {}

	/** Those that hold already what they should, or are not there and not to be added. */
	count(plan: Plan): void {
		this.summary.unchanged += plan.unchanged.length;
		this.summary.absent += plan.absent.length;
	}

	/** @param open the entries that this is about, where it is not about all that a profile has */
	async skips(plan: Plan, open?: ReadonlySet<string>): Promise<void> {
		const skips = plan.skips.filter(({ target }) => (open ? open.has(target) : !this.told.has(target)));
		if (open) for (const { target } of skips) this.told.add(target);
		await this.report(skips.map(({ canonicalId, reason }) => ({ canonicalId, targetId: null, status: 'skipped', reason, fields: [] })));
	}

	/** Everything that would be sent, with its values. */
	async dryRun(plan: Plan, writes: readonly PlannedWrite[], open?: ReadonlySet<string>): Promise<void> {
		const fresh = writes.filter(({ entry }) => !this.shown.has(entry.target));
		for (const { entry } of fresh) this.shown.add(entry.target);
		this.count(plan);
		await this.skips(plan, open);
		await this.report(
			fresh.map(({ item }): SyncResult => {
				const values = { ...item.fields, ...(item.tags && { tags: item.tags }) };
				return { canonicalId: item.canonicalId, targetId: item.targetId, status: 'planned', fields: sentFields(item), values };
			}),
		);
	}

	noteIdle(plan: Plan, selected: readonly Pick<Profile, 'canonicalId'>[]): void {
		const busy = new Set([...plan.writes.map(({ item }) => item.canonicalId), ...plan.skips.map(({ canonicalId }) => canonicalId)]);
		const idle = selected.filter(({ canonicalId }) => !busy.has(canonicalId));
		this.idleOnes.push(...idle.map(({ canonicalId }): SyncResult => ({ canonicalId, targetId: null, ...idleness(plan, canonicalId), fields: [] })));
	}

	/** Tells what was noted, once all else went well. */
	async idle(): Promise<void> {
		const ones = this.idleOnes.splice(0);
		if (ones.length > 0) await this.tell(ones);
	}
}

function idleness(plan: Plan, canonicalId: string): Pick<SyncResult, 'status' | 'reason'> {
	const target = newTarget(canonicalId);
	if (plan.gone.includes(target)) return { status: 'absent', reason: 'its record there was deleted or is somebody else\'s, and it is not to get another one' };
	if (plan.absent.includes(target)) return { status: 'absent', reason: 'it has no record there, and none is to be added' };
	return { status: 'unchanged', reason: 'nothing differs from what was acknowledged' };
}
