import { transliterate } from './fold';

/** Forms of address and titles before a name. Words that are also given names (Don, Pan, Master) are left out. */
const HONORIFICS = new Set([
	'mr', 'mister', 'mrs', 'ms', 'miss', 'mx', 'sir', 'dame', 'lord', 'lady', 'dr', 'doctor', 'prof', 'professor', 'rev', 'reverend', 'hon',
	'honorable',
	'herr', 'frau', 'fraulein', 'hr', 'fr', 'dipling', 'diplkfm', 'mme', 'madame', 'mlle', 'mademoiselle', 'monsieur', 'sr', 'sra', 'srta', 'senor',
	'senora',
	'senorita', 'dna', 'sig', 'sigra', 'signor', 'signora', 'signore', 'dott', 'dottssa', 'dhr', 'mevr', 'mw', 'drs', 'pani', 'shri', 'smt',
]);
const GENERATIONS = new Map([
	['jr', 'jr'], ['jnr', 'jr'], ['junior', 'jr'], ['jun', 'jr'], ['sr', 'sr'], ['snr', 'sr'], ['senior', 'sr'], ['sen', 'sr'], ['ii', 'ii'], ['iii', 'iii'], ['iv', 'iv'],
	['2nd', 'ii'], ['3rd', 'iii'],
]);
const DEGREES = new Set([
	'phd', 'dphil', 'md', 'dds', 'dmd', 'dvm', 'esq', 'esquire', 'cpa', 'mba', 'msc', 'bsc', 'llm', 'llb', 'jd', 'rn', 'obe', 'mbe', 'cbe', 'ret',
	'mphil', 'edd',
]);

/** Letters and digits only, in ASCII: `Ph.D.,` is `phd`. */
function plain(word: string): string {
	return transliterate(word).replace(/[^a-z0-9]/g, '');
}

export function isHonorific(word: string): boolean {
	return HONORIFICS.has(plain(word));
}

/** Nobody writes a suffix in another script than these, but many a name in one is spelled like one in ASCII. */
const IN_ANOTHER_SCRIPT = /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Whether the word follows a name: a generation (Jr, III) or a degree (PhD). */
export function isSuffix(word: string): boolean {
	const key = plain(word);
	return (GENERATIONS.has(key) || DEGREES.has(key)) && !IN_ANOTHER_SCRIPT.test(word);
}

/** Reads a generational suffix: `jr`, `sr`, `ii`, `iii`, `iv`; undefined for anything else. */
export function generation(word: string): string | undefined {
	return IN_ANOTHER_SCRIPT.test(word) ? undefined : GENERATIONS.get(plain(word));
}

/** The words of a name without titles before and suffixes behind, and whether there was a title; at least one word with a letter is left. */
export function stripAffixes(words: readonly string[]): { words: string[]; suffix?: string; titled: boolean } {
	let first = 0;
	let end = words.length;
	let suffix: string | undefined;
	const isName = (from: number, to: number) => words.slice(from, to).some((word) => /\p{L}/u.test(word));
	while (isHonorific(words[first] ?? '') && isName(first + 1, end)) first++;
	while (isSuffix(words[end - 1] ?? '') && isName(first, end - 1)) {
		suffix = generation(words[end - 1] ?? '') ?? suffix;
		end--;
	}
	const rest = words.slice(first, end);
	if (end < words.length) rest.push((rest.pop() ?? '').replace(/,+$/, ''));
	return { words: rest, suffix, titled: first > 0 };
}
