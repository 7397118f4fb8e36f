/** Longest text that is worth reading, and longest that is looked through: searching takes longer than linear time. Characters. */
const LONGEST = 400;
const LONGEST_LOOKED_THROUGH = 4_000;

/** Patterns of what must never stand in a message: mailboxes, tokens of the usual forms. */
const PATTERNS: readonly [RegExp, string][] = [
	[/(?:"[^"\n]{1,64}"|[^\s"<>()[\]:;,\\@]{1,128})(?:[@\uFF20]|%40)\[?[^\s"'<>()[\]:;,\\@]+/giu, '[email]'],
	[/\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi, '[credentials]'],
	[/\b(?:sk|rk|pk|whsec|pat)[_-][\w-]{8,}/gi, '[secret]'],
];

/** Digits with what people write between them. Not behind a letter or a dash, which makes it part of an ID, and not a date. */
const NUMBER = /(?<![\w-])(?!\d{4}-\d\d-\d\d(?!\d))[+(]{0,2}\p{Nd}[\p{Nd}\s()./\-\u2010-\u2015]{5,}\p{Nd}/gu;
/** Fewer digits make no phone number that leads anywhere. */
const FEWEST_DIGITS = 7;

/** Takes personal data and secrets out of a text that a vendor wrote. `secrets` are the values of the credentials in use. */
export function redact(text: string, secrets: readonly string[] = []): string {
	// The last word of a text that is cut off may be half a secret.
	let clean = text.length > LONGEST_LOOKED_THROUGH ? text.slice(0, LONGEST_LOOKED_THROUGH).replace(/\S*$/, '') : text;
	for (const secret of secrets.flatMap(formsOf)) clean = clean.replaceAll(secret, '[secret]');
	for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
	clean = clean.replace(NUMBER, (found) => ((found.match(/\p{Nd}/gu)?.length ?? 0) < FEWEST_DIGITS ? found : '[number]'));
	return clean.length > LONGEST ? `${clean.slice(0, LONGEST)} ...` : clean;
}

/** A secret as it is, as part of an address, and as JSON. Very short ones would take ordinary words apart. */
function formsOf(secret: string): string[] {
	const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
	return secret.length < 4 ? [] : [...new Set(forms)].sort((x, y) => y.length - x.length);
}
