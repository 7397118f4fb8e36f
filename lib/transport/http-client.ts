import axios, { type AxiosAdapter, AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import axiosRetry, { exponentialDelay, retryAfter } from 'axios-retry';
import type { ZodType } from 'zod/v4';
import { type SystemName, TerminalError } from './errors';
import { limiterFor, type RateLimit } from './limits';
import { LONGEST_WAIT_MS, pauseAfter, type Repeats } from './pause';
import { redact } from './redact';
import { isTransient, toSystemError, type VendorError } from './vendor-error';

export interface HttpRequest<T> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Relative to the client's base URL, or an absolute URL on the same host (a vendor's own link to the next page). */
	path: string;
	query?: Record<string, string | number | boolean | readonly string[] | undefined>;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent form-encoded; exclusive with `json`. */
	form?: URLSearchParams;
	/** In words, for messages and for the count of calls, e.g. `read contacts`. */
	operation: string;
	/** Whether a repeat after a broken answer is harmless. Default: everything but POST. A 429 is always repeated. */
	repeatable?: boolean;
	/** Form of the answer; what doesn't fit is a TerminalError that names the field. */
	reply: ZodType<T>;
	headers?: Record<string, string>;
}

export interface HttpReply<T> {
	status: number;
	headers: Record<string, string>;
	body: T;
}

export interface HttpClientOptions {
	system: SystemName;
	/** Names system and account; clients with the same key share one rate limit. */
	limitKey: string;
	baseUrl: string;
	headers?: Record<string, string>;
	basicAuth?: { username: string; password: string };
	/** Values that must never show in a message. */
	secrets: readonly string[];
	limit: RateLimit;
	/** Reads the vendor's error answer. */
	readError?: (status: number, body: unknown) => VendorError;
	retries?: number;
	/** First wait before a repeat, doubled each time with jitter. */
	retryDelayMs?: number;
	timeoutMs?: number;
}

export interface HttpClient {
	readonly system: SystemName;
	readonly baseUrl: string;
	request<T>(request: HttpRequest<T>): Promise<HttpReply<T>>;
	/** Requests that went over the wire so far, repeats included, by operation. */
	calls(): Record<string, number>;
}

/** Unless the vendor needs another one. Milliseconds. */
const TIMEOUT_MS = 30_000;

/** The timeout goes for a silent connection. A call that keeps coming in drops is ended after so many timeouts, where its place is shared. */
const LONGEST_CALL_TIMEOUTS = 2;

/**
 * An HTTP client for one account of one system: one rate limit per account, a pause of all its calls when the vendor asks for one,
 * repeats with jitter that honour Retry-After, answers checked against their form, errors that say whether trying again can help.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
	const { system, baseUrl, readError } = options;
	const secrets = secretsOf(options);
	const counts: Record<string, number> = {};
	const http = axiosFor(options, counts);

	async function request<T>(spec: HttpRequest<T>): Promise<HttpReply<T>> {
		assertSameHost(spec, options);
		const { status, data, headers } = await http.request<unknown>(configOf(spec)).catch((error: unknown) => {
			throw toSystemError(error, { system, operation: spec.operation, readError, secrets });
		});
		return { status, headers: plainHeaders(headers), body: readBody(spec, data, { system, status, secrets }) };
	}

	return { system, baseUrl, request, calls: () => ({ ...counts }) };
}

/** @param counts where each attempt is counted, by operation */
function axiosFor(options: HttpClientOptions, counts: Record<string, number>): AxiosInstance {
	const { retries = 4, retryDelayMs = 250 } = options;
	const http = axios.create({
		baseURL: options.baseUrl,
		timeout: options.timeoutMs ?? TIMEOUT_MS,
		maxRedirects: 0,
		headers: { accept: 'application/json', 'user-agent': 'n8n-nodes-customer360', ...options.headers },
		...(options.basicAuth && { auth: options.basicAuth }),
		adapter: inItsTurn({ ...options, retries, retryDelayMs }, counts),
	});
	axiosRetry(http, {
		retries,
		shouldResetTimeout: true,
		retryCondition: (error) => {
			if (retryAfter(error) > LONGEST_WAIT_MS) return false;
			if (error.response?.status === 429) return true;
			const repeatable = (error.config as RequestConfig | undefined)?.repeatable ?? false;
			return repeatable && isTransient(error);
		},
		retryDelay: (count, error) => exponentialDelay(count, error, retryDelayMs),
	});
	return http;
}

