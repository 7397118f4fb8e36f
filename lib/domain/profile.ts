import { z } from 'zod/v4';
import { scalarSchema, type Scalar } from './attribute';
import { consentStatusSchema } from './consent';
import { identifierSchema } from './identifier';
import { entitySchema, recordRefSchema } from './record-ref';

/** Why a value is in the golden record: the rule, the record that gave it, its time of change, and how many others there were. */
export const lineageSchema = z.object({
	rule: z.string(),
	system: z.string(),
	object: z.string(),
	sourceId: z.string(),
	updatedAt: z.string(),
	/** Number of distinct valid values to choose from. */
	candidates: z.number().int(),
});
export type Lineage = z.infer<typeof lineageSchema>;

export const goldenValueSchema = z.object({
	value: z.union([scalarSchema, z.array(scalarSchema)]),
	lineage: z.array(lineageSchema),
});
export type GoldenValue = z.infer<typeof goldenValueSchema>;

export const goldenConsentSchema = z.object({ status: consentStatusSchema, at: z.string().optional(), lineage: z.array(lineageSchema) });
export type GoldenConsent = z.infer<typeof goldenConsentSchema>;

/** A computed figure with its reasons in words, e.g. `["+30: a payment failed in the last 30 days"]`. */
export const metricValueSchema = z.object({ value: scalarSchema.nullable(), reasons: z.array(z.string()) });
export type MetricValue = z.infer<typeof metricValueSchema>;

export const segmentMembershipSchema = z.object({ name: z.string(), reason: z.string() });
export type SegmentMembership = z.infer<typeof segmentMembershipSchema>;

/** What survivorship, metrics and segments make of the records of one cluster: a pure function of them, the model and `asOf`. */
export const goldenRecordSchema = z.object({
	attributes: z.record(z.string(), goldenValueSchema),
	identifiers: z.array(identifierSchema),
	consent: z.record(z.string(), goldenConsentSchema),
	metrics: z.record(z.string(), metricValueSchema),
	segments: z.array(segmentMembershipSchema),
	/** Records of the cluster, in a stable order. */
	records: z.array(recordRefSchema),
});
export type GoldenRecord = z.infer<typeof goldenRecordSchema>;

/** Another profile, as one profile names it. */
export const profileNameSchema = z.object({ canonicalId: z.string(), name: z.string() });
export type ProfileName = z.infer<typeof profileNameSchema>;

/** What tells who lives with whom, in comparison form. A pure function of a profile's records and the model. */
export const householdTraitsSchema = z.object({
	/** `address:<street>|<postal code>` and `phone:<E.164>`. A company has them too: where it is, nobody lives. */
	keys: z.array(z.string()),
	/** Forms of the family name, any of which makes it the same. */
	families: z.array(z.string()),
	/** Names and web domains of whom the person works for; the domains of mail providers are none. */
	employers: z.array(z.string()),
	postalCode: z.string().optional(),
});
export type HouseholdTraits = z.infer<typeof householdTraitsSchema>;

/** A golden record with its lasting ID. */
export const profileSchema = goldenRecordSchema.extend({
	canonicalId: z.string(),
	entity: entitySchema,
	createdAt: z.string(),
	updatedAt: z.string(),
	/** Sequence number of the last change event: grows with every change of this profile. */
	revision: z.number().int(),
	/** Canonical IDs of the companies that a person belongs to; empty for a company. */
	companies: z.array(z.string()),
	/**
	 * People who live in the same home, in order of canonical ID; empty for a company. A link and no merge: each is a profile of its own.
	 * A change of the household alone is no change of the profile: it has no event and leaves `revision` as it is.
	 */
	household: z.array(profileNameSchema),
	/** Earlier canonical IDs that now lead here. */
	aliases: z.array(z.string()),
});
export type Profile = z.infer<typeof profileSchema>;

/** Reads an attribute, metric or consent by name as one plain value; arrays are kept. Undefined where there is none. */
export function profileValue(profile: Pick<Profile, 'attributes' | 'metrics'>, name: string): Scalar | Scalar[] | undefined {
	return profile.attributes[name]?.value ?? profile.metrics[name]?.value ?? undefined;
}
