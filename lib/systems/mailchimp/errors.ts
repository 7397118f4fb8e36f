import { z } from 'zod/v4';
import type { VendorError } from '../../transport';

/** The vendor's error answer, RFC 7807 with an array of fields. https://mailchimp.com/developer/marketing/docs/errors/ */
const problemSchema = z.object({
	title: z.string().optional(),
	detail: z.string().optional(),
	errors: z.array(z.object({ field: z.string().optional(), message: z.string().optional() })).optional(),
});

const REMEDIES: readonly [RegExp, string][] = [
	[
		/^API Key (Invalid|Missing)$/i,
		'Make a key in Mailchimp (Profile, Extras, API keys) and put the whole key into the credential, with the part behind the dash',
	],
	[/^User Disabled$/i, 'The Mailchimp user of this key is deactivated; make a key as another user'],
	[/^Wrong Datacenter$/i, 'Leave the base URL in the credential empty, or name the data centre that the key ends with'],
	[/^(Forbidden|User Role|No Permission)/i, 'The Mailchimp user of this key needs the role Manager or higher, and its plan must include this'],
	[/^Resource Not Found$/i, 'Check that the audience and the member still exist in this account'],
	[/^Too Many Requests$/i, 'Mailchimp allows ten connections at once for one key; let fewer workflows run side by side'],
];

/**
 * Reads an error answer of the vendor.
 * @param body The parsed answer, or text where the vendor's edge answered with no JSON.
 */
export function readMailchimpError(status: number, body: unknown): VendorError {
	const parsed = problemSchema.safeParse(body);
	const problem = parsed.success ? parsed.data : {};
	// Under heavy load the vendor's edge refuses with an empty 403, which passes; a real 403 carries a title.
	if (status === 403 && !problem.title) {
		return { transient: true, message: 'refused without a reason', remedy: 'Mailchimp does that under heavy load; try again later' };
	}
	const fields = (problem.errors ?? []).map((error) => [error.field, error.message].filter(Boolean).join(': ')).filter(Boolean);
	const title = problem.title ?? '';
	return {
		code: problem.title,
		message: [title, problem.detail, fields.slice(0, 5).join('; ')].filter(Boolean).join(': ') || undefined,
		field: problem.errors?.find((error) => error.field)?.field,
		remedy: REMEDIES.find(([pattern]) => pattern.test(title))?.[1],
	};
}

/** Refusals that are the vendor's protection of a person, not a mistake of ours: the item is left out, for good. */
const PROTECTED = /compliance state|permanently deleted|forgotten email/i;

export function isProtected(text: string): boolean {
	return PROTECTED.test(text);
}
