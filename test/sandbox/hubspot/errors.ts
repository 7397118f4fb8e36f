import { randomUUID } from 'node:crypto';
import type { VendorReply } from '../vendor-server';
import type { PropertyFault } from './properties';

/** A refusal in HubSpot's form. */
export function refusal(status: number, category: string, message: string, more: Record<string, unknown> = {}): VendorReply {
	return { status, body: { status: 'error', message, correlationId: randomUUID(), category, ...more } };
}

export function invalid(message: string, more: Record<string, unknown> = {}): VendorReply {
	return refusal(400, 'VALIDATION_ERROR', message, more);
}

export function faultMessage(faults: PropertyFault[]): string {
	return `Property values were not valid: ${JSON.stringify(faults)}`;
}

export function notFound(): VendorReply {
	return refusal(404, 'OBJECT_NOT_FOUND', 'resource not found');
}

export function missingScope(scopes: string[]): VendorReply {
	return refusal(403, 'MISSING_SCOPES', "This app hasn't been granted all required scopes to make this call.", {
		errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } }],
		links: { scopes: 'https://developers.hubspot.com/scopes' },
	});
}

export function rateLimited(policyName: 'SECONDLY' | 'TEN_SECONDLY_ROLLING'): VendorReply {
	return {
		status: 429,
		body: {
			status: 'error',
			message: `You have reached your ${policyName.toLowerCase()} limit.`,
			errorType: 'RATE_LIMIT',
			correlationId: randomUUID(),
			policyName,
			category: 'RATE_LIMITS',
		},
	};
}
