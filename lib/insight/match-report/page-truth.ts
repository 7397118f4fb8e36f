import { html } from './markup';
import type { Section } from './page-parts';
import type { RunFigures } from './run-figures';

/** How far the result agrees with who is who; nothing where nobody said that. */
export function truthSection({ truth }: RunFigures): Section | undefined {
	if (!truth) return undefined;
	const { records, missing, truePairs, foundPairs, correctPairs, precision, recall, f1, bCubed } = truth;
	const row = (label: string, figures: { precision: number; recall: number; f1: number }) => {
		const cells = [figures.precision, figures.recall, figures.f1].map((value) => html`<td class="n">${value.toFixed(4)}</td>`);
		return html`<tr><th>${label}</th>${cells}</tr>`;
	};
	const others = missing > 0 ? html` ${missing} rows of the truth name a record that the input does not have; they do not count.` : '';
	const body = html`<table><thead><tr><th></th><th class="n">Precision</th><th class="n">Recall</th><th class="n">F1</th></tr></thead>
<tbody>${row('By pairs', { precision, recall, f1 })}${row('By records (B-cubed)', bCubed)}</tbody></table>
<p>Of ${truePairs} true pairs ${correctPairs} were found and ${truePairs - correctPairs} missed;
${foundPairs - correctPairs} of ${foundPairs} found pairs are wrong.
<span class="quiet">Counted over the ${records} records that the truth names.${others}</span></p>`;
	return { id: 'truth', title: 'Compared with the truth', body };
}
