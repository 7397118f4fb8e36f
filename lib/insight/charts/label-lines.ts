import { format } from 'echarts/core';
import { FONT } from './draw';

/** As many as the row of a bar has room for. */
const MOST = 2;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A label in at most two lines of at most so many pixels, broken between words where that is possible and never inside of a character:
 * the chart library's own lines cut characters like `𠮷` or an emoji in half, and half a character is no XML.
 */
export function labelLines(label: string, width: number): string {
	const lines: string[] = [];
	let line = '';
	const add = (part: string) => {
		if (line && widthOf(line + part) > width) {
			lines.push(line.trimEnd());
			line = part.trimStart();
		} else line += part;
	};
	for (const { segment } of words.segment(label)) {
		if (widthOf(segment) <= width) add(segment);
		else for (const character of characters.segment(segment)) add(character.segment);
	}
	const all = [...lines, line.trimEnd()].filter((one) => one !== '');
	return all.length > MOST ? `${all.slice(0, MOST).join('\n')}…` : all.join('\n');
}

/** The library measures halves of a character, each as wide as a Chinese one. */
function widthOf(text: string): number {
	return format.getTextRect(text.replace(/[\u{10000}-\u{10ffff}]/gu, '株'), `${FONT.fontSize}px ${FONT.fontFamily}`).width;
}
