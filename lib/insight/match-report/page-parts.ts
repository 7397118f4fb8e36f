import { html, type Markup } from './markup';

export interface Section {
	id: string;
	title: string;
	body: Markup;
}

/** A bar made of parts, each a share of its whole length from 0 to 1 and a colour of the palette. */
export function bar(parts: readonly (readonly [share: number, color: string])[]): Markup {
	const width = (part: number) => `${(Math.min(1, Math.max(0, part || 0)) * 100).toFixed(2)}%`;
	return html`<div class="bar">${parts.map(([part, color]) => html`<i style="width:${width(part)};background:var(--chart-${color})"></i>`)}</div>`;
}
