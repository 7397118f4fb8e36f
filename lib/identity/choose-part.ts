import { type RecordNo, refKey } from '../domain';
import type { RecordHead } from '../store';
import { type Before, NOTHING_BEFORE } from './promised-ids';

/** What a cluster has of a profile's records. */
interface Part {
	/** Place of the cluster. */
	index: number;
	/** Records that have this ID and had no other one. */
	needy: number;
	/** Records that had this ID and stand elsewhere. */
	coming: number;
	size: number;
	oldest: string;
}

/**
 * For each former profile, the cluster that keeps its ID. After the store went back to a backup, records that had another one before need it least. Those
 * that had this one, before that or before they were deleted, come behind those that have it, wherever they are now.
 */
export function choosePartOfEachProfile(
	records: ReadonlyMap<RecordNo, RecordHead>,
	clusters: readonly (readonly RecordNo[])[],
	{ promised, places, open }: Before = NOTHING_BEFORE,
): Map<number, number> {
	const parts = new Map<number, Part[]>();
	clusters.forEach((cluster, index) => {
		const inProfile = byProfile(records, cluster, places, open);
		for (const [profileNo, members] of inProfile) {
			const oldest = members.map((record) => `${record.firstSeenAt} ${refKey(record)}`).reduce((first, other) => (other < first ? other : first));
			const hadAnother = (ref: string) => promised.has(ref) || (places.get(ref) ?? profileNo) !== profileNo;
			const [here, size] = [members.filter((record) => record.profileNo === profileNo), members.length];
			const needy = promised.size + places.size === 0 ? size : here.filter((record) => !hadAnother(refKey(record))).length;
			parts.set(profileNo, [...(parts.get(profileNo) ?? []), { index, needy, coming: size - here.length, size, oldest }]);
		}
	});
	return new Map(
		[...parts].map(([profileNo, list]) => {
			list.sort((x, y) => y.needy - x.needy || y.coming - x.coming || y.size - x.size || (x.oldest < y.oldest ? -1 : 1));
			return [profileNo, (list[0] as Part).index];
		}),
	);
}

/** The records of a cluster by the profile whose ID they have or had. */
function byProfile(records: ReadonlyMap<RecordNo, RecordHead>, cluster: readonly RecordNo[], places: Before['places'], open: Before['open']): Map<number, RecordHead[]> {
	const found = new Map<number, RecordHead[]>();
	for (const no of cluster) {
		const record = records.get(no);
		if (!record) continue;
		const place = open.size > 0 ? places.get(refKey(record)) : undefined;
		for (const profileNo of new Set([record.profileNo, place])) {
			if (profileNo === null || profileNo === undefined || (profileNo !== record.profileNo && !open.has(profileNo))) continue;
			const members = found.get(profileNo);
			if (members) members.push(record);
			else found.set(profileNo, [record]);
		}
	}
	return found;
}
