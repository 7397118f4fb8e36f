import type { Writable } from 'node:stream';

/** Where a command writes: results to `stdout`, everything that it has to say to `stderr`. */
export interface Terminal {
	stdout: Writable;
	stderr: Writable & { isTTY?: boolean };
}

export function say(terminal: Terminal, ...lines: readonly string[]): void {
	for (const line of lines) terminal.stderr.write(`${line}\n`);
}

/** For whoever opens a store: says when its database has to be waited for. */
export function whileWaiting(terminal: Terminal): { onWait: (line: string) => void } {
	return { onWait: (line) => say(terminal, line) };
}

/** `1,234,567` */
export function grouped(count: number): string {
	return count.toLocaleString('en-US');
}

/** `1 row`, `2,000 rows` */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Columns of text, each as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[], indent = '  '): string[] {
	const widths: number[] = [];
	for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))));
	const padded = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell));
	return rows.map((row) => `${indent}${row.map(padded).join('  ')}`.trimEnd());
}

/** Characters that take two columns of a terminal: Chinese, Japanese, Korean, full-width forms. Source: Unicode Standard Annex 11, East Asian Width. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal: a name in Chinese takes two a character, an accent of its own none. */
function displayWidth(text: string): number {
	let width = 0;
	for (const character of text.replace(/\p{M}/gu, '')) width += WIDE.test(character) ? 2 : 1;
	return width;
}
