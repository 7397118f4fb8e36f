import type { ComparisonResult, Decision, RecordRef, VersionedModel } from '../domain';
import { refKey } from '../domain';
import { contradiction, identifierLookupKey, judgePair, RULE_LABEL, toComparable, weighEdges } from '../match';
import type { StoredRecord, StoreReader } from '../store';
import { whatKeepsApart } from './explain-apart';

/** Why two records are, or are not, one. */
export interface PairExplanation {
	a: RecordRef;
	b: RecordRef;
	together: boolean;
	/** What speaks for it now, a line a rule. */
	evidence: { rule: string; label: string; weight: number; outcome: 'match' | 'review'; comparisons: ComparisonResult[] }[];
	/** Shared values that are too common to be evidence. */
	tooCommon: string[];
	contradiction: { comparison: string; level: string; weight: number } | null;
	decision: Decision | null;
	/** The records that lead from one to the other through evidence, both ends included; empty when they are apart. */
	path: RecordRef[];
	/** What keeps the two profiles apart although something joins these two records; null where nothing has to. */
	keptApart: string | null;
	sentence: string;
}

/** Explains any two stored records, also ones that are not joined. Computed from the records as they are, by the rules as they are. */
export async function explainPair(tx: StoreReader, left: StoredRecord, right: StoredRecord, { model }: VersionedModel): Promise<PairExplanation> {
	const [x, y] = [toComparable(left, left.no, model), toComparable(right, right.no, model)];
	const sharedKeys = x.identifiers
		.filter((one) => y.identifiers.some((other) => one.kind === other.kind && one.value === other.value))
		.map(({ kind, value }) => ({ kind, key: identifierLookupKey(x.entity, kind, value) }));
	const generic = await tx.keys.generic(sharedKeys.map(({ key }) => key));
	const evidence = judgePair(x, y, model, generic).map((line) => ({ ...line, label: RULE_LABEL }));
	const pair = new Set([refKey(left), refKey(right)]);
	const decision = (await tx.decisions.touching([left])).find(({ a, b }) => pair.has(refKey(a)) && pair.has(refKey(b))) ?? null;
	const together = left.profileNo !== null && left.profileNo === right.profileNo;
	const joins = evidence.some(({ outcome }) => outcome === 'match');
	const explanation = {
		keptApart: joins && !together && !decision ? await whatKeepsApart(tx, left, right, model) : null,
		a: refOf(left),
		b: refOf(right),
		together,
		evidence,
		tooCommon: sharedKeys.filter(({ key }) => generic.has(key)).map(({ kind }) => kind),
		contradiction: contradiction(x, y) ?? null,
		decision,
		path: together ? await pathBetween(tx, left, right) : [],
	};
	return { ...explanation, sentence: sentenceFor(explanation) };
}

/** Shortest way through match evidence and `same` decisions inside the profile. */
async function pathBetween(tx: StoreReader, from: StoredRecord, to: StoredRecord): Promise<RecordRef[]> {
	const members = await tx.records.ofProfiles([from.profileNo as number]);
	const byNo = new Map(members.map((record) => [record.no, record]));
	const byKey = new Map(members.map((record) => [refKey(record), record.no]));
	const edges = weighEdges(await tx.evidence.touching([...byNo.keys()]), 'match').map(({ a, b }) => [a, b]);
	for (const { a, b, verdict } of await tx.decisions.touching(members)) {
		const [x, y] = [byKey.get(refKey(a)), byKey.get(refKey(b))];
		if (verdict === 'same' && x !== undefined && y !== undefined) edges.push([x, y]);
	}
	const cameFrom = new Map<number, number | null>([[from.no, null]]);
	let frontier = [from.no];
	while (frontier.length > 0 && !cameFrom.has(to.no)) {
		const next: number[] = [];
		for (const [a, b] of edges as [number, number][]) {
			for (const [here, there] of [[a, b], [b, a]] as const) {
				if (frontier.includes(here) && byNo.has(there) && !cameFrom.has(there)) {
					cameFrom.set(there, here);
					next.push(there);
				}
			}
		}
		frontier = next;
	}
	const path: RecordRef[] = [];
	for (let at = cameFrom.has(to.no) ? to.no : null; at !== null; at = cameFrom.get(at) ?? null) path.unshift(refOf(byNo.get(at) as StoredRecord));
	return path;
}

function sentenceFor({ together, evidence, tooCommon, contradiction: against, decision, path, keptApart }: Omit<PairExplanation, 'sentence'>): string {
	const state = together ? 'These two records are one profile' : 'These two records are two profiles';
	if (decision) return `${state}: ${decision.actor} decided "${decision.verdict}"${decision.reason ? ` (${decision.reason})` : ''}.`;
	const parts: string[] = [];
	if (evidence.length > 0) parts.push(evidence.map(({ label, weight, outcome }) => `${label.toLowerCase()} (weight ${weight}, ${outcome})`).join(' and '));
	if (tooCommon.length > 0) parts.push(`they share a value that too many have to count (${tooCommon.join(', ')})`);
	if (against) parts.push(`against it: ${against.comparison.replace('_', ' ')} ${against.level}`);
	if (keptApart !== null) parts.push(`but ${keptApart}`);
	if (together && evidence.length === 0 && path.length > 2) parts.push(`joined through ${path.length - 2} other ${path.length === 3 ? 'record' : 'records'}`);
	return `${state}: ${parts.length > 0 ? parts.join('; ') : 'nothing speaks for their being one'}.`;
}

function refOf({ system, object, sourceId }: RecordRef): RecordRef {
	return { system, object, sourceId };
}
