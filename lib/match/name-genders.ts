/**
 * Endings that make a man's given name a woman's: `man woman`, a dash for none. Endings that also tell two spellings of one name apart
 * (Isabel and Isabelle, Carolin and Caroline, Anne and Anna) are longer than they had to be, or left out.
 */
const ENDINGS = `
	- a, o a, i a, us a, es a, eas ea, dre drea, er ra, dre dra, ele ela, eppe eppa, one ona, - na, - la, - ie, - ina, o ina, eppe eppina,
	ph phine, f fine, ld ldine, rd rdine, st stine, ul uline, tian tine, tian tina, tiano tina, ian iane, ian ianne, artin artine, ustin ustine, entin entine,
	mon mone, is ise, cis ces, ois oise, al ale, iel iele, iel ielle, ichel ichelle, nuel nuelle, nuel nuele, rcel rcelle, oel oelle, e ee, ain aine,
	ean eanne, ien ienne, von vonne, c que, - ette, es ette, as ette, ck cia, k cja, ce cia,
	opher ine, opher ina, oph ine, oph ina, ophe ine, ophe ina, icholas icole, icolas icole, icholas icola, ikolaus ikola, ikolas ikole
`.split(',').map((pair) => pair.trim().split(' ').map((ending) => (ending === '-' ? '' : ending)) as [man: string, woman: string]);

/**
 * Whether two given names are the man's and the woman's form of one name: Daniel and Danielle, Peter and Petra, Christian and Christine.
 * Couples and siblings have such names, and hardly anybody mistypes one for the other.
 * @param x a name in comparison form
 */
export function areManAndWoman(x: string, y: string): boolean {
	return ENDINGS.some(([man, woman]) => changes(x, y, man, woman) || changes(y, x, man, woman));
}

/** With less before the ending, a letter more or less is a slip: Mi is Mia. */
const SHORTEST = 3;

function changes(x: string, y: string, man: string, woman: string): boolean {
	// Tuanaa is Tuana with a key that stuck.
	if (man === '' && woman.length === 1 && x.endsWith(woman)) return false;
	return x.length > man.length && x.length >= SHORTEST && x.endsWith(man) && y.length === x.length - man.length + woman.length && y === x.slice(0, x.length - man.length) + woman;
}
