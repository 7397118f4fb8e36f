/**
 * Works on items ahead of their turn, so many at a time: while one result waits to be taken up, those that come next are worked on. Results come in the order
 * of the items, and an error when it is its item's turn.
 * @param most asked before each item, 1 or more
 * @param onWait told before a result is waited for
 */
export async function* workAhead<Item, Result>(
	items: AsyncIterable<Item> | Iterable<Item>,
	work: (item: Item) => Promise<Result>,
	most: () => number,
	onWait: () => void = () => undefined,
): AsyncGenerator<{ item: Item; result: Result }> {
	const begun: { item: Item; result: Promise<Result> }[] = [];
	const first = async () => {
		const [{ item, result }] = begun.splice(0, 1) as [(typeof begun)[number]];
		onWait();
		return { item, result: await result };
	};
	for await (const item of items) {
		const result = work(item);
		// It is thrown above, when its turn has come.
		result.catch(() => undefined);
		begun.push({ item, result });
		while (begun.length >= most()) yield await first();
	}
	while (begun.length > 0) yield await first();
}
