import type { Plan, PlannedWrite } from './plan';
import { sentFields } from './sender';
import type { SyncResult, SyncSummary } from './sync';

/** Tells what was planned and is not sent, each of it once a run: a profile can come up several times. */
export class PlanReport {
	/** Targets that a dry run has shown. */
	private readonly shown = new Set<string>();
	/** Open entries of which was told why they are not sent: their profiles come once more where they have changed. */
	private readonly told = new Set<string>();

	constructor(
		private readonly summary: SyncSummary,
		private readonly report: (results: readonly SyncResult[]) => Promise<void>,
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
}
