import type { EntityMatching, MatchColumn, TermFrequencies } from '../domain';
import type { Comparable } from './comparable';
import { textsOf } from './pair-view';

/** The two records that are compared have the value themselves; how frequent it is shows in the others. */
const PAIR = 2;
/** Columns whose values are hardly shared by strangers: what is seen often there is one person with many copies, unless it is seen very often. */
const PERSONAL: ReadonlySet<MatchColumn> = new Set<MatchColumn>(['birth_date', 'phone', 'email']);
/** So many times the usual number of copies one person may have. */
const MOST_COPIES = 4;
/** Values that a trained model lists by column; what is rarer has the floor. */
const MOST_VALUES = 5000;

/**
 * How frequent the values are in the columns in which the model looks at frequency.
 * Copies of one record make a value look more frequent than it is among people, so what a record has from its own copies is taken off.
 * @param copies how many other records of the same entity a record has on average
 */
export function countFrequencies(records: readonly Comparable[], { comparisons }: Pick<EntityMatching, 'comparisons'>, copies: number): TermFrequencies[] {
	const columns = comparisons.filter(({ levels }) => levels.some(({ termFrequency }) => termFrequency)).map(({ column }) => column);
	return columns.flatMap((column) => {
		const counts = new Map<string, number>();
		let holders = 0;
		for (const record of records) {
			const values = column === 'address' ? record.cities : textsOf(column, record);
			if (values.length > 0) holders += 1;
			for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
		}
		if (holders < 2) return [];
		// What is seen once or not at all is as rare as values of this column are on average, but no rarer than one in all.
		const usual = Math.min(...comparisons.filter((one) => one.column === column).flatMap(({ levels }) => levels.flatMap(({ termFrequency, u }) => (termFrequency ? [u] : []))));
		const floor = Math.min(1 / holders, usual);
		const own = (PAIR + copies) * (PERSONAL.has(column) ? MOST_COPIES : 1);
		const values = [...counts]
			.map(([value, count]): [string, number] => [value, Math.max(count - own, 0) / holders + floor])
			.filter(([, frequency]) => frequency > floor)
			.sort(([x, many], [y, few]) => few - many || (x < y ? -1 : 1))
			.slice(0, MOST_VALUES);
		return [{ column, floor, values }];
	});
}
