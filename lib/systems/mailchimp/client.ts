import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { createHttpClient, type HttpClient, TerminalError } from '../../transport';
import { readMailchimpError } from './errors';
import { MAILCHIMP } from './name';

/** `baseUrl` includes `/3.0`; empty means the host that the key's suffix names. */
export type MailchimpCredentials = { apiKey: string; baseUrl?: string };

/** How a job of POST /batches is waited for. Milliseconds. */
export interface BatchTiming {
	/** First wait between two looks at a job; grows to ten times that. */
	pollMs: number;
	/** A job that is not finished by then is cancelled and its operations are sent one by one. */
	deadlineMs: number;
}

export interface ConnectOverrides extends Partial<BatchTiming> {
	retries?: number;
	retryDelayMs?: number;
	timeoutMs?: number;
}

/**
 * Connections that we keep open at once. The vendor allows ten for one key and drops what goes beyond; two are left to others.
 * https://mailchimp.com/developer/marketing/docs/fundamentals/#api-limits
 */
export const CONNECTIONS = 8;

/** The vendor ends a request after 120 seconds; until then its answer may still come. Same page. */
const TIMEOUT_MS = 125_000;
const TIMING: BatchTiming = { pollMs: 1_000, deadlineMs: 180_000 };

const timings = new WeakMap<HttpClient, BatchTiming>();

/**
 * A client for one Mailchimp account: basic authentication with any user name and the key as password.
 * @throws TerminalError when the key names no data centre and no base URL is given.
 */
export function connectMailchimp(credentials: MailchimpCredentials, overrides: ConnectOverrides = {}): HttpClient {
	const baseUrl = baseUrlOf(credentials);
	const client = createHttpClient({
		system: MAILCHIMP,
		limitKey: `${MAILCHIMP.id}:${mailchimpAccount(credentials)}:${new URL(baseUrl).host}`,
		baseUrl,
		basicAuth: { username: 'customer360', password: credentials.apiKey },
		secrets: [credentials.apiKey],
		// The vendor limits connections, not calls in a time; the window is only a guard against a loop.
		limit: { maxConcurrent: CONNECTIONS, perWindow: 1_000, windowMs: 1_000 },
		readError: readMailchimpError,
		timeoutMs: overrides.timeoutMs ?? TIMEOUT_MS,
		retries: overrides.retries,
		retryDelayMs: overrides.retryDelayMs,
	});
	timings.set(client, { pollMs: overrides.pollMs ?? TIMING.pollMs, deadlineMs: overrides.deadlineMs ?? TIMING.deadlineMs });
	return client;
}

/** https://mailchimp.com/developer/marketing/api/ping/ */
export async function ping(client: HttpClient): Promise<void> {
	await client.request({ method: 'GET', path: '/ping', operation: 'check the key', reply: z.object({ health_status: z.string() }) });
}

export function batchTiming(client: HttpClient): BatchTiming {
	return timings.get(client) ?? TIMING;
}

/**
 * Data centre and a fingerprint of the key. The account's own ID would take a call, and a data centre holds many accounts.
 * A new key of the same account counts as another account: its first pull reads everything once more, and nothing is lost.
 */
export function mailchimpAccount(credentials: MailchimpCredentials): string {
	const fingerprint = createHash('sha256').update(credentials.apiKey.trim()).digest('hex').slice(0, 8);
	return `${dataCentreOf(credentials.apiKey) ?? 'proxy'}-${fingerprint}`;
}

function baseUrlOf(credentials: MailchimpCredentials): string {
	const given = (credentials.baseUrl ?? '').trim();
	if (given) {
		if (!URL.canParse(given)) throw connectError(`the base URL is not a URL`, 'Write it like https://us14.api.mailchimp.com/3.0, or leave it empty');
		return given.replace(/\/+$/, '');
	}
	const dataCentre = dataCentreOf(credentials.apiKey);
	if (!dataCentre) {
		throw connectError(
			'the API key does not end with a data centre',
			'Copy the whole key, with the part behind the dash, for example -us14',
		);
	}
	return `https://${dataCentre}.api.mailchimp.com/3.0`;
}

/** Letters and digits only: the suffix becomes part of a host name. */
function dataCentreOf(apiKey: string): string | undefined {
	return /-([a-z]{2,4}\d{1,4})$/.exec(apiKey.trim())?.[1];
}

function connectError(problem: string, remedy: string): TerminalError {
	return new TerminalError(problem, { system: MAILCHIMP, operation: 'connect', remedy });
}
