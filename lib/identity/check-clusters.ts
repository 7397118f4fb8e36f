import { type IdentityModel, refKey } from '../domain';
import type { RecordHead, StoreReader } from '../store';
import type { Problem } from './problem';
import { recluster } from './recluster';

/** Each person or company is in exactly one profile that exists; activities and deleted records are in none. */
export async function checkPlaces(tx: StoreReader, records: readonly RecordHead[]): Promise<Problem[]> {
	const nos = [...new Set(records.map(({ profileNo }) => profileNo).filter((no) => no !== null))];
	const profiles = new Map((await tx.profiles.heads(nos)).map((profile) => [profile.no, profile]));
	return records.flatMap((record): Problem[] => {
		const belongs = record.kind !== 'activity' && !record.deleted;
		const problem = (detail: string): Problem[] => [{ invariant: 'each record is in exactly one profile', subject: refKey(record), detail }];
		if (!belongs) return record.profileNo === null ? [] : problem('is an activity or deleted, and still in a profile');
		if (record.profileNo === null) return problem('is in no profile');
		const profile = profiles.get(record.profileNo);
		if (!profile) return problem(`is in profile number ${record.profileNo}, which does not exist`);
		if (profile.entity !== record.kind) return problem(`is a ${record.kind} in ${profile.canonicalId}, which is a ${profile.entity}`);
		return profile.empty ? problem(`is in ${profile.canonicalId}, which is marked as empty`) : [];
	});
}

/** The profiles are the clusters. */
export async function checkClusters(tx: StoreReader, page: readonly RecordHead[], model: IdentityModel): Promise<Problem[]> {
	const { records, clusters } = await recluster(tx, new Set(page.map(({ no }) => no)), model);
	const seen = new Map<number, number>();
	const problems: Problem[] = [];
	clusters.forEach((cluster, index) => {
		const profiles = new Set(cluster.map((no) => records.get(no)?.profileNo));
		const names = cluster.map((no) => refKey(records.get(no) as RecordHead));
		if (profiles.size > 1) problems.push({ invariant: 'profiles are the clusters', subject: names.join(', '), detail: 'are one cluster in several profiles' });
		for (const profileNo of profiles) {
			if (profileNo === null || profileNo === undefined) continue;
			if (seen.has(profileNo)) problems.push({ invariant: 'profiles are the clusters', subject: names.join(', '), detail: 'shares its profile with another cluster' });
			seen.set(profileNo, index);
		}
	});
	return problems;
}
