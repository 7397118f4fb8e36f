import type { VendorReply, VendorRequest } from '../vendor-server';
import { refusal } from './errors';

export interface Keys {
	/** May do everything. */
	secret: string;
	/** Restricted keys with what they may do, e.g. `rak_customer_read`. Writing includes reading. */
	restricted: Readonly<Record<string, readonly string[]>>;
	expired: readonly string[];
}

const RESOURCES: readonly [RegExp, string][] = [
	[/^\/v1\/customers/, 'customer'],
	[/^\/v1\/subscription/, 'subscription'],
	[/^\/v1\/invoices/, 'invoice'],
	[/^\/v1\/events/, 'event'],
];

/** 401 without a valid key, 403 where a restricted key lacks a permission; in the vendor's own words. https://docs.stripe.com/keys */
export function checkKey(keys: Keys, request: VendorRequest): VendorReply | undefined {
	const key = givenKey(request.headers.authorization);
	if (!key) {
		return refusal(401, { message: 'You did not provide an API key. Provide it in the Authorization header, using Bearer auth.' });
	}
	if (keys.expired.includes(key)) return refusal(401, { code: 'api_key_expired', message: `Expired API Key provided: ${masked(key)}` });
	if (key === keys.secret) return undefined;
	const permissions = keys.restricted[key];
	if (!permissions) return refusal(401, { message: `Invalid API Key provided: ${masked(key)}` });
	const resource = RESOURCES.find(([path]) => path.test(request.path))?.[1];
	const write = `rak_${resource}_write`;
	const needed = request.method === 'GET' ? `rak_${resource}_read` : write;
	if (!resource || permissions.includes(needed) || permissions.includes(write)) return undefined;
	return refusal(403, {
		message:
			`The provided key '${masked(key)}' does not have the required permissions for this endpoint on account 'acct_1SandboxAccount1'. ` +
			`Having the '${needed}' permission would allow this request to continue.`,
	});
}

function givenKey(header: string | undefined): string | undefined {
	const [scheme = '', value = ''] = (header ?? '').split(' ');
	if (/^bearer$/i.test(scheme)) return value;
	return /^basic$/i.test(scheme) ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : undefined;
}

function masked(key: string): string {
	return `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;
}

/** Reads and writes of the last second, each with a limit of its own. No Retry-After: the vendor sends none. https://docs.stripe.com/rate-limits */
export class RateWindow {
	private readonly times: Record<'read' | 'write', number[]> = { read: [], write: [] };

	constructor(private readonly perSecond: number) {}

	check(request: VendorRequest): VendorReply | undefined {
		const kind = request.method === 'GET' ? 'read' : 'write';
		const now = performance.now();
		const recent = this.times[kind].filter((time) => time > now - 1000);
		this.times[kind] = recent;
		if (recent.length >= this.perSecond) {
			const reply = refusal(429, {
				code: 'rate_limit',
				message: 'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.',
			});
			return { ...reply, headers: { 'stripe-rate-limited-reason': 'global-rate' } };
		}
		recent.push(now);
		return undefined;
	}
}
