import { z } from 'zod/v4';
import { valueTypeSchema } from './attribute';
import { recordKindSchema } from './record-ref';

/** One line of a mapping: where a value stands in the raw record and what it becomes. */
export const fieldRuleSchema = z.object({
	/** Path in the raw record, dots between steps; `[]` after a step means every element of an array: `identities[].value`. */
	path: z.string().min(1),
	/** Our attribute; left out when the value is only an identifier. */
	attribute: z.string().optional(),
	/** Left out: taken from a well-known attribute's name, else text. */
	type: valueTypeSchema.default('text'),
	/** Makes the value an identifier of this kind as well. `email` and `phone` attributes are identifiers without being told. */
	identifier: z.string().optional(),
	/** Text that separates several values in one field, e.g. `;`. */
	separator: z.string().optional(),
});
export type FieldRule = z.input<typeof fieldRuleSchema>;

/** How a link to another record is read. */
export const linkRuleSchema = z.object({
	path: z.string().min(1),
	type: z.enum(['member_of', 'owned_by']),
	system: z.string().min(1),
	object: z.string().min(1),
});
export type LinkRule = z.input<typeof linkRuleSchema>;

/** How a statement of consent is read: the vendor's words to ours; a word that is not listed counts as `unknown`. */
export const consentRuleSchema = z.object({
	path: z.string().min(1),
	purpose: z.string().min(1),
	values: z.record(z.string(), z.enum(['denied', 'pending', 'granted', 'unknown'])),
	atPath: z.string().optional(),
});
export type ConsentRule = z.input<typeof consentRuleSchema>;

/** Everything Normalize needs to read one object of one system. Data, so that the preset of a system and a mapping made in the UI are the same thing. */
export const fieldMappingSchema = z.object({
	system: z.string().min(1),
	/** How people write the system's name, for messages; its ID when left out. */
	systemLabel: z.string().optional(),
	object: z.string().min(1),
	kind: recordKindSchema,
	fields: z.array(fieldRuleSchema),
	links: z.array(linkRuleSchema).default([]),
	consent: z.array(consentRuleSchema).default([]),
	/** ISO 3166 alpha-2, used for phone numbers without a country code when the record itself names no country. */
	defaultCountry: z.string().length(2).optional(),
});
export type FieldMapping = z.input<typeof fieldMappingSchema>;