/** Every attempt takes its place in the rate limit, repeats too: hence here and not around the call. */
function inItsTurn({ limitKey, limit, timeoutMs = TIMEOUT_MS, ...repeats }: HttpClientOptions & Repeats, counts: Record<string, number>): AxiosAdapter {
	const limiter = limiterFor(limitKey, limit);
	const send = axios.getAdapter(['http']);
	const attempt = async (config: InternalAxiosRequestConfig, signal: AbortSignal | undefined) => {
		const operation = operationOf(config);
		counts[operation] = (counts[operation] ?? 0) + 1;
		try {
			return await send(signal ? { ...config, signal } : config);
		} catch (error) {
			if (axios.isCancel(error)) throw new AxiosError('no answer in time', AxiosError.ETIMEDOUT, config);
			const pauseMs = pauseAfter(error, repeats);
			// Here and not where repeats are made: this call's place goes to the next one when it ends.
			if (pauseMs > 0) await limiter.pause(pauseMs);
			throw error;
		}
	};
	return (config) => limiter.schedule((signal) => attempt(config, signal), LONGEST_CALL_TIMEOUTS * timeoutMs);
}

function configOf<T>(spec: HttpRequest<T>): Partial<RequestConfig> {
	return {
		method: spec.method,
		url: spec.path,
		params: spec.query,
		paramsSerializer: { indexes: null },
		data: spec.form ?? spec.json,
		headers: spec.headers as RequestConfig['headers'],
		operation: spec.operation,
		repeatable: spec.repeatable ?? spec.method !== 'POST',
	};
}

/** @throws TerminalError when the answer has another form than expected */
function readBody<T>({ reply, operation }: HttpRequest<T>, body: unknown, { system, status, secrets }: { system: SystemName; status: number; secrets: readonly string[] }): T {
	const parsed = reply.safeParse(body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	// A proxy's log-in page, for instance; what the schema says of it would tell nobody anything.
	const fault = typeof body === 'string' && body !== '' ? 'it is a text or a web page, and no data' : redact(issue?.message ?? 'unreadable', secrets);
	throw new TerminalError(`the answer does not have the expected form: ${fault}`, {
		system,
		operation,
		status,
		field: redact(issue?.path.join('.') ?? '', secrets) || 'body',
		remedy: 'Nothing of this answer was used. Check the base URL in the credential; if it is right, the vendor changed its API',
	});
}

interface RequestConfig extends InternalAxiosRequestConfig {
	operation: string;
	repeatable: boolean;
}

function operationOf(config: InternalAxiosRequestConfig): string {
	return (config as Partial<RequestConfig>).operation ?? 'request';
}

/** A next-page link must not carry our credentials to another host. */
function assertSameHost({ path, operation }: { path: string; operation: string }, { baseUrl, system }: HttpClientOptions): void {
	const base = URL.parse(baseUrl);
	if (!base) {
		throw new TerminalError('the base URL is not a URL', { system, operation, remedy: 'Correct the base URL in the credential, or leave it empty' });
	}
	// Read as axios reads it: what has a scheme, or begins with two slashes, leaves the base URL aside.
	const target = /^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(path) ? URL.parse(path, base.href) : base;
	if (target?.origin === base.origin) return;
	throw new TerminalError('the vendor pointed at another host for the next page', {
		system,
		operation,
		remedy: 'Nothing was sent there. Check the base URL in the credential',
	});
}

function plainHeaders(headers: object): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function secretsOf({ secrets, basicAuth }: HttpClientOptions): string[] {
	if (!basicAuth) return [...secrets];
	const { username, password } = basicAuth;
	return [...secrets, password, Buffer.from(`${username}:${password}`).toString('base64')];
}
