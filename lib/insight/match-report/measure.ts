import type { Evidence } from '../../domain';
import type { IdentityStore, StoreReader } from '../../store';
import { BorderlinePairs } from './borderline';
import { CompletenessCount } from './completeness';
import type { MatchFigures } from './figures';
import { largestProfiles } from './largest';
import { ProfileNumbers } from './profile-numbers';
import { WeightCount } from './weights';

const PAGE = 1000;

export interface MeasureOptions {
	/** How many of the largest profiles are described; 10 when left out. */
	largest?: number;
	/** How many borderline pairs on each side of the threshold for a match; 5 when left out. */
	borderline?: number;
}

/**
 * Counts what matching made of a store, in one snapshot of it. Records and evidence are read a page at a time;
 * what stays in the memory are a few bytes a record, and the samples.
 * @throws Error when the store has no model, which is when nothing was ever matched in it
 */
export async function measureMatching(store: IdentityStore, { largest = 10, borderline = 5 }: MeasureOptions = {}): Promise<MatchFigures> {
	return store.read(async (tx) => {
		const model = await tx.models.current();
		if (!model) throw new Error(`${store.location} has no identity model, so nothing was matched in it yet`);
		const profiles = new ProfileNumbers();
		const completeness = new CompletenessCount();
		const systems = new Map<string, number>();
		for await (const record of allRecords(tx)) {
			if (record.deleted || record.kind === 'activity') continue;
			profiles.add(record);
			completeness.add(record);
			systems.set(record.system, (systems.get(record.system) ?? 0) + 1);
		}
		const weights = new WeightCount(profiles);
		const nearest = new BorderlinePairs(model.model, profiles, borderline);
		for await (const edge of allEvidence(tx)) {
			weights.add(edge);
			nearest.add(edge);
		}
		const sizes = profiles.sizes();
		const bySize = new Map<number, number>();
		for (const size of sizes.values()) bySize.set(size, (bySize.get(size) ?? 0) + 1);
		const byEntity = completeness.figures(model.model);
		return {
			records: byEntity.reduce((sum, { records }) => sum + records, 0),
			profiles: sizes.size,
			sources: [...systems].map(([system, records]) => ({ system, records })),
			model,
			weights: byEntity.map(({ entity }) => weights.figures(entity, model.model)),
			sizes: [...bySize].sort(([x], [y]) => x - y).map(([size, count]) => ({ size, profiles: count })),
			largest: await largestProfiles(tx, profiles, sizes, largest),
			completeness: byEntity,
			borderline: await nearest.read(tx),
		};
	});
}

async function* allRecords(tx: StoreReader) {
	for (let after = 0; ; ) {
		const page = await tx.records.scan(after, PAGE);
		yield* page;
		const last = page.at(-1);
		if (!last) return;
		after = last.no;
	}
}

async function* allEvidence(tx: StoreReader): AsyncGenerator<Evidence> {
	for (let after: Pick<Evidence, 'a' | 'b' | 'rule'> | null = null; ; ) {
		const page: Evidence[] = await tx.evidence.scan(after, PAGE);
		yield* page;
		const last = page.at(-1);
		if (!last) return;
		after = last;
	}
}
