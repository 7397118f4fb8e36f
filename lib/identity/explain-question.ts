import { type RecordNo, type RecordRef, refOf } from '../domain';
import type { StoredRecord, StoreReader } from '../store';
import type { ClusteringTold } from './explain-clustering';
import { membersWith } from './members-with';

/** A question that waits for a person. */
export interface OpenQuestion {
	/** As the Review node takes it; null where nothing is asked. */
	questionId: number | null;
	/** The two records that are asked about. */
	questionAbout: [RecordRef, RecordRef] | null;
}

const NONE: OpenQuestion = { questionId: null, questionAbout: null };

/** About these two, else about those that stand for them, else about their profiles: of two profiles only the heaviest pair is asked about. */
export async function questionBetween(tx: StoreReader, left: StoredRecord, right: StoredRecord, { standIn }: ClusteringTold): Promise<OpenQuestion> {
	if (left.profileNo !== null && left.profileNo === right.profileNo) return NONE;
	const [here, there] = [await membersWith(tx, left), await membersWith(tx, right)];
	const candidates: readonly (readonly [readonly RecordNo[], readonly RecordNo[]])[] = [
		[[left.no], [right.no]],
		[[standIn(left.no)], [standIn(right.no)]],
		[here.map(({ no }) => no), there.map(({ no }) => no)],
	];
	const open = await tx.reviews.openTouching([...new Set([standIn(left.no), ...here.map(({ no }) => no)])]);
	for (const [ours, theirs] of candidates.map((sides) => sides.map((side) => new Set(side)))) {
		for (const { id, a, b } of open) {
			const [x, y] = ours?.has(a) && theirs?.has(b) ? [a, b] : ours?.has(b) && theirs?.has(a) ? [b, a] : [];
			if (x === undefined || y === undefined) continue;
			const found = new Map((await tx.records.byNo([x, y])).map((record) => [record.no, refOf(record)]));
			const [one, other] = [found.get(x), found.get(y)];
			if (one && other) return { questionId: id, questionAbout: [one, other] };
		}
	}
	return NONE;
}

/** Those of some records that another one stands for. */
export async function copiesAmong(tx: StoreReader, records: readonly StoredRecord[], { standIn }: ClusteringTold): Promise<{ record: RecordRef; of: RecordRef }[]> {
	const copies = records.filter(({ no }) => standIn(no) !== no);
	const firsts = new Map((await tx.records.byNo(copies.map(({ no }) => standIn(no)))).map((record) => [record.no, refOf(record)]));
	return copies.flatMap((record) => {
		const of = firsts.get(standIn(record.no));
		return of ? [{ record: refOf(record), of }] : [];
	});
}
