import { type Holds, HOLDS } from '../prepare/ready-record';

/** Rows of keys, one a key of a record; another thread reads in the same columns. */
export interface ProposingRows {
	/** By row: whose it is, by place among all records, and in which way it is held. */
	record: Uint32Array;
	holds: Uint8Array;
	/** By record: where its rows begin; one more for the end. */
	begin: Uint32Array;
	/** Rows in order of their digests, and of each row its place there. */
	order: Uint32Array;
	rank: Uint32Array;
	/** By place in the order: where a key begins, one more for the end; and whether it is too common, and proposes nobody. */
	isFirst: Uint8Array;
	common: Uint8Array;
}

/** Which records are worth comparing: those that share a key. */
export class Proposals {
	constructor(readonly rows: ProposingRows) {}

	/** Records behind this one that share a key with it that proposes them, each once. */
	partners(ofRecord: number, into: Set<number>): void {
		const { record, holds, begin, order, rank, isFirst, common } = this.rows;
		for (let row = begin[ofRecord] as number; row < (begin[ofRecord + 1] as number); row += 1) {
			const at = rank[row] as number;
			if (!proposes(holds[row] as Holds) || common[at] === 1) continue;
			for (let next = at + 1; isFirst[next] !== 1; next += 1) {
				const other = order[next] as number;
				if (proposes(holds[other] as Holds)) into.add(record[other] as number);
			}
		}
	}
}

function proposes(holds: Holds): boolean {
	return holds === HOLDS.value || holds === HOLDS.identifier;
}
