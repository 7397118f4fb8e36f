/** What XML can't hold (controls, halves of a character, noncharacters), and marks that turn the direction of the text behind them. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Scripts whose characters take the room of two. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{3fffd}]/u;

/**
 * Names that every object has. The chart library keeps measured texts in a plain object, so that a customer who is called `__proto__`
 * would change all objects of the process; with a mark of no width inside, the text is no such name any more.
 */
const INHERITED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'), 'g');
const WORD_JOINER = '\u2060';

/** A label that people's data may be part of, fit for a picture: at most as wide as `most` Latin characters, without line breaks. */
export function chartText(text: string, most?: number): string {
	return fittingText(text, most).replace(INHERITED, (name) => `${name.slice(0, 1)}${WORD_JOINER}${name.slice(1)}`);
}

/** As {@link chartText}, for a page that draws nothing. */
export function fittingText(text: string, most = 200): string {
	// A character is at most two units and counts as one at least, so that the rest of a very long text need not be looked at.
	const characters = Array.from(text.slice(0, most * 2 + 2).replace(UNFIT, ' '));
	let room = most;
	const fitting = characters.findIndex((character) => (room -= WIDE.test(character) ? 2 : 1) < 0);
	return fitting < 0 ? characters.join('') : `${characters.slice(0, Math.max(0, fitting - 1)).join('')}…`;
}

/** `+9.21`, `-3.4`, `0` */
export function signedWeight(weight: number): string {
	const rounded = Math.round(weight * 100) / 100;
	return `${rounded > 0 ? '+' : ''}${rounded === 0 ? 0 : rounded}`;
}

/** The match probability that a match weight (log2 of the odds) stands for, in words: `99.92 %`, `> 99.99 %`. */
export function probabilityText(weight: number): string {
	const probability = 1 / (1 + 2 ** -weight);
	if (probability > 0.9999) return '> 99.99 %';
	if (probability < 0.0001) return '< 0.01 %';
	return `${(probability * 100).toFixed(2)} %`;
}
