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

/** For two records of which nothing has to be told. */
export const NOTHING_TOLD: ClusteringTold = { leftOut: () => undefined, standIn: (no) => no };

/** Tells how components were clustered, each once, for as long as nothing is written: many questions may be about records of one large component. */
export class Clusterings {
	private readonly known = new Map<RecordNo, ClusteringTold>();

	constructor(
		private readonly tx: StoreReader,
		private readonly model: IdentityModel,
	) {}

	async of(left: StoredRecord, right: StoredRecord): Promise<ClusteringTold> {
		const known = this.known.get(left.no);
		if (known && known === this.known.get(right.no)) return known;
		const { told, records } = await this.tell([left.no, right.no]);
		for (const no of [left.no, right.no, ...records]) this.known.set(no, told);
		return told;
	}

	/** Clusters these components once more, as they are clustered whenever something in them changes, and keeps what was left out on the way. */
	private async tell(nos: readonly RecordNo[]): Promise<{ told: ClusteringTold; records: Iterable<RecordNo> }> {
		const basis = await clusterBasis(this.tx, nos, this.model, new RecordCache());
		const standInOf = standIns(basis);
		const standIn = (no: RecordNo) => standInOf.get(no) ?? no;
		const left = new Map<string, LeftOut>();
		clusterRecords(basis, ({ a, b }, why) => left.set(nameOf(a, b), why));
		return { told: { leftOut: (a, b) => left.get(nameOf(standIn(a), standIn(b))), standIn }, records: basis.heads.keys() };
	}
}

function nameOf(a: RecordNo, b: RecordNo): string {
	return a < b ? `${a}-${b}` : `${b}-${a}`;
}
