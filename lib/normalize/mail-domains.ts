import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import providers from 'email-providers/all.json';
import freeDomains from 'free-email-domains/domains.json';
import { getDomain } from 'tldts';
import { asciiHost, readableHost } from './host-name';
import { remember } from './remember';

let free: Set<string> | undefined;
let disposable: Set<string> | undefined;

/** Whether anyone can have a mailbox there, so that the domain says nothing of an employer. `domain` in ASCII, lower case. */
export function isFreeMailDomain(domain: string): boolean {
	free ??= new Set([...freeDomains, ...providers]);
	return free.has(domain);
}

/** The large ones with the endings that they have; `.co`, `.cm` and `.om` are slips of `.com`. The lists of free domains have misspelled ones, too. */
const PROVIDERS = [
	/^(?:gmail|googlemail|ymail|rocketmail|icloud|me|mac|aol|aim|comcast|btinternet|qq|163|126)\.com$/, /^(?:web|freenet|t-online)\.de$/, /^(?:orange|free|sfr|laposte)\.fr$/,
	/^(?:yahoo|hotmail|outlook|live|msn|gmx|mail|email|proton|protonmail|yandex)\.(?:com|net|(?:com?\.)?(?!co$|cm$|om$)[a-z]{2})$/,
];

/** Whether it is a large mail provider's, so that one letter of the domain is no slip: `ymail.com` is not `gmail.com`. */
export function isMailProvider(domain: string): boolean {
	return PROVIDERS.some((one) => one.test(domain));
}

/** Whether it is a throw-away mailbox; subdomains count with their domain. `domain` in ASCII, lower case. */
export function isDisposableDomain(domain: string): boolean {
	disposable ??= disposableEmailBlocklistSet();
	if (disposable.has(domain)) return true;
	const registrable = getDomain(domain, { allowPrivateDomains: false });
	return registrable !== null && registrable !== domain && disposable.has(registrable);
}

/** What stands behind the @ of a mailbox. */
export interface MailDomain {
	/** As people read it, lower case. */
	readable: string;
	/** Punycode; undefined where it is no host name with an ending. */
	ascii: string | undefined;
	isFree: boolean;
	isDisposable: boolean;
}

/** Most mailboxes are at a few domains. */
export const mailDomain = remember((text): MailDomain => {
	const readable = readableHost(text);
	const ascii = asciiHost(readable);
	return { readable, ascii, isFree: ascii !== undefined && isFreeMailDomain(ascii), isDisposable: ascii !== undefined && isDisposableDomain(ascii) };
});
