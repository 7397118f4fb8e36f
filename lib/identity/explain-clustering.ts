import type { IdentityModel, RecordNo } from '../domain';
import { clusterRecords, type LeftOut, standIns } from '../match';
import type { StoredRecord, StoreReader } from '../store';
import { clusterBasis } from './recluster';
import { RecordCache } from './record-cache';

/** How the components of some records were clustered. */
export interface ClusteringTold {
	/** Why clustering did not go by the evidence between two records; undefined where it did, or where there is none. */
	leftOut: (a: RecordNo, b: RecordNo) => LeftOut | undefined;
	/** The copy that stands for a record in clustering: it alone has evidence with others. The record itself where it is that one, or has no copies. */
	standIn: (no: RecordNo) => RecordNo;
}

/** Clusters the components of these records once more, as they are clustered whenever something in them changes, and keeps what was left out on the way. */
export async function tellClustering(tx: StoreReader, records: readonly StoredRecord[], model: IdentityModel): Promise<ClusteringTold> {
	const basis = await clusterBasis(tx, new Set(records.map(({ no }) => no)), model, new RecordCache());
	const standInOf = standIns(basis);
	const standIn = (no: RecordNo) => standInOf.get(no) ?? no;
	const left = new Map<string, LeftOut>();
	clusterRecords(basis, ({ a, b }, why) => left.set(nameOf(a, b), why));
	return { leftOut: (a, b) => left.get(nameOf(standIn(a), standIn(b))), standIn };
}

function nameOf(a: RecordNo, b: RecordNo): string {
	return a < b ? `${a}-${b}` : `${b}-${a}`;
}
