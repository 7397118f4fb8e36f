import { PALETTE, themed } from '../charts/palette';
import { weightHistogram } from '../charts/weight-histogram';
import type { EntityWeights, MatchFigures, PairState, ProposedPairs } from './figures';
import { count, html, type Markup, trusted } from './markup';
import type { Section } from './page-parts';

export const STATES: Record<PairState, { label: string; color: 'speaksFor' | 'unsure' | 'speaksAgainst'; tone: string }> = {
	together: { label: 'in one profile', color: 'speaksFor', tone: 'good' },
	below: { label: 'below the match threshold, two profiles', color: 'unsure', tone: 'warn' },
	apart: { label: 'kept apart in spite of their weight', color: 'speaksAgainst', tone: 'bad' },
};
const ORDER = ['together', 'below', 'apart'] as const;

export const PLURAL = { person: 'People', company: 'Companies' } as const;

export function weightsSection({ weights }: MatchFigures, proposed: readonly ProposedPairs[]): Section {
	const body = html`<p class="quiet">Pairs of records with evidence, by match weight: the sum of what speaks for and against their being one.
Pairs below the threshold for review leave no evidence and are not counted in this picture.</p>
${weights.length === 0 ? html`<p>There are no records, so no pair was compared.</p>` : ''}
${weights.map((entity) => [weights.length > 1 ? html`<h3>${PLURAL[entity.entity]}</h3>` : '', histogram(entity), estimate(entity, proposed)])}`;
	return { id: 'weights', title: 'Match weights', body };
}

function histogram({ entity, thresholds, pairs, width, bins }: EntityWeights): Markup {
	const total = ORDER.reduce((sum, state) => sum + pairs[state], 0);
	if (total === 0) return html`<p>No pair of ${PLURAL[entity].toLowerCase()} has evidence.</p>`;
	const counts = bins.map((bin) => ({ from: bin.from, counts: ORDER.map((state) => bin[state]) }));
	const colors = ORDER.map((state) => PALETTE[STATES[state].color]);
	const picture = weightHistogram(counts, width, colors, marksOf(thresholds), `${count(total)} pairs with evidence by match weight`);
	const key = (state: PairState) => html`<span><i style="background:var(--chart-${STATES[state].color})"></i>${pairs[state]} ${STATES[state].label}</span>`;
	return html`<div class="key">${ORDER.map(key)}</div>
${trusted(themed(picture))}`;
}

/** All proposed pairs: whether the thresholds stand where there are few. */
function estimate({ entity, thresholds }: EntityWeights, proposed: readonly ProposedPairs[]): Markup {
	const found = proposed.find((one) => one.entity === entity);
	if (!found || found.bins.length === 0) return html``;
	const { sampled, scored, pairs, width, bins } = found;
	// Where all records are looked at, each pair is scored from both sides.
	const isEstimate = pairs > scored / 2;
	const title = `${count(pairs)} proposed pairs by match weight, estimated`;
	const counts = bins.map(({ from, pairs: of }) => ({ from, counts: [of] }));
	const about = isEstimate ? `about ${count(Number(pairs.toPrecision(2)))}` : count(pairs);
	const how = isEstimate ? `estimated from the ${count(scored)} pairs of ${count(sampled)} records` : 'all of them counted';
	const picture = weightHistogram(counts, width, [PALETTE.neutral], marksOf(thresholds), title, true);
	return html`<p class="quiet">All pairs that were compared, ${about}; ${how}.
The scale is logarithmic. Thresholds are well placed where there are few pairs around them.</p>
${trusted(themed(picture))}`;
}

function marksOf({ match, review }: EntityWeights['thresholds']): { label: string; weight: number }[] {
	return [{ label: 'review', weight: review }, { label: 'match', weight: match }];
}
