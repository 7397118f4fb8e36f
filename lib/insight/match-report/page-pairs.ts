import { signedWeight } from '../charts/chart-text';
import { themed } from '../charts/palette';
import { refKey } from '../../domain';
import type { ComparedRow } from '../compared-records';
import { waterfall } from '../waterfall';
import type { BorderlinePair, DescribedPair, MatchFigures, MistakenPair } from './figures';
import { html, type Markup, trusted } from './markup';
import type { Section } from './page-parts';
import { STATES } from './page-weights';

interface Thresholds {
	match: number;
	review: number;
}

export function borderlineSection({ borderline, model }: MatchFigures): Section {
	const body =
		borderline.length === 0
			? html`<p>No pair has evidence, so none is near the threshold.</p>`
			: html`<p class="quiet">The pairs nearest to the threshold for a match, on both sides of it,
one for each way in which pairs agree and differ. Where these look wrong, the thresholds or weights are.</p>
${borderline.map((pair) => describe(pair, model.model.matching[pair.entity].thresholds, tagsOf(pair)))}`;
	return { id: 'borderline', title: 'Borderline pairs', body };
}

/** Examples of what is wrong; nothing where all is right, or nobody said what is. */
export function mistakesSection(mistakes: readonly MistakenPair[], { model }: MatchFigures): Section | undefined {
	if (mistakes.length === 0) return undefined;
	const list = (kind: MistakenPair['kind'], title: string, tone: string) => {
		const pairs = mistakes.filter((pair) => pair.kind === kind);
		if (pairs.length === 0) return '';
		const tag = html`<span class="tag ${tone}">${title}</span>`;
		const described = pairs.map((pair) => describe(pair, model.model.matching[pair.entity].thresholds, tag, pair.sentence));
		const examples = pairs.length === 1 ? '1 example' : `${pairs.length} examples`;
		return html`<details${kind === 'joined' ? html` open` : ''}><summary>${examples} of what was ${title}</summary>${described}</details>`;
	};
	const body = html`<p class="quiet">The first ones in the order of the rows, at most one of a profile. Rows that were rejected are not among them.</p>
${list('joined', 'wrongly joined', 'bad')}
${list('missed', 'missed', 'warn')}`;
	return { id: 'mistakes', title: 'Examples of mistakes', body };
}

function tagsOf({ state, areOne }: BorderlinePair): Markup {
	const isRight = areOne === (state === 'together');
	return html`<span class="tag ${STATES[state].tone}">${state === 'below' ? 'two profiles' : STATES[state].label}</span>${
		areOne === undefined ? '' : html`<span class="tag ${isRight ? 'good' : 'bad'}">${areOne ? 'really one' : 'really two'}</span>`
	}`;
}

function describe({ left, right, weight, lines, prior, rows }: DescribedPair, { match, review }: Thresholds, tags: Markup, sentence = ''): Markup {
	const picture = waterfall(lines, prior, [{ label: 'review', weight: review }, { label: 'match', weight: match }]);
	return html`<div class="pair">
<h3>Weight ${signedWeight(weight)}, ${placeOf(weight, match)}${tags}</h3>
${sentence === '' ? '' : html`<p>${sentence}</p>`}
<table><thead><tr><th></th><th><bdi>${refKey(left)}</bdi></th><th><bdi>${refKey(right)}</bdi></th></tr></thead>
<tbody>${rows.map(besides)}</tbody></table>
${trusted(themed(picture))}
</div>
`;
}

function besides({ label, left, right, same }: ComparedRow): Markup {
	return html`<tr><th>${label}</th><td${same ? html` class="same"` : ''}><bdi>${left}</bdi></td><td><bdi>${right}</bdi></td></tr>`;
}

function placeOf(weight: number, match: number): string {
	const away = Math.abs(weight - match);
	if (away >= 0.005) return `${away.toFixed(2)} ${weight >= match ? 'above' : 'below'} the threshold`;
	return weight >= match ? 'at the threshold' : 'just below the threshold';
}
