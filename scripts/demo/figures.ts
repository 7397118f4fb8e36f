import { writeFileSync } from 'node:fs';
import { checkStore, type IdentityStore, type LedgerStatus, refKey, SYSTEM_IDS, SYSTEMS } from '../../lib';
import { pairwise } from '../../test/sandbox/world';
import type { DemoSystems } from './systems';

export type BySystem = Record<string, number>;

/** Everything that the demo measured; the keys of the JSON file. */
export interface Figures {
	/** People and companies (not activities) in each system's look-alike. */
	records: BySystem;
	profiles: number;
	/** Records that were recognised as somebody already known: records in profiles less profiles. */
	merges: number;
	/** Questions that wait for a person. */
	review: number;
	/** Records without any usable identifier. */
	rejected: number;
	synced: BySystem;
	skipped: BySystem;
	failed: BySystem;
	/** API calls of the first run. */
	calls: BySystem;
	precision: number;
	recall: number;
	secondRunCalls: BySystem;
	secondRunWrites: number;
	/** Broken invariants that the check of the store found. */
	problems: number;
	segments: BySystem;
}

export function countRecords({ world }: DemoSystems): BySystem {
	return {
		hubspot: world.hubspot.contacts.length + world.hubspot.companies.length,
		stripe: world.stripe.customers.length,
		zendesk: world.zendesk.users.length + world.zendesk.organizations.length,
		mailchimp: world.mailchimp.members.length,
	};
}

export function countCalls({ sandboxes }: DemoSystems): BySystem {
	return mapSystems((system) => Object.values(sandboxes[system]?.server.calls() ?? {}).reduce((sum, count) => sum + count, 0));
}

export function countWrites({ sandboxes }: DemoSystems): number {
	return Object.values(sandboxes).reduce((sum, { server }) => sum + server.writes(), 0);
}

/** Last word on each record that was to be written, from the ledger. */
export async function countLedger(store: IdentityStore, systems: DemoSystems, statuses: readonly LedgerStatus[]): Promise<BySystem> {
	const counts: BySystem = {};
	for (const system of SYSTEM_IDS) {
		const definition = SYSTEMS[system];
		const credentials = systems.sandboxes[system]?.credentials ?? {};
		let sum = 0;
		for (const object of Object.keys(definition?.destinations ?? {})) {
			const found = await store.read((tx) => tx.ledger.counts(`${system}:${object}@${definition?.account(credentials)}`));
			for (const status of statuses) sum += found[status];
		}
		counts[system] = sum;
	}
	return counts;
}

/** Precision and recall over pairs of records, against what the look-alikes were seeded with. */
export async function compareWithTruth(store: IdentityStore, truth: Map<string, string>) {
	const clusters = new Map<string, string>();
	await store.read(async (tx) => {
		for (let after = 0; ; ) {
			const page = await tx.profiles.scan(after, 1000);
			const last = page.at(-1);
			if (!last) return;
			after = last.no;
			for (const { canonicalId, golden } of page) for (const record of golden?.records ?? []) clusters.set(refKey(record), canonicalId);
		}
	});
	return { ...pairwise(truth, clusters), recordsInProfiles: clusters.size };
}

export async function storeFigures(store: IdentityStore) {
	const report = await checkStore(store, Date.now());
	const { counts, review, rejected } = await store.read(async (tx) => ({
		counts: await tx.profiles.counts(),
		review: await tx.reviews.countOpen(),
		rejected: await tx.rejections.count(),
	}));
	return { report, segments: counts.segments, profiles: counts.profiles.person + counts.profiles.company, review, rejected };
}

export function writeFigures(file: string, figures: Figures): void {
	writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}

function mapSystems(count: (system: string) => number): BySystem {
	return Object.fromEntries(SYSTEM_IDS.map((system) => [system, count(system)]));
}
