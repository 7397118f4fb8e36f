/** Patterns of what must never stand in a message: mailboxes, phone-like numbers, tokens of the usual forms. */
const PATTERNS: readonly [RegExp, string][] = [
	[/[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}.-]+/giu, '[email]'],
	[/\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi, '[credentials]'],
	[/\b(?:sk|rk|pk|whsec|pat)[_-][\w-]{8,}/gi, '[secret]'],
	[/(?<![\w-])\+?\(?\d[\d ().-]{7,}\d(?![\w-])/g, '[number]'],
];

/** Takes personal data and secrets out of a text that a vendor wrote. `secrets` are the values of the credentials in use. */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length >= 4) clean = clean.replaceAll(secret, '[secret]');
	}
	for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
	return clean.length > 400 ? `${clean.slice(0, 400)} ...` : clean;
}
