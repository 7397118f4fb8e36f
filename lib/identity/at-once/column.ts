/** Numbers in a page. */
const PAGE = 65_536;

/** One number a record, by its number, beside the heap: a list of a million of them would be copied, with room to spare, whenever it grows. */
export class Column {
	private readonly pages: (Float64Array | Uint32Array)[] = [];

	/** @param of what its numbers fit into */
	constructor(private readonly of: typeof Float64Array | typeof Uint32Array) {}

	set(no: number, value: number): void {
		const place = Math.floor(no / PAGE);
		(this.pages[place] ??= new this.of(PAGE))[no % PAGE] = value;
	}

	/** 0 where nothing was set. */
	get(no: number): number {
		return this.pages[Math.floor(no / PAGE)]?.[no % PAGE] ?? 0;
	}
}
