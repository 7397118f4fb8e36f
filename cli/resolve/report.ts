import {
	type IdentityStore, LEAST_RECORDS, type MatchFigures, matchReportPage, measureMatching, type RecordRef, sampleCandidates, type VersionedModel,
} from '../../lib';
import type { OutputFile } from '../csv/output';
import { explainMistakes } from './report-mistakes';
import type { Summary } from './summary';
import type { Truth } from './truth';

/** What a report has to know of the run beside its summary. */
export interface ReportedRun {
	/** Milliseconds since 1970. */
	started: number;
	ended: number;
	seed: number;
	/** As asked for; undefined leaves it to the number of rows. */
	train?: boolean;
	/** File that the model came from. */
	model?: string;
	/** Who is who, after all rows were compared with it. */
	truth?: Truth;
}

/** Writes the report of a run as one HTML file. @throws CliError when it can't be written */
export async function writeReport(file: OutputFile, store: IdentityStore, summary: Summary, run: ReportedRun): Promise<void> {
	const figures = withTruth(await measureMatching(store), run.truth);
	const mistakes = run.truth ? await explainMistakes(store, run.truth) : [];
	const at = new Date(run.ended).toISOString();
	const about = { ...summary, at, weightsFrom: weightsFrom(figures.model, summary.rows, run) };
	await file.writeText(matchReportPage(about, figures, { proposed: await sampleCandidates(store), mistakes }));
}

/** Says of the borderline pairs what they really are. */
function withTruth(figures: MatchFigures, truth: Truth | undefined): MatchFigures {
	if (!truth) return figures;
	const rowOf = ({ system, sourceId }: RecordRef) => ({ source: system, id: sourceId });
	return { ...figures, borderline: figures.borderline.map((pair) => ({ ...pair, areOne: truth.areOne(rowOf(pair.left), rowOf(pair.right)) })) };
}

function weightsFrom({ version, createdAt }: VersionedModel, rows: number, { started, seed, train, model }: ReportedRun): string {
	// The first version is the shipped model, which every new store begins with.
	const isNew = version > 1 && Date.parse(createdAt) >= started;
	const isTrained = model === undefined || (train === true && rows >= LEAST_RECORDS);
	if (isNew && isTrained) return `The weights were fitted to these rows, without labels, seed ${seed}.`;
	if (isNew) return `The weights come from ${model}.`;
	return version === 1 ? 'The weights are the shipped ones.' : 'The weights are those that the store had.';
}
