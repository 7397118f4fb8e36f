import type { ComparisonResult, Decision, Entity, Evidence, RecordRef, VersionedModel } from '../domain';
import { refKey, refOf } from '../domain';
import { contradiction, judgePair, RULE_LABEL, scorePair, toComparable } from '../match';
import type { StoredRecord, StoreReader } from '../store';
import { leftOutWords, whatKeepsApart } from './explain-apart';
import { Clusterings, type ClusteringTold, NOTHING_TOLD } from './explain-clustering';
import { contradictionWords } from './explain-contradiction';
import { copiesAmong, type OpenQuestion, questionBetween } from './explain-question';
import { refuseWhileLoading } from './first-load';
import { type ExplainedLine, explainedLines, type SharedKey, sharedKeys } from './explain-lines';
import { type PathStep, pathBetween } from './explain-path';
import { probabilityOf, sentenceFor } from './explain-sentence';
import { membersWith } from './members-with';

/** Why two records are, or are not, one. */
export interface PairExplanation {
	a: RecordRef;
	b: RecordRef;
	/** Of the profiles that they are in; null for a record that is in none. */
	canonicalIds: [string | null, string | null];
	/** What the two are; null where they are not two people or two companies. */
	entity: Entity | null;
	/** Why nothing can be weighed: one and the same record, a person and a company, or an activity. Null where all is in order. */
	incomparable: string | null;
	together: boolean;
	/** Match weight (log2 of the odds that the two are one) as the model gives it now, whether or not the pair is joined or ever compared. */
	weight: number | null;
	/** 2^weight / (1 + 2^weight). */
	probability: number | null;
	thresholds: { match: number; review: number } | null;
	/** Where the weight stands between the thresholds. */
	outcome: 'match' | 'review' | 'none';
	/** What the weight is made of, from the prior to reservations; comparisons that are neutral for want of a value are among them. */
	lines: ExplainedLine[];
	/** A key that is not too common brings the two together; else the weight has no effect. */
	proposed: boolean;
	sharedKeys: SharedKey[];
	/** What has an effect now, a line a rule. */
	evidence: { rule: string; label: string; weight: number; outcome: 'match' | 'review'; comparisons: ComparisonResult[] }[];
	/** What the store keeps of the pair, with the version of the identity model that it came from. */
	stored: { rule: string; weight: number; outcome: 'match' | 'review'; modelVersion: number; at: string }[];
	/** Version of the identity model that gave `weight` and `lines`. */
	modelVersion: number;
	/** Kinds of shared identifiers that are too common to be evidence. */
	tooCommon: string[];
	/** What the two state differently; `words` have the values. */
	contradiction: { comparison: string; level: string; weight: number; words: string } | null;
	/** On this pair. */
	decision: Decision | null;
	/** The pair's own first; of two that are together those between records on the path, of two that are apart those between their profiles. */
	decisions: Decision[];
	/** The records that lead from one to the other through evidence, both ends included; empty when they are apart. */
	path: RecordRef[];
	/** The same step by step, with each step's weight. */
	steps: PathStep[];
	/** Of the open question about the two, or about a record of each of their profiles. */
	questionId: OpenQuestion['questionId'];
	questionAbout: OpenQuestion['questionAbout'];
	/** What keeps the two apart although evidence or a decision joins these two records, or that one of them was deleted; null where nothing has to. */
	keptApart: string | null;
	/** Those of the two that say the same as an earlier record, which stands for them: it alone is compared with others, and asked about. */
	copies: { record: RecordRef; of: RecordRef }[];
	/** Why the evidence between two that are together had no part in it, though it says match; null where it had. */
	leftOut: string | null;
	sentence: string;
}

/**
 * Explains any two stored records, also ones that are not joined and that nothing proposes. Computed from the records as they are, by the model as it is.
 * @param clusterings for who explains several pairs of one store that nobody writes to meanwhile
 * @throws StoreError `conflict` where records wait to be matched
 */
export async function explainPair(
	tx: StoreReader,
	left: StoredRecord,
	right: StoredRecord,
	versioned: VersionedModel,
	clusterings = new Clusterings(tx, versioned.model),
): Promise<PairExplanation> {
	await refuseWhileLoading(tx);
	const told = (await isQuestionOnly(tx, left, right)) ? NOTHING_TOLD : await clusterings.of(left, right);
	const explanation = { ...(await setting(tx, left, right, versioned, told)), ...(await weighed(tx, left, right, versioned, told)) };
	return { ...explanation, sentence: sentenceFor(explanation) };
}

/** Two that are apart and have evidence with each other that joins nothing: clustering has nothing to say of them. */
async function isQuestionOnly(tx: StoreReader, left: StoredRecord, right: StoredRecord): Promise<boolean> {
	if (areTogether(left, right) || (await decisionOn(tx, left, right)) !== null) return false;
	const stored = await evidenceOf(tx, left, right);
	return stored.length > 0 && stored.every(({ outcome }) => outcome === 'review');
}

async function evidenceOf(tx: StoreReader, left: StoredRecord, right: StoredRecord): Promise<Evidence[]> {
	return (await tx.evidence.touching([left.no])).filter(({ a, b }) => (a === left.no && b === right.no) || (a === right.no && b === left.no));
}

type Weighed = Pick<PairExplanation,
	'entity' | 'incomparable' | 'weight' | 'probability' | 'thresholds' | 'outcome' | 'lines' | 'proposed' | 'sharedKeys' | 'evidence' | 'tooCommon' | 'contradiction' | 'keptApart' | 'leftOut'>;

