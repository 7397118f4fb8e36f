import { sexesOf } from '../normalize';

/**
 * Endings that make a man's given name a woman's: `man woman`, a dash for none. Endings that also tell two spellings of one name apart
 * (Isabel and Isabelle, Carolin and Caroline, Anne and Anna) are longer than they had to be, or left out.
 */
const ENDINGS = new Set(`
	- a, o a, i a, us a, es a, eas ea, dre drea, er ra, dre dra, ele ela, eppe eppa, one ona, - na, - la, - ie, - ina, o ina, eppe eppina,
	ph phine, f fine, ld ldine, rd rdine, st stine, ul uline, tian tine, tian tina, tiano tina, ian iane, ian ianne, artin artine, ustin ustine, entin entine,
	mon mone, is ise, cis ces, ois oise, al ale, iel iele, iel ielle, ichel ichelle, nuel nuelle, nuel nuele, rcel rcelle, oel oelle, e ee, ain aine,
	ean eanne, ien ienne, von vonne, c que, - ette, es ette, as ette, ck cia, k cja, ce cia,
	opher ine, opher ina, oph ine, oph ina, ophe ine, ophe ina, icholas icole, icolas icole, icholas icola, ikolaus ikola, ikolas ikole
`.split(',').map((pair) => pair.trim().replaceAll('-', '')));

/**
 * Whether two given names are the man's and the woman's form of one name: Daniel and Danielle, Peter and Petra, Christian and Christine.
 * Couples and siblings have such names, and hardly anybody mistypes one for the other. Two names that women have (Isabel and Isabella) are none, whatever their endings.
 * @param x a name in comparison form
 */
export function areManAndWoman(x: string, y: string): boolean {
	return sexesOf(x, y) !== 'one' && (changes(x, y) || changes(y, x));
}

/** With less before the ending, a letter more or less is a slip: Mi is Mia. */
const SHORTEST = 3;
/** Longer than every ending. */
const LONGEST = 10;

/** Whether one of the endings leads from the man's name to the woman's, wherever it begins in what both begin with. */
function changes(man: string, woman: string): boolean {
	if (man.length < SHORTEST) return false;
	let end = 0;
	while (end < man.length && man[end] === woman[end]) end += 1;
	for (; end > 0 && man.length - end < LONGEST; end -= 1) {
		// Tuanaa is Tuana with a key that stuck.
		const twice = end === man.length && woman.length === end + 1 && man.endsWith(woman.slice(end));
		if (!twice && ENDINGS.has(`${man.slice(end)} ${woman.slice(end)}`)) return true;
	}
	return false;
}
