import type { Condition, Scalar } from '../domain';

/** Reads a field of a profile by name; undefined or null where there is none. */
export type Lookup = (field: string) => Scalar | readonly Scalar[] | null | undefined;

/** Whether a condition holds. A field without a value satisfies only `missing` (and `not`). */
export function holds(condition: Condition, lookup: Lookup): boolean {
	if ('all' in condition) return condition.all.every((part) => holds(part, lookup));
	if ('any' in condition) return condition.any.some((part) => holds(part, lookup));
	if ('not' in condition) return !holds(condition.not, lookup);
	const found = lookup(condition.field);
	const values = found === null || found === undefined ? [] : typeof found === 'object' ? [...found] : [found];
	if (condition.op === 'missing') return values.length === 0;
	if (condition.op === 'exists') return values.length > 0;
	const wanted = condition.value;
	if (condition.op === 'in') return values.some((value) => Array.isArray(wanted) && wanted.includes(value));
	if (wanted === undefined || Array.isArray(wanted)) return false;
	const { op } = condition;
	return values.some((value) => compare(value, op, wanted));
}

function compare(value: Scalar, op: '=' | '!=' | '>' | '>=' | '<' | '<=', wanted: Scalar): boolean {
	if (op === '=') return value === wanted;
	if (op === '!=') return value !== wanted;
	// A number never compares with text: "9" > 10 would say something nobody meant.
	if (typeof value !== typeof wanted) return false;
	if (op === '>') return value > wanted;
	if (op === '>=') return value >= wanted;
	if (op === '<') return value < wanted;
	return value <= wanted;
}

/** A condition in words, for explanations: `churn_risk >= 50 and monthly_recurring_revenue > 0`. */
export function describeCondition(condition: Condition): string {
	if ('all' in condition) return condition.all.map(describeCondition).join(' and ') || 'always';
	if ('any' in condition) return `(${condition.any.map(describeCondition).join(' or ')})`;
	if ('not' in condition) return `not (${describeCondition(condition.not)})`;
	const { field, op, value } = condition;
	if (op === 'exists' || op === 'missing') return `${field} ${op === 'exists' ? 'is known' : 'is not known'}`;
	return `${field} ${op} ${Array.isArray(value) ? value.join(', ') : String(value)}`;
}

/** Every field that a condition names. */
export function fieldsOf(condition: Condition): string[] {
	if ('all' in condition) return condition.all.flatMap(fieldsOf);
	if ('any' in condition) return condition.any.flatMap(fieldsOf);
	if ('not' in condition) return fieldsOf(condition.not);
	return [condition.field];
}
