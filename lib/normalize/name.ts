import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { fold } from './fold';
import { isHonorific, stripAffixes } from './name-affixes';
import { properCase } from './name-case';
import { givenNameKey, nameKey } from './name-key';
import { isPlain } from './plain';
import { coupleName, readCouple } from './several-people';
import { oneLine, readText } from './text';

/** Longer than any name that people bear; what is longer is a note in the wrong field. */
const MAX_NAME = 200;
const EMOJI = /[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\uFE0E\uFE0F\u20E3]/gu;
/** Joiners mean something only between letters. */
const STRAY_JOINERS = /(?<![\p{L}\p{M}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{L}\p{M}])/gu;
const PLACEHOLDERS = new Set([
	'test', 'tester', 'testing', 'test test', 'test user', 'test customer', 'asdf', 'asdf asdf', 'qwerty', 'unknown', 'unknown unknown', 'none',
	'no name',
	'noname', 'not provided', 'not available', 'not set', 'customer', 'user', 'guest', 'contact', 'anonymous', 'first name', 'last name', 'firstname',
	'lastname',
	'given name', 'family name', 'surname', 'name', 'full name', 'fname', 'lname', 'na', 'tbd', 'tbc', 'xxx', 'dummy', 'unbekannt', 'inconnu',
	'desconocido',
	'sconosciuto', 'onbekend', 'kunde', 'client', 'cliente', 'null null', 'undefined undefined', 'deleted', 'deleted user', 'do not use',
]);
/** Words that stand for nobody as a full name but may be part of one: the family names Na and Guest are real. */
const NAMES_AFTER_ALL = new Set(['na', 'guest', 'name', 'client', 'none', 'contact', 'kunde', 'tester']);

export type NamePart = 'given_name' | 'family_name';
export interface NameParts {
	given_name?: AttributeValue;
	middle_name?: AttributeValue;
	family_name?: AttributeValue;
	name_suffix?: AttributeValue;
}

/** The name in one line, without emoji and stray marks around it. */
export function cleanName(text: string): string {
	const line = oneLine(isPlain(text) ? text : text.replace(EMOJI, ' ').replace(STRAY_JOINERS, ''));
	const bare = line.replace(/^[\s,;:*_"\u201C\u201D\u201E]+/u, '').replace(/[\s,;:*_"\u201C\u201D\u201E]+$/u, '');
	return bare.replace(/^(dr|prof|mrs?|ms)\.(?=\p{L})/iu, '$1. ').normalize('NFC');
}

/** Why this text is no name, in a phrase; undefined when it may be one. */
export function whyNoName(name: string, family: boolean): { reason: string; placeholder: boolean } | undefined {
	if (name.length > MAX_NAME) return { reason: 'is longer than a name can be', placeholder: false };
	if (name.includes('@')) return { reason: 'is an email address, not a name', placeholder: false };
	if (/:\/\/|^www\./i.test(name)) return { reason: 'is an internet address, not a name', placeholder: false };
	if (!/\p{L}/u.test(name)) return { reason: 'has no letter', placeholder: /^[\p{P}\p{S}\s]*$/u.test(name) };
	const key = fold(name);
	const real = family && NAMES_AFTER_ALL.has(key);
	if ((PLACEHOLDERS.has(key) && !real) || /^(.)\1{2,}$/.test(key)) return { reason: 'is a placeholder, not a name', placeholder: true };
	if (!name.includes(' ') && isHonorific(name) && key.length < 6 && !family) return { reason: 'is a title, not a name', placeholder: false };
	return undefined;
}

/** The value of one part, from words that are clean already. `raw` is what the system gave. */
export function namePart(raw: unknown, name: string, part: NamePart | 'middle_name'): AttributeValue {
	const family = part === 'family_name';
	const value = properCase(name, family);
	return validValue(raw, value, { key: family ? nameKey(value) : givenNameKey(value) });
}

/** The given names of two people who are one record. */
export function couplePart(raw: unknown, left: string, and: string, right: string): AttributeValue {
	const value = coupleName(left, and, right);
	return validValue(raw, value, { key: givenNameKey(value) });
}

/** The value of a generational suffix: `jr`, `sr`, `ii`, `iii`, `iv`. */
export function suffixPart(raw: unknown, suffix: string | undefined): Pick<NameParts, 'name_suffix'> {
	return suffix === undefined ? {} : { name_suffix: validValue(raw, suffix) };
}

/**
 * A field that holds a given or a family name. Titles and degrees are taken away; a generational suffix is given back as `name_suffix`.
 * Placeholders (`test`, `unknown`) are invalid. Empty when the value is missing.
 */
export function normalizeName(raw: unknown, part: NamePart): NameParts {
	const text = readText(raw);
	if (text === undefined) return {};
	if (typeof text !== 'string') return { [part]: text };
	const name = cleanName(text.slice(0, MAX_NAME + 1));
	const wrong = whyNoName(text.length > MAX_NAME ? text : name, part === 'family_name');
	if (wrong) return { [part]: invalidValue(raw, wrong.reason, { value: text, flags: wrong.placeholder ? ['placeholder'] : [] }) };
	const couple = part === 'given_name' ? readCouple(name) : undefined;
	if (couple) return { given_name: couplePart(raw, couple.left.join(' '), couple.and, couple.right.join(' ')) };
	const { words, suffix } = stripAffixes(name.split(' '));
	return { [part]: namePart(raw, words.join(' '), part), ...suffixPart(raw, suffix) };
}
