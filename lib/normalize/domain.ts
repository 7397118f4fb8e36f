import { parse } from 'tldts';
import type { AttributeValue, ValueFlag } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { asciiHost } from './host-name';
import { isDisposableDomain, isFreeMailDomain } from './mail-domains';
import { isReservedDomain } from './placeholder-mailbox';
import { readText } from './text';

/** A URL longer than this is not read for its host. */
const MAX_URL = 2_083;
/** Sites where companies have a page: a path there names the company, the domain does not. */
const SHARED_SITES = new Set([
	'facebook.com', 'linkedin.com', 'twitter.com', 'x.com', 'instagram.com', 'youtube.com', 'tiktok.com', 'xing.com', 'linktr.ee', 'wikipedia.org',
	'google.com', 'yelp.com',
	'medium.com', 'github.com', 'etsy.com', 'amazon.com', 'ebay.com',
]);

/** The host of a URL, an email address or a bare host, and whether a path follows. */
function hostOf(text: string): { host: string; path: boolean } | undefined {
	const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^\/\//, '').replace(/^mailto:/i, '');
	const authority = rest.split(/[/?#\s]/, 1)[0] ?? '';
	const host = (authority.split('@').at(-1) ?? '').replace(/:\d{1,5}$/, '').replace(/[.,;>]+$/, '');
	const path = rest.slice(authority.length).replace(/^[/?#\s]+/, '') !== '';
	return host === '' ? undefined : { host, path };
}

/** Registrable domain of an ASCII host by the public suffix list, hosting services' customers counted as themselves. */
function registrableDomain(host: string): string | undefined {
	const parsed = parse(host, { allowPrivateDomains: true });
	return parsed.isIp ? undefined : (parsed.domain ?? undefined);
}

/**
 * A company's internet domain, from a host, a URL or an email address. `value` is the registrable domain in lower case and punycode.
 * Free and disposable mail domains, shared sites and reserved names are invalid: they name no company. Undefined when the value is missing.
 */
export function normalizeDomain(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const found = text.length > MAX_URL ? undefined : hostOf(text);
	const ascii = found && asciiHost(found.host);
	const domain = ascii && registrableDomain(ascii);
	if (!domain) return invalidValue(raw, 'is no internet domain that a company can register', { value: text });
	const refuse = (reason: string, flag: ValueFlag) => invalidValue(raw, reason, { value: domain, flags: [flag] });
	if (isReservedDomain(domain)) return refuse('is a placeholder, the domain is reserved for examples', 'placeholder');
	if (isDisposableDomain(domain)) return refuse('belongs to a service for throw-away mail', 'disposable_domain');
	if (isFreeMailDomain(domain)) return refuse('belongs to a mail provider, not to a company', 'free_mail_domain');
	if (found.path && SHARED_SITES.has(domain)) return invalidValue(raw, 'is a page on a site that many companies share', { value: text });
	return validValue(raw, domain);
}
