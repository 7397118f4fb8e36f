import { z } from 'zod/v4';

/** A normalized value: text, number or truth value. Dates are ISO 8601 text. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof scalarSchema>;

/**
 * What kind of value an attribute holds; decides which normalizer reads it.
 * `person_name_full` is split into given and family name; `money_minor` is an integer in the currency's minor unit.
 */
export const valueTypeSchema = z.enum([
	'text', 'email', 'phone', 'given_name', 'family_name', 'full_name', 'company_name', 'domain', 'url',
	'street', 'city', 'postal_code', 'region', 'country', 'date', 'datetime', 'number', 'boolean', 'identifier',
]);
export type ValueType = z.infer<typeof valueTypeSchema>;

/** Remarks that a normalizer leaves on a value and that matching heeds. */
export const valueFlagSchema = z.enum([
	'role_mailbox', 'disposable_domain', 'free_mail_domain', 'placeholder', 'assumed_country', 'ambiguous_date', 'out_of_range',
]);
export type ValueFlag = z.infer<typeof valueFlagSchema>;

/**
 * One value of one attribute of one source record.
 * An invalid value keeps `raw`, carries `reason` and is used neither for matching nor for survivorship.
 */
export const attributeValueSchema = z.object({
	/** The normalized value that people see; equal to `raw` as text where nothing had to change. */
	value: scalarSchema,
	/** As the system gave it; left out when it equals `value`. */
	raw: z.unknown().optional(),
	/** Form used for comparison only (an email without plus-tag, a name without diacritics); left out when it equals `value`. */
	key: z.string().optional(),
	valid: z.boolean(),
	reason: z.string().optional(),
	flags: z.array(valueFlagSchema).optional(),
});
export type AttributeValue = z.infer<typeof attributeValueSchema>;

/** Attribute name to its values; several emails or phones are several values of one attribute. */
export const attributesSchema = z.record(z.string(), z.array(attributeValueSchema));
export type Attributes = z.infer<typeof attributesSchema>;

/** Our attribute names. Any other name is allowed as a custom attribute; these are the ones that rules know. */
export const PERSON_ATTRIBUTES = [
	'given_name', 'middle_name', 'family_name', 'name_suffix', 'email', 'phone', 'birth_date', 'street', 'city', 'postal_code', 'region', 'country',
	'company_name', 'company_domain', 'job_title', 'language', 'national_id', 'lifecycle_stage', 'owner', 'created_at',
] as const;
export const COMPANY_ATTRIBUTES = [
	'company_name', 'company_domain', 'phone', 'street', 'city', 'postal_code', 'region', 'country', 'industry', 'employees',
	'registration_number', 'vat_number', 'owner', 'created_at',
] as const;
export type KnownAttribute = (typeof PERSON_ATTRIBUTES | typeof COMPANY_ATTRIBUTES)[number];

/** What each of them holds unless a mapping says otherwise; `text` is whatever an account writes there, also an ID that is a number. */
export const ATTRIBUTE_TYPES: Readonly<Record<KnownAttribute, ValueType>> = {
	given_name: 'given_name', middle_name: 'text', family_name: 'family_name', name_suffix: 'text', email: 'email', phone: 'phone', birth_date: 'date',
	street: 'street', city: 'city', postal_code: 'postal_code', region: 'region', country: 'country', company_name: 'company_name', company_domain: 'domain',
	job_title: 'text', language: 'text', national_id: 'identifier', lifecycle_stage: 'text', owner: 'text', created_at: 'datetime', industry: 'text',
	employees: 'number', registration_number: 'identifier', vat_number: 'identifier',
};
