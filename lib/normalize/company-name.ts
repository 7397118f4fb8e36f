import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { fold, transliterate } from './fold';
import { LEADING_FORMS, LEGAL_FORMS, LEGAL_PHRASES, NATIVE_FORMS } from './legal-forms';
import { remember } from './remember';
import { oneLine, readText } from './text';

/** Longer than any registered name; what is longer is a note in the wrong field. */
const MAX_COMPANY = 500;
/** Words between the parts of a name that some write as a sign and some leave out. */
const CONNECTORS = new Set(['and', 'und', 'et']);
const PLACEHOLDERS = new Set([
	'test', 'testing', 'test company', 'company', 'company name', 'my company', 'none', 'no company', 'unknown', 'not provided', 'not applicable',
	'na', 'tbd', 'asdf', 'qwerty',
	'self', 'self employed', 'selfemployed', 'freelance', 'freelancer', 'private', 'privat', 'private person', 'individual', 'personal', 'home',
	'retired', 'student',
	'unemployed', 'unbekannt', 'keine', 'firma', 'sans', 'aucune', 'ninguna', 'nessuna', 'selbststandig', 'independant', 'autonomo', 'example',
	'example company', 'xxx',
]);

/** Takes legal forms off the end, also those of single letters (`L. P.`), the longest first (`S. A. S.` is not `A. S.`), as long as something is left. */
function dropForms(words: readonly string[]): string[] {
	let rest = words;
	for (let dropped = true; dropped; ) {
		dropped = false;
		for (const count of [4, 3, 2, 1]) {
			const tail = rest.slice(-count);
			const form = count === 1 || tail.every((word) => word.length === 1) ? tail.join('') : '';
			if (rest.length <= count || !LEGAL_FORMS.has(form)) continue;
			rest = rest.slice(0, -count);
			dropped = true;
			break;
		}
	}
	return [...rest];
}

/** Joins letters that stand alone: `s a` is `sa`, `i b m` is `ibm`. */
function joinInitials(words: readonly string[]): string[] {
	const joined: string[] = [];
	let run = '';
	for (const word of [...words, '']) {
		if (word.length === 1 && /[a-z]/.test(word)) {
			run += word;
			continue;
		}
		if (run !== '') joined.push(run);
		run = '';
		if (word !== '') joined.push(word);
	}
	return joined;
}

function dropPhrases(words: readonly string[]): string[] {
	let text = ` ${words.join(' ')} `;
	for (const phrase of LEGAL_PHRASES) {
		const without = text.replaceAll(` ${phrase} `, ' ');
		if (without.trim() !== '') text = without;
	}
	return text.trim().split(' ');
}

/**
 * Comparison form of a company's name: ASCII in lower case without legal form, leading article, connectors and punctuation.
 * A name that is nothing but a legal form keeps it.
 */
export const companyNameKey = remember((name) => {
	const native = name.slice(0, MAX_COMPANY * 2).normalize('NFKC').replace(NATIVE_FORMS, ' ');
	const ascii = transliterate(native.trim() === '' ? name : native).replace(/[&+]/g, ' and ');
	let words = fold(ascii).split(' ').filter((word) => !CONNECTORS.has(word));
	words = dropForms(joinInitials(dropForms(dropPhrases(words))));
	while (words.length > 1 && LEADING_FORMS.has(words[0] ?? '')) words.shift();
	return words.join(' ') || fold(name);
});

/** A company's name: trimmed, in one line, otherwise as people write it; `key` is {@link companyNameKey}. Undefined when the value is missing. */
export function normalizeCompanyName(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	if (text.length > MAX_COMPANY) return invalidValue(raw, 'is longer than a company name can be', { value: text });
	const name = oneLine(text);
	if (!/[\p{L}\p{N}]/u.test(name)) return invalidValue(raw, 'has no letter', { value: name });
	const key = companyNameKey(name);
	if (PLACEHOLDERS.has(fold(name)) || /^(.)\1{2,}$/.test(key)) {
		return invalidValue(raw, 'is a placeholder, not a company', { value: name, flags: ['placeholder'] });
	}
	return validValue(raw, name, { key });
}
