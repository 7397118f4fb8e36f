/** Long work with breaks in it. Whoever drives it decides what happens in them; the result comes at the end and is the same. */
export type WithBreaks<T> = Generator<undefined, T, undefined>;

/** Goes on after each break at once. */
export function atOnce<T>(work: WithBreaks<T>): T {
	for (;;) {
		const { done, value } = work.next();
		if (done === true) return value;
	}
}

/**
 * Lets others have their turn in each break.
 * @param turn throws to end the work there
 */
export async function givingTurns<T>(work: WithBreaks<T>, turn: () => Promise<unknown>): Promise<T> {
	for (;;) {
		const { done, value } = work.next();
		if (done === true) return value;
		await turn();
	}
}

/** The items of a list, with a break behind each so many. */
export function* eachWithBreaks<T>(items: readonly T[], each: (item: T) => void, many = 2000): WithBreaks<void> {
	for (const [index, item] of items.entries()) {
		each(item);
		if (index % many === many - 1) yield;
	}
}
