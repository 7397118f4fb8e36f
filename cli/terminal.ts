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
	for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
	return rows.map((row) => `${indent}${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}
