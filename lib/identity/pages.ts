/** Reads page by page, each behind the last item of the one before, until there is none. */
export function pages<T>(read: (after: number) => Promise<T[]>, keyOf: (item: T) => number): AsyncGenerator<T[]>;
export function pages<T>(read: (after: string) => Promise<T[]>, keyOf: (item: T) => string, start: string): AsyncGenerator<T[]>;
export async function* pages<T, K extends number | string>(read: (after: K) => Promise<T[]>, keyOf: (item: T) => K, start = 0 as K): AsyncGenerator<T[]> {
	let after = start;
	for (;;) {
		const page = await read(after);
		const last = page.at(-1);
		if (last === undefined) return;
		yield page;
		after = keyOf(last);
	}
}

/** The same where an item is its own place in the order. */
export async function* pagesBehind<Item extends Place, Place>(read: (after: Place | null) => Promise<Item[]>): AsyncGenerator<Item[]> {
	for (let after: Place | null = null; ; ) {
		const page: Item[] = await read(after);
		const last = page.at(-1);
		if (last === undefined) return;
		yield page;
		after = last;
	}
}
