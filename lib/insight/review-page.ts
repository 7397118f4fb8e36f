import type { ComparedRow } from './compared-records';
import type { WeightLine } from './waterfall';

export interface ReviewPage {
	titles: readonly [string, string];
	rows: readonly ComparedRow[];
	lines: readonly WeightLine[];
	total: number;
	sentence: string;
	/** SVG text. */
	picture: string;
}

/**
 * Two records beside each other for a form in the browser: an HTML fragment of plain tables, and a style sheet that shows the picture below
 * the fragment's last heading. Form pages let neither `<svg>` nor images from data URIs through, and style sheets may have them.
 */
export function reviewPage({ titles, rows, lines, total, sentence, picture }: ReviewPage): { html: string; css: string } {
	const compared = rows.map(({ label, left, right, same }) => {
		const cell = (text: string) => `<td>${same ? `<b>${escape(text)}</b>` : escape(text)}</td>`;
		return `<tr><th>${escape(label)}</th>${cell(left)}${cell(right)}</tr>`;
	});
	const weights = [...lines, { label: 'Total', weight: total }].map(({ label, weight }) => `<tr><td>${escape(label)}</td><td>${weight > 0 ? '+' : ''}${Math.round(weight * 100) / 100}</td></tr>`);
	const html = [
		`<p>${escape(sentence)}</p>`,
		`<table><thead><tr><th></th>${titles.map((title) => `<th>${escape(title)}</th>`).join('')}</tr></thead><tbody>${compared.join('')}</tbody></table>`,
		'<h4>What speaks for and against it</h4>',
		`<table><tbody>${weights.join('')}</tbody></table>`,
		'<h6>The weights as a picture</h6>',
	].join('');
	const table = 'div.html table{width:100%;border-collapse:collapse;font-size:13px;margin:8px 0}div.html td,div.html th{border:1px solid #ddd;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}';
	const wide = '.card{max-width:760px}.container{width:auto;max-width:760px}';
	const [, width = '2', height = '1'] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture) ?? [];
	const shown = `div.html h6::after{content:"";display:block;margin-top:8px;aspect-ratio:${width}/${height};background:url(data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}) left top/contain no-repeat}`;
	return { html, css: `${wide}${table}${shown}` };
}

/** Braces too: n8n would take `{{ }}` in a form's HTML for an expression of its own and evaluate it. */
function escape(text: string): string {
	return text.replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}
