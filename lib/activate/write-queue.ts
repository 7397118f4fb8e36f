import type { IdentityStore, StoredProfile } from '../store';
import { type Destination, destinationName } from './destination';
import { asSent } from './lost-creation';
import type { PlannedWrite } from './plan';
import type { PlanReport } from './plan-report';
import type { Planner } from './planner';
import type { Sender } from './sender';

/** What a queue works with. */
export interface QueueParts {
	store: IdentityStore;
	destination: Destination;
	planner: Planner;
	report: PlanReport;
	sender: Sender;
	/** Called before anything that must not be done twice. @throws LeaseLostError */
	renew: () => Promise<void>;
	/** Called with the profiles behind the IDs for which something waits: they may have other IDs now. */
	follow: (found: ReadonlyMap<string, StoredProfile>) => void;
}

/**
 * What is due, in the ledger, and not sent yet: target to canonical ID. What is sent is planned again right before, as the store is then.
 * Updates and new records wait apart, because vendors take them in calls of different kinds.
 */
export class WriteQueue {
	private readonly updates = new Map<string, string>();
	private readonly additions = new Map<string, string>();

	constructor(private readonly parts: QueueParts) {}

	add(writes: readonly PlannedWrite[]): void {
		for (const { entry, item } of writes) (item.targetId === null ? this.additions : this.updates).set(entry.target, item.canonicalId);
	}

	async sendFullBatches(): Promise<void> {
		const { maxBatch } = this.parts.destination.definition;
		await this.send(this.updates, maxBatch);
		await this.send(this.additions, maxBatch);
	}

	async sendRest(): Promise<void> {
		await this.send(this.updates, 1);
		await this.send(this.additions, 1);
	}

	/** Sends full batches, and what is left over when there are at least `least` of them. */
	private async send(queue: Map<string, string>, least: number): Promise<void> {
		const { destination, renew, sender } = this.parts;
		const { maxBatch, parallelWrites = 1 } = destination.definition;
		while (queue.size >= least) {
			const most = parallelWrites * maxBatch;
			const chosen = new Map([...queue].slice(0, queue.size < most ? queue.size - (queue.size % least) : most));
			for (const target of chosen.keys()) queue.delete(target);
			await renew();
			const writes = await this.planAgain(chosen);
			const batches = Math.ceil(writes.length / maxBatch);
			await sender.send(Array.from({ length: batches }, (_, index) => writes.slice(index * maxBatch, (index + 1) * maxBatch)));
		}
	}

	/** The same writes as they are now: between finding and sending, consent can be withdrawn and profiles can be merged. */
	private async planAgain(chosen: ReadonlyMap<string, string>): Promise<PlannedWrite[]> {
		const { store, destination, planner, report, follow } = this.parts;
		const targets = new Set(chosen.keys());
		const { found, writes, plan } = await store.write(async (tx) => {
			const found = await tx.profiles.byCanonicalId([...new Set(chosen.values())]);
			const plan = await planner.plan(tx, [...found.values()]);
			const writes = plan.writes.filter(({ entry }) => targets.has(entry.target));
			await planner.note(tx, plan, writes.map(asSent), targets);
			await planner.settle(tx, [...(await tx.ledger.get(destinationName(destination), [...targets])).values()], plan);
			return { found, writes, plan };
		});
		follow(found);
		await report.skips(plan, targets);
		return writes;
	}
}
