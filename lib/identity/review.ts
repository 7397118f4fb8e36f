import { refKey, type Entity, type RecordRef, type ReviewTask, type VersionedModel } from '../domain';
import { compareRecords, reviewPage, shownValues, waterfall, type ComparedRow, type WeightLine } from '../insight';
import type { StoredRecord, StoreReader } from '../store';
import { explainPair, type PairExplanation } from './explain';
import { Clusterings } from './explain-clustering';
import { sentenceFor } from './explain-sentence';
import { costsOf, type ReviewCost } from './review-cost';

/** One of the two records of a question, as people read it. */
export interface ReviewedRecord extends RecordRef {
	canonicalId: string | null;
	updatedAt: string;
	/** Attribute and identifier names to values; several values stand in one text, separated by commas. */
	values: Record<string, string>;
}

/** A question with all that one needs to answer it. */
export interface ReviewQuestion {
	questionId: number;
	entity: Entity;
	askedAt: string;
	rule: string;
	weight: number;
	cost: ReviewCost;
	left: ReviewedRecord;
	right: ReviewedRecord;
	rows: ComparedRow[];
	/** The weights line by line, of the rule that asks; `prior` is what its weight has beside its lines. */
	lines: WeightLine[];
	prior: number;
	evidence: PairExplanation['evidence'];
	sentence: string;
	/** SVG text. */
	picture: string;
	/** The same for a form in the browser. */
	html: string;
	css: string;
}

const PAGE = 500;

/**
 * Open questions, those first where a mistake would cost most ({@link costsOf}), then the heavier and the older ones. Reads only.
 * The cost follows the profiles as they are now, so all open questions are looked at, a page at a time, and only `limit` of them in full.
 */
export async function listQuestions(tx: StoreReader, limit: number, offset: number): Promise<{ open: number; questions: ReviewQuestion[] }> {
	const ranked: { task: ReviewTask; cost: ReviewCost }[] = [];
	for (;;) {
		const tasks = await tx.reviews.open(PAGE, ranked.length);
		if (tasks.length === 0) break;
		const records = await recordsOf(tx, tasks);
		const costs = await costsOf(tx, tasks.map(({ a, b }) => [records.get(a), records.get(b)]));
		tasks.forEach((task, index) => ranked.push({ task, cost: costs[index] as ReviewCost }));
	}
	ranked.sort((x, y) => y.cost.points - x.cost.points || y.task.weight - x.task.weight || x.task.id - y.task.id);
	const model = await tx.models.current();
	const questions: ReviewQuestion[] = [];
	const wanted = ranked.slice(offset, offset + limit);
	const records = await recordsOf(tx, wanted.map(({ task }) => task));
	const clusterings = model && new Clusterings(tx, model.model);
	for (const { task, cost } of wanted) {
		const [left, right] = [records.get(task.a), records.get(task.b)];
		if (left && right && model) questions.push(await describeQuestion(tx, { task, cost }, [left, right], model, clusterings));
	}
	return { open: ranked.length, questions };
}

async function describeQuestion(
	tx: StoreReader,
	{ task, cost }: { task: ReviewTask; cost: ReviewCost },
	[left, right]: readonly [StoredRecord, StoredRecord],
	model: VersionedModel,
	clusterings: Clusterings | undefined,
): Promise<ReviewQuestion> {
	const explanation = await explainPair(tx, left, right, model, clusterings);
	const { evidence } = explanation;
	// Who reads it is the one who is asked.
	const sentence = sentenceFor({ ...explanation, questionId: null, questionAbout: null });
	const { lines, prior } = weightLines(evidence, task);
	const views = [await describeRecord(tx, left), await describeRecord(tx, right)] as const;
	const rows = compareRecords(left, right, model.model);
	const total = prior + lines.reduce((sum, { weight }) => sum + weight, 0);
	const { match, review } = model.model.matching[left.kind === 'company' ? 'company' : 'person'].thresholds;
	const picture = waterfall(lines, prior, [{ label: 'review', weight: review }, { label: 'match', weight: match }]);
	const shown = prior === 0 ? lines : [{ label: 'Prior', weight: prior }, ...lines];
	return {
		...{ questionId: task.id, entity: left.kind === 'company' ? 'company' : 'person', askedAt: task.createdAt, rule: task.rule, weight: task.weight, cost },
		...{ left: views[0], right: views[1], rows, lines, prior, evidence, sentence, picture },
		...reviewPage({ titles: [refKey(left), refKey(right)], rows, lines: shown, total, sentence, picture }),
	};
}

/** The comparisons of the rule that asks, else of the heaviest one, and what its weight has beside them. Without any evidence now, the weight of the question. */
function weightLines(evidence: PairExplanation['evidence'], task: ReviewTask): { lines: WeightLine[]; prior: number } {
	const asking = evidence.find(({ rule }) => rule === task.rule) ?? [...evidence].sort((x, y) => y.weight - x.weight)[0];
	if (!asking) return { lines: [{ label: task.rule.replaceAll('_', ' '), weight: task.weight }], prior: 0 };
	const lines = asking.comparisons.filter(({ comparison }) => comparison !== 'prior').map(({ comparison, level, weight }) => ({ label: `${comparison}: ${level}`.replaceAll('_', ' '), weight }));
	const rest = asking.weight - lines.reduce((sum, { weight }) => sum + weight, 0);
	return { lines, prior: Math.abs(rest) < 1e-9 ? 0 : rest };
}

async function describeRecord(tx: StoreReader, record: StoredRecord): Promise<ReviewedRecord> {
	const [profile] = record.profileNo === null ? [] : await tx.profiles.byNo([record.profileNo]);
	const values = shownValues(record);
	const { system, object, sourceId, updatedAt } = record;
	return { system, object, sourceId, canonicalId: profile?.canonicalId ?? null, updatedAt, values };
}

async function recordsOf(tx: StoreReader, tasks: readonly ReviewTask[]): Promise<Map<number, StoredRecord>> {
	return new Map((await tx.records.byNo([...new Set(tasks.flatMap(({ a, b }) => [a, b]))])).map((record) => [record.no, record]));
}
