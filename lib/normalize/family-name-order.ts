import { transliterate } from './fold';

/** Frequent Spanish and Portuguese family names: where one stands before the last word, both are the family name. */
const IBERIAN = new Set(`
	garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz moreno munoz alvarez romero gutierrez
	navarro torres dominguez vazquez ramos ramirez serrano blanco molina morales suarez ortega delgado castro ortiz rubio sanz nunez iglesias
	medina garrido cortes castillo santos lozano guerrero cano prieto mendez cruz calvo gallego vidal herrera marquez pena flores cabrera campos
	vega fuentes diez carrasco caballero reyes nieto aguilar santana herrero montero hidalgo gimenez ibanez ferrer duran benitez mora arias
	vargas carmona crespo soto saez velasco moya soler parra bravo gallardo rojas salazar rivera chavez guzman silva oliveira sousa souza
	pereira ferreira costa almeida carvalho ribeiro lima barbosa rocha dias nascimento teixeira moreira cardoso correia mendes nunes
`.trim().split(/\s+/));
/** Endings of patronymics (Ivanovich, Ivanovna) in Latin letters: such a name stands after the given name. */
const PATRONYMIC = /(?:ovich|evich|ovych|yovych|ovna|evna|ivna|yivna|ichna)$/;

function key(word: string): string {
	return transliterate(word).replace(/[^a-z]/g, '');
}

export function isPatronymic(word: string): boolean {
	return word.length > 5 && PATRONYMIC.test(key(word));
}

export function isIberianFamilyName(word: string): boolean {
	return IBERIAN.has(key(word));
}

/** `DUPONT Jean`: the family name stands first and is the only one in capitals. Three letters at least, so that `JP Morgan` is none. */
export function capitalFamilyWords(words: readonly string[]): number {
	let count = 0;
	while (count < words.length && /^\p{Lu}[\p{Lu}\p{M}'\u2019-]{2,}$/u.test(words[count] ?? '')) count++;
	const rest = words.slice(count);
	return count > 0 && rest.length > 0 && rest.every((word) => /\p{Ll}/u.test(word)) ? count : 0;
}
