import type { Entity, Evidence, IdentityModel } from '../../domain';
import type { EntityWeights, PairState, WeightBin } from './figures';
import type { ProfileNumbers } from './profile-numbers';

/** Bins a bit, at the finest. */
const FINEST = 4;
const WIDTHS = [0.25, 0.5, 1, 2, 4, 8, 16];
/** Most bins that a picture shows. */
const MOST_BINS = 80;
/** Weights beyond this stand in the last bin. */
const BEYOND = 128;

type Counts = Record<PairState, number>;

/** Counts pairs with evidence by their match weight and what became of them. */
export class WeightCount {
	private readonly entities = new Map<Entity, Map<number, Counts>>();

	constructor(private readonly profiles: ProfileNumbers) {}

	add(edge: Pick<Evidence, 'a' | 'b' | 'weight' | 'outcome'>): void {
		const entity = this.profiles.entityOf(edge.a);
		const counts = this.entities.get(entity) ?? new Map<number, Counts>();
		this.entities.set(entity, counts);
		const place = Math.floor(Math.min(BEYOND, Math.max(-BEYOND, edge.weight)) * FINEST);
		const bin = counts.get(place) ?? { together: 0, below: 0, apart: 0 };
		counts.set(place, bin);
		bin[pairState(edge, this.profiles)] += 1;
	}

	figures(entity: Entity, { matching }: IdentityModel): EntityWeights {
		const counts = [...(this.entities.get(entity) ?? [])].map(([place, bin]) => ({ from: place / FINEST, ...bin }));
		const { thresholds } = matching[entity];
		const reached = [...counts.map(({ from }) => from), thresholds.match, thresholds.review];
		const [low, high] = [Math.min(...reached), Math.max(...reached)];
		const width = WIDTHS.find((wide) => (high - low) / wide < MOST_BINS) ?? Math.max(...WIDTHS);
		const [first, last] = [Math.floor(low / width), Math.floor(high / width)];
		const empty = { together: 0, below: 0, apart: 0 };
		const bins: WeightBin[] = Array.from({ length: last - first + 1 }, (_, index) => ({ from: (first + index) * width, ...empty }));
		const pairs: Counts = { ...empty };
		for (const { from, ...count } of counts) {
			const bin = bins[Math.floor(from / width) - first];
			for (const state of ['together', 'below', 'apart'] as const) {
				if (bin) bin[state] += count[state];
				pairs[state] += count[state];
			}
		}
		return { entity, thresholds, pairs, width, bins };
	}
}

export function pairState({ a, b, outcome }: Pick<Evidence, 'a' | 'b' | 'outcome'>, profiles: ProfileNumbers): PairState {
	if (profiles.of(a) === profiles.of(b) && profiles.of(a) !== 0) return 'together';
	return outcome === 'match' ? 'apart' : 'below';
}
