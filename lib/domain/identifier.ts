import { z } from 'zod/v4';
import { valueFlagSchema } from './attribute';
import { MAX_NAME, MAX_SOUGHT, textUpTo } from './text-length';

/**
 * A value by which an entity can be recognised or looked up.
 * `kind` is `email`, `phone`, `user_id`, `national_id`, `company_domain`, `registration_number`, or a system's own key such as `<system>_customer_id`.
 */
export const identifierSchema = z.object({
	kind: textUpTo(MAX_NAME),
	/** The matching key: two identifiers are equal when kind and value are. */
	value: textUpTo(MAX_SOUGHT),
	/** As people write it, when that differs. */
	display: z.string().optional(),
	flags: z.array(valueFlagSchema).optional(),
});
export type Identifier = z.infer<typeof identifierSchema>;

/** Text form of an identifier: `kind:value`. */
export function identifierKey(identifier: { kind: string; value: string }): string {
	return `${identifier.kind}:${identifier.value}`;
}

/** The key under which records with this identifier are found. */
export function identifierLookupKey(entity: 'person' | 'company', kind: string, value: string): string {
	return `${entity}|${kind}:${value}`;
}
