import { type Evidence, type IdentityModel, refOf } from '../../domain';
import type { StoredRecord, StoreReader } from '../../store';
import { compareRecords } from '../compared-records';
import type { BorderlinePair } from './figures';
import type { ProfileNumbers } from './profile-numbers';
import { pairState } from './weights';

interface Near {
	edge: Evidence;
	/** From the threshold, in bits, without what a reservation takes away. */
	distance: number;
	/** Which comparison is at which level: what makes one pair look like another. */
	levels: string;
}

/**
 * Keeps the pairs that are nearest to the threshold for a match, so many on each side. Of pairs that agree and differ in the same ways
 * only the nearest is kept, so that they show different things. Which are kept does not depend on chance.
 */
export class BorderlinePairs {
	private readonly above: Near[] = [];
	private readonly below: Near[] = [];

	constructor(
		private readonly model: IdentityModel,
		private readonly profiles: ProfileNumbers,
		private readonly each: number,
	) {}

	add(edge: Evidence): void {
		const { match } = this.model.matching[this.profiles.entityOf(edge.a)].thresholds;
		const side = edge.weight >= match ? this.above : this.below;
		// What a reservation took away counts as if it were there: else all pairs that one holds back would be the nearest.
		const reserved = edge.comparisons.reduce((sum, { comparison, weight }) => (comparison === 'reservation' ? sum + weight : sum), 0);
		const distance = Math.abs(edge.weight - reserved - match);
		const worst = side.at(-1);
		if (side.length >= this.each && worst && distance >= worst.distance) return;
		const levels = edge.comparisons.map(({ comparison, level }) => `${comparison}:${level}`).join('|');
		const alike = side.findIndex((other) => other.levels === levels);
		const near = { edge, distance, levels };
		if (alike >= 0) {
			if ((side[alike]?.distance ?? 0) <= near.distance) return;
			side.splice(alike, 1);
		}
		// Behind those of equal distance: pairs come in a fixed order, and the first of them stays.
		const place = side.findIndex((other) => other.distance > near.distance);
		side.splice(place < 0 ? side.length : place, 0, near);
		if (side.length > this.each) side.pop();
	}

	/** The heaviest first. */
	edges(): Evidence[] {
		return [...this.above, ...this.below].map(({ edge }) => edge).sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
	}

	async read(tx: StoreReader): Promise<BorderlinePair[]> {
		const edges = this.edges();
		const records = new Map((await tx.records.byNo([...new Set(edges.flatMap(({ a, b }) => [a, b]))])).map((record) => [record.no, record]));
		return edges.flatMap((edge) => {
			const [left, right] = [records.get(edge.a), records.get(edge.b)];
			return left && right ? [this.describe(edge, left, right)] : [];
		});
	}

	private describe(edge: Evidence, left: StoredRecord, right: StoredRecord): BorderlinePair {
		const lines = edge.comparisons
			.filter(({ comparison }) => comparison !== 'prior')
			.map(({ comparison, level, weight }) => ({ label: `${comparison}: ${level}`.replaceAll('_', ' '), weight }));
		const prior = edge.weight - lines.reduce((sum, { weight }) => sum + weight, 0);
		return {
			...{ entity: this.profiles.entityOf(edge.a), left: refOf(left), right: refOf(right), weight: edge.weight, lines },
			...{ prior: Math.abs(prior) < 1e-9 ? 0 : prior, state: pairState(edge, this.profiles), rows: compareRecords(left, right, this.model) },
		};
	}
}
