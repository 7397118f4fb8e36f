/** Words inside a family name that are written small: `van der Berg`, `de la Cruz`. */
export const NAME_PARTICLES: ReadonlySet<string> = new Set([
	'van', 'von', 'vom', 'zu', 'zum', 'zur', 'der', 'den', 'de', 'del', 'della', 'degli', 'dei', 'di', 'da', 'das', 'do', 'dos', 'du', 'des', 'las',
	'los',
	'ter', 'ten', "'t", 'af', 'av', 'bin', 'ibn', 'bint', 'al', 'el', 'y', 'e',
]);
/** After these an apostrophe begins a new capital: `O'Neill`, `D'Angelo`, `Dell'Acqua`. */
const ELISIONS = new Set(['o', 'd', 'l', 'm', 'n', 'dell', 'dall', 'sant']);

/** First letter large; a letter whose capital is two letters (the sharp s) stays. */
function capital(word: string): string {
	const [first = '', ...rest] = [...word];
	const upper = first.toUpperCase();
	// A letter in a circle is a sign, and in capitals one that is shown as a picture.
	return (/^\p{L}$/u.test(upper) ? upper : first) + rest.join('');
}

function capitalWord(lower: string): string {
	const parts = lower.split(/([-.'\u2019])/);
	let result = '';
	for (const [index, part] of parts.entries()) {
		const before = parts[index - 1];
		const afterApostrophe = before === "'" || before === '\u2019';
		const small = afterApostrophe && !ELISIONS.has(parts[index - 2] ?? '');
		result += small ? part : capital(part);
	}
	return result.replace(/^Mc(\p{Ll})(?=\p{L}{2})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}

/** Lower case in which the Turkish capital I with dot is one letter again. */
function lowerCase(text: string): string {
	return text.toLowerCase().replaceAll('i\u0307', 'i').normalize('NFC');
}

/**
 * Proper capitals for a name that is written all large or all small; every other name stays as people wrote it, and so does one in a script
 * without case. `family` writes a particle at the beginning small as well.
 */
export function properCase(name: string, family = false): string {
	const large = /\p{Lu}/u.test(name);
	const small = /\p{Ll}/u.test(name);
	if (large === small) return name;
	const words = name.split(' ');
	const proper = words.map((word, index) => {
		// Initials as a given name: JP, TJ.
		if (large && !family && /^[B-DF-HJ-NP-TV-XZ]{2,3}$/.test(word)) return word;
		const lower = lowerCase(word);
		const inside = index < words.length - 1 && (index > 0 || family);
		const previous = words[index - 1]?.toLowerCase();
		if (inside && (NAME_PARTICLES.has(lower) || (lower === 'la' && previous === 'de'))) return lower;
		return capitalWord(lower);
	});
	return proper.join(' ');
}
