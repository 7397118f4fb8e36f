import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import type { HubSpotCredentials } from './client';
import { HUBSPOT } from './name';

/** Hub ID when given, else a fingerprint of the token: a token does not name its account. */
export function accountOf(credentials: HubSpotCredentials): string {
	return givenHubId(credentials) || createHash('sha256').update(credentials.accessToken).digest('hex').slice(0, 12);
}

const detailsSchema = z.object({ portalId: z.number().int() });

/** A token without the scope `oauth`, and a proxy that lets only the CRM's paths through. */
const MAY_NOT_ASK = [403, 404];

/**
 * Refuses a Hub ID that is not the one of the token. A token that may not ask for its account is believed, and so is one without a Hub ID, which names itself.
 * Source: https://developers.hubspot.com/docs/api-reference/legacy/account/account-information/get-account-details
 * @throws TerminalError when the two don't fit, or the token is not accepted; TransientError
 */
export async function checkHubId(client: HttpClient, credentials: HubSpotCredentials): Promise<void> {
	const given = givenHubId(credentials);
	if (!given) return;
	const own = await hubIdOfToken(client);
	if (own === undefined || own === given) return;
	throw new TerminalError(`the access token belongs to the account with Hub ID ${own}, but the credential says Hub ID ${given}`, {
		system: HUBSPOT,
		operation: 'check the account',
		field: 'Hub ID',
		remedy: `Nothing was read or written. In the HubSpot credential, set "Hub ID" to ${own}, or "Access Token" to a token of account ${given}`,
	});
}

/** Account details cost one call and need no scope of the CRM: a token that may not ask for them is refused in another way than one that is not accepted. */
export async function checkToken(client: HttpClient): Promise<void> {
	await hubIdOfToken(client);
}

async function hubIdOfToken(client: HttpClient): Promise<string | undefined> {
	try {
		const { body } = await client.request({ method: 'GET', path: '/account-info/v3/details', operation: 'check the account', reply: detailsSchema });
		return String(body.portalId);
	} catch (error) {
		if (error instanceof TerminalError && MAY_NOT_ASK.includes(error.context.status ?? 0)) return undefined;
		throw error;
	}
}

function givenHubId({ portalId }: HubSpotCredentials): string {
	return portalId?.trim() ?? '';
}