/** What the records say. */
async function weighed(tx: StoreReader, left: StoredRecord, right: StoredRecord, { model }: VersionedModel, told: ClusteringTold): Promise<Weighed> {
	const incomparable = whyIncomparable(left, right);
	if (incomparable !== null || left.kind === 'activity') {
		const nothing = { weight: null, probability: null, thresholds: null, outcome: 'none' as const, lines: [], proposed: false, sharedKeys: [], evidence: [], tooCommon: [] };
		return { ...nothing, entity: null, incomparable, contradiction: null, keptApart: null, leftOut: null };
	}
	const entity = left.kind;
	const [x, y] = [toComparable(left, left.no, model), toComparable(right, right.no, model)];
	const { keys, common } = await sharedKeys(x, y, model, (list) => tx.keys.generic(list));
	const tooCommon = [...new Set(keys.filter((key) => key.type === 'identifier' && key.tooCommon).map(({ name }) => name))];
	const score = scorePair(x, y, model, common);
	const evidence = judgePair(x, y, model, common).map((line) => ({ ...line, label: RULE_LABEL }));
	const gone = left.deleted === true || right.deleted === true;
	const decision = await decisionOn(tx, left, right);
	const joins = gone || decision?.verdict === 'same' || evidence.some(({ outcome }) => outcome === 'match');
	const apart = !areTogether(left, right) && joins && decision?.verdict !== 'different';
	const leftOut = areTogether(left, right) && decision === null ? told.leftOut(left.no, right.no) : undefined;
	const contradicts = contradiction(x, y);
	const parted = { left, right, model, told };
	return {
		...{ entity, incomparable, weight: score.weight, probability: probabilityOf(score.weight), thresholds: model.matching[entity].thresholds, outcome: score.outcome },
		...{ lines: explainedLines(score, x, y, model.matching[entity], tooCommon), proposed: score.proposed, sharedKeys: keys, evidence, tooCommon },
		contradiction: contradicts ? { ...contradicts, words: contradictionWords(contradicts, left, right, model) } : null,
		keptApart: apart ? await whatKeepsApart(tx, parted) : null,
		leftOut: leftOut ? await leftOutWords(tx, leftOut, parted) : null,
	};
}

/** Where the records stand in the store. */
async function setting(tx: StoreReader, left: StoredRecord, right: StoredRecord, { version }: VersionedModel, told: ClusteringTold): Promise<Omit<PairExplanation, keyof Weighed | 'sentence'>> {
	const steps = await pathBetween(tx, left, right, told);
	const [first] = steps;
	const path = first ? [first.from, ...steps.map(({ to }) => to)] : [];
	const decisions = areTogether(left, right) ? await decisionsAmong(tx, [left, right, ...path]) : await decisionsAcross(tx, left, right);
	const profiles = new Map((await tx.profiles.byNo([left, right].flatMap(({ profileNo }) => profileNo ?? []))).map(({ no, canonicalId }) => [no, canonicalId]));
	const idOf = ({ profileNo }: StoredRecord) => (profileNo === null ? null : (profiles.get(profileNo) ?? null));
	const stored = await evidenceOf(tx, left, right);
	return {
		...{ a: refOf(left), b: refOf(right), canonicalIds: [idOf(left), idOf(right)], together: areTogether(left, right), modelVersion: version, path, steps, decisions },
		decision: await decisionOn(tx, left, right),
		stored: stored.map(({ rule, weight, outcome, modelVersion, at }) => ({ rule, weight, outcome, modelVersion, at })),
		...(await questionBetween(tx, left, right, told)),
		copies: await copiesAmong(tx, [left, right], told),
	};
}

function whyIncomparable(left: StoredRecord, right: StoredRecord): string | null {
	const [x, y] = [refKey(left), refKey(right)];
	if (left.no === right.no) return `${x} is one and the same record on both sides, so that there is nothing to compare`;
	const activity = [left, right].find(({ kind }) => kind === 'activity');
	if (activity) return `${refKey(activity)} is an activity, which belongs to a person or company and is never matched`;
	if (left.kind !== right.kind) return `${x} is a ${left.kind} and ${y} is a ${right.kind}, and a person and a company are never one`;
	return null;
}

function areTogether(left: StoredRecord, right: StoredRecord): boolean {
	return left.profileNo !== null && left.profileNo === right.profileNo;
}

async function decisionOn(tx: StoreReader, left: StoredRecord, right: StoredRecord): Promise<Decision | null> {
	return (await tx.decisions.touching([left])).find(isAbout(left, right)) ?? null;
}

async function decisionsAmong(tx: StoreReader, refs: readonly RecordRef[]): Promise<Decision[]> {
	const names = new Set(refs.map(refKey));
	return (await tx.decisions.touching(refs.map(refOf))).filter(({ a, b }) => names.has(refKey(a)) && names.has(refKey(b)));
}

/** A split by hand decides about every pair of two profiles; that many say no more. */
const MOST_DECISIONS = 100;

async function decisionsAcross(tx: StoreReader, left: StoredRecord, right: StoredRecord): Promise<Decision[]> {
	const [here, there] = [await membersWith(tx, left), await membersWith(tx, right)];
	const [ours, theirs] = [new Set(here.map(refKey)), new Set(there.map(refKey))];
	const isPair = isAbout(left, right);
	const across = (await tx.decisions.touching(here.map(refOf))).filter(({ a, b }) => (ours.has(refKey(a)) && theirs.has(refKey(b))) || (ours.has(refKey(b)) && theirs.has(refKey(a))));
	return [...across.filter(isPair), ...across.filter((decision) => !isPair(decision))].slice(0, MOST_DECISIONS);
}

function isAbout(left: RecordRef, right: RecordRef): (decision: Pick<Decision, 'a' | 'b'>) => boolean {
	const pair = [refKey(left), refKey(right)].sort().join('\n');
	return ({ a, b }) => [refKey(a), refKey(b)].sort().join('\n') === pair;
}
