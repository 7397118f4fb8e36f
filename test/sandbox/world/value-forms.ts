import anyAscii from 'any-ascii';
import type { SeedPerson } from './types';
import { NICKNAMES } from './words/nicknames';

/**
 * Bare forms of values for counting the hard cases of a world. Written apart from lib/normalize on purpose:
 * a world that is measured with what it is to test would hide that one's mistakes.
 */
export function withoutSuffix(name: string): string {
	return name.replace(/ (jr|sr)\.$/i, '');
}

/** Small Latin letters only, German umlauts as one letter. */
export function foldedName(name: string): string {
	return anyAscii(name.toLowerCase()).toLowerCase().replace(/(?<=[aou])e/g, '').replace(/[^a-z]/g, '');
}

/** The family name, also of `Last, First`; empty where there is none. */
export function family({ lastName }: SeedPerson): string {
	return withoutSuffix((lastName ?? '').split(', ')[0] ?? '');
}

export function bareName(record: SeedPerson): string {
	return `${foldedName(record.firstName ?? '')} ${foldedName(family(record))}`;
}

/** Without case, plus-tag and, at Gmail, dots. */
export function bareMail(mail: string): string {
	const [local = '', domain = ''] = mail.toLowerCase().split('@');
	const untagged = local.replace(/\+.*$/, '');
	return `${domain === 'gmail.com' ? untagged.replace(/\./g, '') : untagged}@${domain}`;
}

/** The last eight digits, which are the same however a number is written. */
export function phoneTail(phone: string): string {
	return (phone.split(' ext.')[0] ?? '').replace(/\D/g, '').slice(-8);
}

/** True when the second is a usual nickname of the first, whatever their case and diacritics. */
export function isGivenNickname(full: string, nick: string): boolean {
	return NICKNAME_PAIRS.has(`${foldedName(full)} ${foldedName(nick)}`);
}

const NICKNAME_PAIRS = new Set(Object.entries(NICKNAMES).flatMap(([full, nicks]) => nicks.map((nick) => `${foldedName(full)} ${foldedName(nick)}`)));
