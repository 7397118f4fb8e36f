import type { AttributeValue, ValueFlag } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { type MailDomain, mailDomain } from './mail-domains';
import { isPlaceholderMailbox } from './placeholder-mailbox';
import { isRoleMailbox } from './role-mailbox';
import { readText } from './text';

/** RFC 5321 4.5.3.1: 64 octets before the @, 254 in all. */
const MAX_LOCAL = 64;
const MAX_MAILBOX = 254;
/** With a display name and angle brackets around it. */
const MAX_FIELD = 1_000;
/** RFC 5322 atext, letters of all scripts (RFC 6531), and the dot. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

interface Mailbox {
	local: string;
	domain: MailDomain;
	/** The domain in punycode. */
	ascii: string;
}

/** The mailbox inside `Jane <jane@x.com>`, `mailto:jane@x.com?subject=Hi`, `jane@x.com (Jane)`. */
function bareMailbox(text: string): string {
	const open = text.lastIndexOf('<');
	const close = text.indexOf('>', open);
	let mailbox = open >= 0 && close > open ? text.slice(open + 1, close) : text;
	mailbox = mailbox.trim();
	if (mailbox.slice(0, 7).toLowerCase() === 'mailto:') mailbox = mailbox.slice(7).split('?')[0] ?? '';
	const comment = mailbox.indexOf(' (');
	if (comment > 0) mailbox = mailbox.slice(0, comment);
	while (/[.,;:>\s]$/.test(mailbox)) mailbox = mailbox.slice(0, -1);
	while (/^[<\s]/.test(mailbox)) mailbox = mailbox.slice(1);
	return mailbox;
}

/** Reads the mailbox, or says in a phrase why it is none. */
function parseMailbox(text: string): Mailbox | string {
	const at = text.lastIndexOf('@');
	if (at < 0) return 'has no @';
	if (text.indexOf('@') !== at) return 'has more than one @';
	const local = text.slice(0, at);
	if (local === '') return 'has nothing before the @';
	if (local.length > MAX_LOCAL || text.length > MAX_MAILBOX) return 'is longer than an email address can be';
	if (!LOCAL.test(local)) return 'has a character that an email address cannot have';
	if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return 'has a dot where none can be';
	const domain = mailDomain(text.slice(at + 1));
	if (domain.ascii === undefined) return domain.readable.includes('.') ? 'has a domain that cannot exist' : 'has no domain with an ending such as .com';
	return { local, domain, ascii: domain.ascii };
}

/**
 * Local part for comparison: lower case, without the tag after `+`.
 * Providers that know no tags (Yahoo) allow no `+` in a mailbox either, so cutting it off joins nobody.
 */
function localKey(local: string, ascii: string): string {
	const lower = local.normalize('NFC').toLowerCase().normalize('NFC');
	const plus = lower.indexOf('+');
	const untagged = plus > 0 ? lower.slice(0, plus) : lower;
	const undotted = GMAIL.has(ascii) ? untagged.replaceAll('.', '') : untagged;
	return undotted === '' ? untagged : undotted;
}

/**
 * One email address. `value` is the mailbox as given with its domain in lower case; `key` is for matching only (lower case, no tag,
 * no dots at Gmail, punycode domain). A placeholder is invalid. Undefined when the value is missing.
 */
export function normalizeEmail(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	if (text.length > MAX_FIELD) return invalidValue(raw, 'is longer than an email address can be', { value: text });
	const bare = bareMailbox(text);
	const mailbox = parseMailbox(bare);
	if (typeof mailbox === 'string') {
		const [local = '', domain = ''] = bare.toLowerCase().split('@');
		const made = bare.length <= MAX_MAILBOX && isPlaceholderMailbox(local, domain);
		return invalidValue(raw, mailbox, { value: text, flags: made ? ['placeholder'] : [] });
	}
	const { ascii } = mailbox;
	const { readable, isFree, isDisposable } = mailbox.domain;
	const value = `${mailbox.local}@${readable}`;
	const local = localKey(mailbox.local, ascii);
	const flags: ValueFlag[] = [];
	if (isRoleMailbox(local)) flags.push('role_mailbox');
	if (isDisposable) flags.push('disposable_domain');
	if (isFree) flags.push('free_mail_domain');
	if (isPlaceholderMailbox(local, ascii)) {
		flags.push('placeholder');
		return invalidValue(raw, 'is a placeholder, nobody reads this mailbox', { value, flags });
	}
	const key = `${local}@${ascii === 'googlemail.com' ? 'gmail.com' : ascii}`;
	return validValue(raw, value, { key, flags });
}
