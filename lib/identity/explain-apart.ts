import type { IdentityModel } from '../domain';
import { refKey } from '../domain';
import { toComparable, weighEdges } from '../match';
import { Contradictions } from '../match/contradictions';
import type { StoredRecord, StoreReader } from '../store';

/** Why two profiles are not one although evidence joins a record of each: in words, naming the records that stand in the way. */
export async function whatKeepsApart(tx: StoreReader, left: StoredRecord, right: StoredRecord, model: IdentityModel): Promise<string> {
	const gone = [left, right].find(({ deleted }) => deleted);
	if (gone) return `${refKey(gone)} was deleted in ${gone.system}`;
	const [here, there] = [await membersWith(tx, left), await membersWith(tx, right)];
	const [ours, theirs] = [new Set(here.map(refKey)), new Set(there.map(refKey))];
	for (const { a, b, verdict, actor } of await tx.decisions.touching(here)) {
		const [p, q] = [refKey(a), refKey(b)];
		const across = (ours.has(p) && theirs.has(q)) || (ours.has(q) && theirs.has(p));
		if (verdict === 'different' && across) return `${actor} decided that ${p} and ${q} are different`;
	}
	const found = await contradictionBetween(tx, here, there, model);
	if (found) return found;
	return 'one of the two is tied as closely to another record that contradicts the other one, so that nothing says whose it is';
}

/** Kinds of record that look alike in all that a contradiction looks at; of more than this nobody waits for all pairs. */
const MOST_FACES = 500;

/** The first two records across that contradict each other. Two that evidence joins don't: what speaks against them was weighed. */
async function contradictionBetween(tx: StoreReader, here: readonly StoredRecord[], there: readonly StoredRecord[], model: IdentityModel): Promise<string | undefined> {
	const ties = weighEdges(await tx.evidence.touching((here.length <= there.length ? here : there).map(({ no }) => no)), 'match');
	const contradictions = new Contradictions([...here, ...there].map((record) => toComparable(record, record.no, model)), ties);
	const [ours, theirs] = [byFace(here, contradictions), byFace(there, contradictions)];
	for (const [face, left] of ours) {
		for (const [other, right] of theirs) {
			const found = contradictions.betweenFaces(face, other);
			if (!found) continue;
			for (const x of left) {
				const y = right.find(({ no }) => contradictions.between(x.no, no));
				if (y) return `${refKey(x)} and ${refKey(y)} contradict each other (${found.comparison.replace('_', ' ')} ${found.level})`;
			}
		}
	}
	return undefined;
}

function byFace(records: readonly StoredRecord[], contradictions: Contradictions): Map<number, StoredRecord[]> {
	const faces = new Map<number, StoredRecord[]>();
	for (const record of records) {
		const face = contradictions.face(record.no);
		const alike = faces.get(face);
		if (alike) alike.push(record);
		else if (faces.size < MOST_FACES) faces.set(face, [record]);
	}
	return faces;
}

async function membersWith(tx: StoreReader, record: StoredRecord): Promise<StoredRecord[]> {
	return record.profileNo === null ? [record] : tx.records.ofProfiles([record.profileNo]);
}
