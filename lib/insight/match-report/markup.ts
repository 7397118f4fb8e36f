import { fittingText } from '../charts/chart-text';

/** HTML that is safe to put into a page as it is. */
export class Markup {
	constructor(readonly text: string) {}
}

export type Content = string | number | Markup | readonly Content[];

/** Most characters of a value that are shown; a longer one is cut. */
const LONGEST = 300;

/** Makes HTML from a template; everything put into it that isn't {@link Markup} is text, whatever it holds. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
	return new Markup(parts.map((part, index) => part + render(contents[index] ?? '')).join(''));
}

/** Something that the program drew or wrote itself, such as a picture or a style sheet. */
export function trusted(text: string): Markup {
	return new Markup(text);
}

function render(content: Content): string {
	if (content instanceof Markup) return content.text;
	if (typeof content === 'number') return count(content);
	if (typeof content === 'string') return fittingText(content, LONGEST).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
	return content.map(render).join('');
}

/** `1,234,567` */
export function count(value: number): string {
	return value.toLocaleString('en-US');
}

/** `12.3 %`; never 100 or 0 % where a part is missing or there. */
export function share(part: number, whole: number): string {
	if (whole === 0) return '0 %';
	const percent = (part / whole) * 100;
	if (part !== whole && percent >= 99.95) return '> 99.9 %';
	if (part !== 0 && percent < 0.05) return '< 0.1 %';
	return `${percent.toFixed(1).replace(/\.0$/, '')} %`;
}
