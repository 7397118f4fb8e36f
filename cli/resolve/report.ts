import {
	type IdentityStore, type MatchFigures, matchReportPage, measureMatching, type RecordRef, sampleCandidates, type VersionedModel,
} from '../../lib';
import type { OutputFile } from '../csv/output';
import type { WeightsFrom } from './matching-model';
import { explainMistakes } from './report-mistakes';
import type { Summary } from './summary';
import type { Truth } from './truth';

/** What a report has to know of the run beside its summary. */
export interface ReportedRun {
	/** Milliseconds since 1970. */
	ended: number;
	seed: number;
	weightsFrom: WeightsFrom;
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
	const about = { ...summary, at, weightsFrom: whence(figures.model, run) };
	await file.writeText(matchReportPage(about, figures, { proposed: await sampleCandidates(store), mistakes }));
}

/** Says of the borderline pairs what they really are. */
function withTruth(figures: MatchFigures, truth: Truth | undefined): MatchFigures {
	if (!truth) return figures;
	const rowOf = ({ system, sourceId }: RecordRef) => ({ source: system, id: sourceId });
	return { ...figures, borderline: figures.borderline.map((pair) => ({ ...pair, areOne: truth.areOne(rowOf(pair.left), rowOf(pair.right)) })) };
}

function whence({ version }: VersionedModel, { seed, weightsFrom, model }: ReportedRun): string {
	if (weightsFrom === 'rows') return `The weights were fitted to these rows, without labels, seed ${seed}.`;
	if (weightsFrom === 'file') return `The weights come from ${model}.`;
	// The first version is the shipped model, which every new store begins with.
	return version === 1 ? 'The weights are the shipped ones.' : 'The weights are those that the store had.';
}
