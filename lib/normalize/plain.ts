const PLAIN = /^[\x20-\x7E]*$/;

/** Whether a text has nothing but letters without marks, digits, signs and spaces, as most have: what is done about all other characters changes nothing in it. */
export function isPlain(text: string): boolean {
	return PLAIN.test(text);
}
