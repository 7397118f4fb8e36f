import anyAscii from 'any-ascii';
import { RATES } from './rates';
import type { Random } from './random';
import type { RealPerson, SystemName } from './person';
import { NICKNAMES } from './words/nicknames';

export interface WrittenName {
	firstName: string | null;
	lastName: string | null;
}

/**
 * The name of a person as one record has it. `Last, First` and a company's name stand in `lastName`
 * with `firstName` null: such systems have one name field.
 * @param complete the name is neither misspelt nor partly missing, and in Latin letters
 */
export function writtenName(person: RealPerson, system: SystemName, complete: boolean, random: Random): WrittenName {
	const oneField = system === 'stripe' || system === 'zendesk';
	if (!complete && system === 'stripe' && person.company !== null && random.chance(RATES.companyAsName)) {
		return { firstName: null, lastName: person.company.name };
	}
	if (!complete && person.native !== null && random.chance(RATES.writtenInOtherScript)) {
		return { firstName: person.native.given, lastName: person.native.family };
	}
	let given = person.given;
	let family = person.family;
	const nicknames = NICKNAMES[given];
	if (nicknames !== undefined && random.chance(RATES.nickname)) given = random.pick(nicknames);
	if (anyAscii(given + family) !== given + family && random.chance(RATES.diacriticsLost)) {
		[given, family] = [withoutDiacritics(given, random), withoutDiacritics(family, random)];
	}
	if (!complete && random.chance(RATES.typo)) family = misspelt(family, random);
	if (person.suffix !== null && suffixIsWritten(person, random)) family = `${family} ${person.suffix}`;
	if (random.chance(RATES.capitals)) [given, family] = [given.toUpperCase(), family.toUpperCase()];
	else if (random.chance(RATES.lowerCase)) [given, family] = [given.toLowerCase(), family.toLowerCase()];
	if (oneField && random.chance(RATES.lastFirst)) return { firstName: null, lastName: `${family}, ${given}` };
	if (!complete && random.chance(RATES.familyNameMissing)) return { firstName: given, lastName: null };
	if (!complete && !oneField && random.chance(RATES.givenNameMissing)) return { firstName: null, lastName: family };
	return { firstName: given, lastName: family };
}

/** Where father and son share name and telephone the family always writes it; else mostly for the son. */
function suffixIsWritten(person: RealPerson, random: Random): boolean {
	if (person.special.sharedPhone !== undefined) return true;
	return random.chance(person.suffix === 'Jr.' ? 0.9 : 0.5);
}

/** `Müller` becomes `Muller` or, as Germans do, `Mueller`. */
function withoutDiacritics(name: string, random: Random): string {
	const german = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' } as Record<string, string>;
	return anyAscii(random.chance(0.5) ? name.replace(/[äöüÄÖÜ]/g, (letter) => german[letter] ?? letter) : name);
}

/** One slip of the finger behind the first letter: two letters swapped, one left out, doubled or replaced. */
export function misspelt(name: string, random: Random): string {
	const letters = [...name];
	if (letters.length < 4) return `${name}${letters.at(-1) ?? ''}`;
	const at = random.integer(1, letters.length - 2);
	const [here = '', next = ''] = [letters[at], letters[at + 1]];
	const slips = [
		[next, here],
		[next],
		[here, here, next],
		[random.text('aeiourstn', 1), next],
	];
	const slip = random.pick(slips);
	const result = [...letters.slice(0, at), ...slip, ...letters.slice(at + 2)].join('');
	return result.toLowerCase() === name.toLowerCase() ? `${name}${letters.at(-1) ?? ''}` : result;
}
