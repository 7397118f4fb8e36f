/** A profile of now with the clusters that its records would be in, or a cluster with the profiles that they are in. */
export interface Whole {
	/** Number of the profile, or of the cluster. */
	of: number;
	records: number;
	parts: Part[];
}

export interface Part {
	/** Number of the cluster, or of the profile. */
	of: number;
	records: number;
	/** Place of the first of its records. */
	example: number;
}

/** How profiles and clusters divide the same records. Most profiles are one cluster; what is said here one by one is about the others. */
export interface Crossing {
	/** Profiles that have records. */
	profiles: number;
	/** Pairs of records that are together: in a profile, in a cluster, in both. */
	pairs: { before: number; after: number; both: number };
	outOf: Whole[];
	into: Whole[];
	/** By cluster: places of its records. */
	crossed: Map<number, number[]>;
}

/** @param profileOf and `clusterOf` by place of the record; clusters are numbered from 0, profiles in any way */
export function crossingOf(profileOf: readonly number[], clusterOf: Uint32Array): Crossing {
	const [clusterOfProfile, profileOfCluster] = [new Map<number, number>(), new Map<number, number>()];
	const [sizes, clusterSizes] = [new Map<number, number>(), new Map<number, number>()];
	const [splits, merges] = [new Set<number>(), new Set<number>()];
	for (const [place, profile] of profileOf.entries()) {
		const cluster = clusterOf[place] as number;
		sizes.set(profile, (sizes.get(profile) ?? 0) + 1);
		clusterSizes.set(cluster, (clusterSizes.get(cluster) ?? 0) + 1);
		if ((clusterOfProfile.get(profile) ?? cluster) !== cluster) splits.add(profile);
		else clusterOfProfile.set(profile, cluster);
		if ((profileOfCluster.get(cluster) ?? profile) !== profile) merges.add(cluster);
		else profileOfCluster.set(cluster, profile);
	}
	const [outOf, into] = [new Parts(), new Parts()];
	const crossed = new Map<number, number[]>();
	for (const [place, profile] of profileOf.entries()) {
		const cluster = clusterOf[place] as number;
		if (!splits.has(profile) && !merges.has(cluster)) continue;
		outOf.add(profile, cluster, place);
		into.add(cluster, profile, place);
		const places = crossed.get(cluster);
		if (places) places.push(place);
		else crossed.set(cluster, [place]);
	}
	const [before, after] = [pairsIn(sizes.values()), pairsIn(clusterSizes.values())];
	const wholes = outOf.list();
	// Of those that don't cross all pairs stay.
	const crossing = pairsIn(wholes.map(({ records }) => records));
	const staying = pairsIn(wholes.flatMap(({ parts }) => parts.map(({ records }) => records)));
	return { profiles: sizes.size, pairs: { before, after, both: before - crossing + staying }, outOf: wholes, into: into.list(), crossed };
}

class Parts {
	private readonly wholes = new Map<number, Map<number, Part>>();

	add(of: number, to: number, place: number): void {
		let parts = this.wholes.get(of);
		if (!parts) {
			parts = new Map();
			this.wholes.set(of, parts);
		}
		const part = parts.get(to);
		if (part) part.records += 1;
		else parts.set(to, { of: to, records: 1, example: place });
	}

	list(): Whole[] {
		return [...this.wholes].map(([of, parts]) => ({ of, records: [...parts.values()].reduce((sum, { records }) => sum + records, 0), parts: [...parts.values()] }));
	}
}

function pairsIn(sizes: Iterable<number>): number {
	let pairs = 0;
	for (const size of sizes) pairs += (size * (size - 1)) / 2;
	return pairs;
}
