import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import type { ZendeskCredentials } from './client';
import { ZENDESK } from './name';

/**
 * Name of the account, from the subdomain or, where only a base URL is given, its host.
 * @throws TerminalError when the subdomain is not one.
 */
export function zendeskAccount(credentials: ZendeskCredentials): string {
	const subdomain = givenSubdomain(credentials);
	if (/^[a-z0-9][a-z0-9-]*$/.test(subdomain)) return subdomain;
	const baseUrl = credentials.baseUrl ?? '';
	if (!subdomain && URL.canParse(baseUrl)) return new URL(baseUrl).host;
	throw new TerminalError('the subdomain is not valid', {
		system: ZENDESK,
		operation: 'connect',
		field: 'subdomain',
		remedy: 'In the credential, give only the part before .zendesk.com, for example acme for https://acme.zendesk.com',
	});
}

const selfSchema = z.object({ user: z.object({ id: z.number().nullish(), url: z.string().nullish() }) });
type Self = z.infer<typeof selfSchema>['user'];

/**
 * Refuses a subdomain that is not the one of the account behind the base URL. Without a base URL the subdomain itself is what is called, and a token of
 * another account is not accepted there.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self
 * @throws TerminalError when the two don't fit, or the token is not accepted; TransientError
 */
export async function checkSubdomain(client: HttpClient, credentials: ZendeskCredentials): Promise<void> {
	const given = givenSubdomain(credentials);
	if (!given || !credentials.baseUrl) return;
	// An account under a domain of its own may name that one.
	const own = /^https:\/\/([a-z0-9-]+)\.zendesk\.com\//.exec((await readSelf(client)).url ?? '')?.[1];
	if (own === undefined || own === given) return;
	throw new TerminalError(`the base URL leads to the account "${own}", but the credential says subdomain "${given}"`, {
		system: ZENDESK,
		operation: 'check the account',
		field: 'Subdomain',
		remedy: `Nothing was read or written. In the Zendesk credential, set "Subdomain" to ${own}, or "Base URL" to the address of ${given}`,
	});
}

/** The user of the token. Everybody may ask for that. @throws TerminalError, TransientError */
export async function checkToken(client: HttpClient): Promise<void> {
	await readSelf(client);
}

async function readSelf(client: HttpClient): Promise<Self> {
	const operation = 'check the account';
	const { body } = await client.request({ method: 'GET', path: '/api/v2/users/me.json', operation, reply: selfSchema });
	if (body.user.id !== null) return body.user;
	// Whom Zendesk doesn't know it answers as nobody, and not with a refusal.
	throw new TerminalError('nobody is signed in', { system: ZENDESK, operation, remedy: 'Check that a proxy in between passes the credential on' });
}

function givenSubdomain({ subdomain }: ZendeskCredentials): string {
	return (subdomain ?? '').trim().toLowerCase();
}
