import { z } from 'zod/v4';

/** From most to least restrictive; survivorship keeps the most restrictive. `unknown` says that the system has no word on it. */
export const CONSENT_STATUSES = ['denied', 'pending', 'granted', 'unknown'] as const;
export const consentStatusSchema = z.enum(CONSENT_STATUSES);
export type ConsentStatus = z.infer<typeof consentStatusSchema>;

/** What one record says of one purpose. */
export const consentStatementSchema = z.object({
	/** e.g. `email_marketing`, `sms_marketing`; any other name is a purpose of its own. */
	purpose: z.string().min(1),
	status: consentStatusSchema,
	/** When it was given or withdrawn, ISO 8601, if the system knows. */
	at: z.string().optional(),
	/** The system's own word for it, e.g. `cleaned`. */
	raw: z.string().optional(),
});
export type ConsentStatement = z.infer<typeof consentStatementSchema>;
