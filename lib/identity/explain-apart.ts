import { type Decision, type IdentityModel, type RecordNo, refKey } from '../domain';
import type { Contradiction, LeftOut, WeighedEdge } from '../match';
import type { StoredRecord, StoreReader } from '../store';
import type { ClusteringTold } from './explain-clustering';
import { contradictionWords } from './explain-contradiction';
import { membersWith } from './members-with';

/** Two records whose evidence clustering may have left out, and what tells why. */
export interface Parted {
	left: StoredRecord;
	right: StoredRecord;
	model: IdentityModel;
	told: ClusteringTold;
}

/** Why two profiles are not one although something joins a record of each: in words, naming the records that stand in the way. */
export async function whatKeepsApart(tx: StoreReader, parted: Parted): Promise<string> {
	const { left, right, told } = parted;
	const gone = [left, right].filter(({ deleted }) => deleted).map(refKey);
	if (gone.length > 0) return `${gone.join(' and ')} ${gone.length > 1 ? 'were' : 'was'} deleted at the source, and a deleted record is in no profile`;
	const decided = await decisionBetween(tx, left, right);
	if (decided) return decisionWords(decided);
	const leftOut = told.leftOut(left.no, right.no);
	if (leftOut) return leftOutWords(tx, leftOut, parted);
	return 'nothing in the store says why. "customer360 check" tells whether its profiles are what its records and decisions make of them';
}

/** Why clustering did not go by the evidence between two records, which became one by that of others, or did not. */
export async function leftOutWords(tx: StoreReader, leftOut: LeftOut, parted: Parted): Promise<string> {
	if (leftOut.kind === 'decision') return 'a person keeps apart what they would have joined';
	if (leftOut.kind === 'dispute') return disputeWords(tx, leftOut, parted);
	const found = await recordsOf(tx, [leftOut.a, leftOut.b], parted);
	// First the one that is with the left record.
	const [x, y] = found[0]?.no === parted.right.no || (found[1] && found[1].profileNo === parted.left.profileNo) ? found.reverse() : found;
	if (!x || !y) return 'a record that stood between them is gone';
	const said = contradictionWords(leftOut.found, x, y, parted.model);
	return `joining them would put ${refKey(x)} and ${refKey(y)} into one profile, and these two contradict each other: ${said}`;
}

async function disputeWords(tx: StoreReader, { rival, found }: { rival: WeighedEdge; found: Contradiction | undefined }, parted: Parted): Promise<string> {
	const { left, right, told, model } = parted;
	const isEnd = ({ no }: StoredRecord) => [rival.a, rival.b].includes(told.standIn(no));
	const [end, other] = isEnd(left) ? [left, right] : [right, left];
	const [third] = await recordsOf(tx, [rival.a === told.standIn(end.no) ? rival.b : rival.a], parted);
	if (!third) return 'a record that stood between them is gone';
	const [one, rivalRef] = [refKey(end), refKey(third)];
	const weight = `${rival.weight > 0 ? '+' : ''}${rival.weight.toFixed(2)}`;
	const decided = found ? undefined : await decisionBetween(tx, other, third);
	const apart = found
		? `these two contradict each other: ${contradictionWords(found, other, third, model)}`
		: decided
			? decisionWords(decided)
			: 'a person keeps these two apart';
	return `${one} is tied to ${refKey(other)} and to ${rivalRef} equally closely (match weight ${weight} each), and ${apart}; nothing says to which of the two ${one} belongs`;
}

/** The words of a decision "different" between the profiles of two records. */
async function decisionBetween(tx: StoreReader, left: StoredRecord, right: StoredRecord): Promise<Decision | undefined> {
	const [here, there] = [await membersWith(tx, left), await membersWith(tx, right)];
	const [ours, theirs] = [new Set(here.map(refKey)), new Set(there.map(refKey))];
	return (await tx.decisions.touching(here)).find(({ a, b, verdict }) => {
		const [p, q] = [refKey(a), refKey(b)];
		return verdict === 'different' && ((ours.has(p) && theirs.has(q)) || (ours.has(q) && theirs.has(p)));
	});
}

function decisionWords({ a, b, actor, reason }: Decision): string {
	return `${actor} decided that ${refKey(a)} and ${refKey(b)} are different${reason ? ` (${reason})` : ''}`;
}

/** Stored records by number; of a copy that stands for one of the two, that one, which says the same. */
async function recordsOf(tx: StoreReader, nos: readonly RecordNo[], { left, right, told }: Parted): Promise<(StoredRecord | undefined)[]> {
	const found = new Map((await tx.records.byNo(nos)).map((record) => [record.no, record]));
	return nos.map((no) => [left, right].find((record) => told.standIn(record.no) === no) ?? found.get(no));
}
