import { z } from 'zod/v4';
import { scalarSchema, type Scalar } from './attribute';

/** Compares one attribute or metric by name. `exists` takes no value; a missing value satisfies only `missing`. */
export const comparisonConditionSchema = z.object({
	field: z.string().min(1),
	op: z.enum(['=', '!=', '>', '>=', '<', '<=', 'in', 'exists', 'missing']),
	value: z.union([scalarSchema, z.array(scalarSchema)]).optional(),
});

export interface ComparisonCondition {
	field: string;
	op: '=' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | 'exists' | 'missing';
	value?: Scalar | Scalar[] | undefined;
}
export type Condition = ComparisonCondition | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** A condition over a profile's attributes and metrics, as data. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
	z.union([
		z.strictObject({ all: z.array(conditionSchema) }),
		z.strictObject({ any: z.array(conditionSchema) }),
		z.strictObject({ not: conditionSchema }),
		comparisonConditionSchema,
	]),
);
