import { sharedNumbers, sharedWords } from './shared-memory';

/** Numbers in a page. */
const PAGE = 65_536;

export type Width = 'words' | 'numbers';

/** What another thread makes the same column of. */
export interface SharedColumn {
	width: Width;
	pages: (Float64Array | Uint32Array)[];
}

/** One number a record, by its number, beside the heap: a list of a million of them would be copied, with room to spare, whenever it grows. */
export class Column {
	/** @param width whether its numbers fit into 32 bits */
	constructor(
		private readonly width: Width,
		private readonly pages: (Float64Array | Uint32Array)[] = [],
	) {}

	static of({ width, pages }: SharedColumn): Column {
		return new Column(width, pages);
	}

	shared(): SharedColumn {
		return { width: this.width, pages: this.pages };
	}

	set(no: number, value: number): void {
		const place = Math.floor(no / PAGE);
		(this.pages[place] ??= this.width === 'words' ? sharedWords(PAGE) : sharedNumbers(PAGE))[no % PAGE] = value;
	}

	/** 0 where nothing was set. */
	get(no: number): number {
		return this.pages[Math.floor(no / PAGE)]?.[no % PAGE] ?? 0;
	}
}
