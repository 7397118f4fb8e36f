import type { EntityMatching } from '../../domain';
import { probabilityText, signedWeight } from '../charts/chart-text';
import type { MatchFigures } from './figures';
import { html, type Markup } from './markup';
import type { Section } from './page-parts';
import { PLURAL } from './page-weights';
import type { RunFigures } from './run-figures';

/** Which model gave the weights, and what each level of its comparisons is worth. */
export function modelSection({ model: versioned, completeness }: MatchFigures, { weightsFrom }: Pick<RunFigures, 'weightsFrom'>): Section {
	const { version, createdAt, actor, model } = versioned;
	const body = html`<p>${weightsFrom ?? ''}
Version ${version} of the identity model, of ${createdAt.slice(0, 16).replace('T', ' ')} UTC, made by ${actor}.</p>
${completeness.map(({ entity }) => describe(PLURAL[entity], model.matching[entity]))}`;
	return { id: 'model', title: 'The model', body };
}

function describe(title: string, { prior, thresholds, comparisons, blocking }: EntityMatching): Markup {
	const widest = Math.max(1, ...comparisons.flatMap(({ levels }) => levels.map(({ m, u }) => Math.abs(Math.log2(m / u)))));
	const rows = comparisons.flatMap(({ comparison, levels }) =>
		levels.map((level, index) => {
			const weight = Math.log2(level.m / level.u);
			const rare = level.termFrequency ? html`<span class="quiet">, more for a rare value</span>` : '';
			return html`<tr><th>${index === 0 ? comparison.replaceAll('_', ' ') : ''}</th><td>${level.label.replaceAll('_', ' ')}${rare}</td>
<td class="n">${probability(level.m)}</td><td class="n">${probability(level.u)}</td>
<td class="n">${signedWeight(weight)}</td><td>${diverging(weight / widest)}</td></tr>`;
		}),
	);
	return html`<h3>${title}</h3>
<p>Of two random records, about 1 pair in ${Math.max(1, Math.round(1 / prior))} is one customer,
which is where each weight begins (${signedWeight(Math.log2(prior / (1 - prior)))}).
A pair matches from ${signedWeight(thresholds.match)} on (${probabilityText(thresholds.match)})
and is asked about from ${signedWeight(thresholds.review)} on (${probabilityText(thresholds.review)}).</p>
<p class="quiet">Pairs are proposed by shared identifiers and by: ${blocking.map((name, index) => `${index > 0 ? ', ' : ''}${name.replaceAll('_', ' ')}`)}.</p>
<details><summary>What each level is worth</summary>
<table><thead><tr><th>Comparison</th><th>Level</th>
<th class="n">m</th><th class="n">u</th><th class="n">Weight</th><th></th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function probability(value: number): string {
	return value >= 0.001 ? String(Math.round(value * 10_000) / 10_000) : value.toExponential(1);
}

/** A bar from the middle to the right for what speaks for a match, to the left for what speaks against it. */
function diverging(share: number): Markup {
	const width = (Math.min(1, Math.abs(share)) * 50).toFixed(2);
	const color = share < 0 ? 'speaksAgainst' : 'speaksFor';
	const left = share < 0 ? (50 - Number(width)).toFixed(2) : '50';
	return html`<div class="bar"><i style="width:${width}%;margin-left:${left}%;background:var(--chart-${color})"></i></div>`;
}
