export const COUNTERS = ['records', 'profiles', 'marks', 'events', 'decisions', 'reviews', 'rejections'] as const;

type Counter = (typeof COUNTERS)[number];

/** A part of a statement (for WITH) that takes the next `$n` numbers of a counter; `base` is the number in front of the first one. */
export function taken(counter: Counter, count: `$${number}`, name = 'taken'): string {
	return `${name} AS (UPDATE @counters SET last = last + ${count}::bigint WHERE name = '${counter}' RETURNING last - ${count}::bigint AS base)`;
}
