import type { MatchFigures, MistakenPair, ProposedPairs } from './figures';
import { count, html, type Markup, share, trusted } from './markup';
import { borderlineSection, mistakesSection } from './page-pairs';
import { completenessSection } from './page-completeness';
import { modelSection } from './page-model';
import { bar, type Section } from './page-parts';
import { largestSection, sizesSection } from './page-profiles';
import { truthSection } from './page-truth';
import { weightsSection } from './page-weights';
import type { RunFigures } from './run-figures';
import { STYLE } from './style';

/** What takes more than a look into the store. */
export interface MoreFigures {
	/** An estimate of all pairs that were compared; without it only those with evidence are shown. */
	proposed?: readonly ProposedPairs[];
	/** Examples of what is wrong according to the truth. */
	mistakes?: readonly MistakenPair[];
}

/**
 * The report as one HTML file that loads nothing and runs nothing. The same figures give the same file.
 * Holds personal data: some values of the largest profiles and of the pairs near the threshold.
 */
export function matchReportPage(run: RunFigures, figures: MatchFigures, { proposed = [], mistakes = [] }: MoreFigures = {}): string {
	const sections = [
		rejectedSection(run),
		truthSection(run),
		mistakesSection(mistakes, figures),
		weightsSection(figures, proposed),
		sizesSection(figures),
		largestSection(figures),
		completenessSection(figures, run.files),
		borderlineSection(figures),
		modelSection(figures, run),
		timeSection(run),
	].filter((section) => section !== undefined);
	const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>Match report</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>Match report</h1>
<p class="quiet">${run.files.map(({ file }) => baseName(file)).join(', ')} · ${run.at.slice(0, 16).replace('T', ' ')} UTC · holds personal data</p>
<nav>${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
${tiles(run)}
${storeRemark(run, figures)}
${sections.map(({ id, title, body }) => html`<section id="${id}">
<h2>${title}</h2>
${body}
</section>
`)}
</main>
</body>
</html>
`;
	return page.text;
}

function tiles(run: RunFigures): Markup {
	const { rows, records, profiles, merged, review, rejected, truth, seconds } = run;
	const duplicates = rows === rejected ? '' : `${share(merged, records)} of the records`;
	const quality = truth ? ([['precision', truth.precision], ['recall', truth.recall], ['F1', truth.f1]] as const) : [];
	const tile = (value: string, label: string, more = '') => html`<div><b>${value}</b><span>${label}</span><small>${more}</small></div>`;
	return html`<div class="tiles">
${tile(count(rows), 'rows read', `${seconds.toFixed(1)} s`)}
${tile(count(records), 'records', rejected > 0 ? share(records, rows) : '')}
${tile(count(profiles), 'profiles', profiles > 0 ? `${(records / profiles).toFixed(2)} records each` : '')}
${tile(count(merged), 'merged', duplicates)}
${tile(count(review), 'for review', review === 1 ? 'pair that a person decides' : 'pairs that a person decides')}
${tile(count(rejected), 'rejected', rejected > 0 ? share(rejected, rows) : 'every row could be used')}
${quality.map(([label, value]) => tile(value.toFixed(4), label, 'by pairs'))}
</div>`;
}

/** A store can hold more than what this run read. */
function storeRemark({ records, profiles, unchanged, stale }: RunFigures, figures: MatchFigures): Markup {
	const remarks = [
		...(figures.records !== records || figures.profiles !== profiles
			? [`The store holds ${count(figures.records)} records in ${count(figures.profiles)} profiles; the sections below are about all of them.`]
			: []),
		...(unchanged > 0 ? [`${count(unchanged)} rows were in the store already.`] : []),
		...(stale > 0 ? [`For ${count(stale)} rows the store keeps a newer version, which counts.`] : []),
	];
	return remarks.length > 0 ? html`<p>${remarks.join(' ')}</p>` : html``;
}

function rejectedSection({ rejected, reasons, rows }: RunFigures): Section | undefined {
	if (rejected === 0) return undefined;
	const row = ({ reason, rows: of }: RunFigures['reasons'][number]) =>
		html`<tr><td>${reason}</td><td class="n">${of}</td><td class="n">${share(of, rows)}</td></tr>`;
	const body = html`<p class="quiet">These rows became no record. In the output they stand as rejected:&lt;source&gt;:&lt;id&gt;, so that none is lost; they join nobody.</p>
<table><thead><tr><th>Reason</th><th class="n">Rows</th><th class="n">Of all rows</th></tr></thead>
<tbody>${reasons.map(row)}</tbody></table>`;
	return { id: 'rejected', title: 'Rejected rows', body };
}

function timeSection({ steps, seconds }: RunFigures): Section | undefined {
	if (!steps || steps.length === 0) return undefined;
	const slowest = steps.reduce((worst, step) => (step.seconds > worst.seconds ? step : worst));
	const bars = steps.map(({ step, seconds: took }) => {
		const line = bar([[took / slowest.seconds, step === slowest.step ? 'unsure' : 'plain']]);
		return html`<tr><th>${step}</th><td class="n">${took.toFixed(2)} s</td><td class="n">${share(took, seconds)}</td><td>${line}</td></tr>`;
	});
	const body = html`<p>The slowest step is <b>${slowest.step}</b>: ${slowest.seconds.toFixed(1)} of ${seconds.toFixed(1)} seconds.</p>
<table><thead><tr><th>Step</th><th class="n">Time</th><th class="n">Share</th><th></th></tr></thead><tbody>${bars}</tbody></table>`;
	return { id: 'time', title: 'Time by step', body };
}

function baseName(path: string): string {
	return path.split(/[\\/]/).at(-1) ?? path;
}
