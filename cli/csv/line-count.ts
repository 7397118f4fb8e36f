import type { Info } from 'csv-parse';

/** What the parser says of where it is: the line, from 1, and how many empty ones it has passed. */
type Place = Pick<Info, 'lines' | 'empty_lines'>;

/**
 * In which line rows begin, as an editor shows it. The parser knows in which line a row ends, and takes a return with a line feed for two lines where they stand
 * within quotes (csv-parse 7.0).
 */
export class LineCount {
	/** Returns with a line feed within quotes so far. */
	private pairs = 0;
	/** Empty lines up to the row before. */
	private empty = 0;

	/** @param last line in which the row before ends */
	constructor(private last: number) {}

	/** @param place where the row ends */
	beginOf(cells: readonly string[], { lines, empty_lines }: Place): number {
		let end = lines - this.pairs;
		let begin = end;
		// Most rows are the next line, and need no look into their cells.
		if (end > this.last + 1) {
			for (const cell of cells) {
				const [breaks, pairs] = [count(cell, /\r\n|\n|\r/g), count(cell, /\r\n/g)];
				begin -= breaks + pairs;
				end -= pairs;
				this.pairs += pairs;
			}
		}
		this.last = end;
		this.empty = empty_lines;
		return begin;
	}

	/** Of a row whose cells are lost, as it broke off. In which line that was can't be told without them; only whether it was another one. */
	beginOfBroken({ lines, empty_lines }: Place): { line: number; goesOn: boolean } {
		const line = this.last + 1 + empty_lines - this.empty;
		return { line, goesOn: lines - this.pairs > line };
	}
}

function count(text: string, what: RegExp): number {
	return text.match(what)?.length ?? 0;
}
