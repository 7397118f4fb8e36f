/**
 * Colours of all pictures. A picture that stands alone has them as they are, on white;
 * {@link themed} lets the page that holds a picture choose them.
 */
export const PALETTE = {
	ink: '#1f2937',
	quiet: '#5b6472',
	line: '#dfe3e8',
	axis: '#9aa3af',
	surface: '#ffffff',
	speaksFor: '#2f855a',
	speaksAgainst: '#c2413b',
	total: '#334155',
	neutral: '#94a3b8',
	unsure: '#c98a1b',
	plain: '#4a6fa5',
} as const;

export type PaletteName = keyof typeof PALETTE;

const NAMES = new Map(Object.entries(PALETTE).map(([name, color]) => [color as string, name]));

/** The same picture with each colour as a CSS variable, `--chart-ink` and so on, for inlining in a page that defines them. */
export function themed(svg: string): string {
	// Text in a picture has its quotes escaped, so that this finds attributes only.
	return svg.replace(/ (fill|stroke)="(#[0-9a-f]{6})"/g, (whole, attribute: string, color: string) => {
		const name = NAMES.get(color);
		return name === undefined ? whole : ` ${attribute}="var(--chart-${name})"`;
	});
}
