import { at, type Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import { type Address, type Phone, writtenPhone } from './land';
import { daySlip, digitSlip, type Day, initial, misheard, misread, nickname, recased, spelledOut, typo, withoutMarks } from './slips';

/** Probabilities of what goes wrong when a value is written down. */
export interface Sloppiness {
	typo: number;
	misread: number;
	misheard: number;
	/** Marks on letters lost. */
	marks: number;
	recased: number;
	nickname: number;
	initial: number;
	swapped: number;
	placeholder: number;
	day: number;
	digit: number;
}

export const USUAL: Sloppiness = {
	typo: 0.04, misread: 0, misheard: 0.01, marks: 0.15, recased: 0.04, nickname: 0.12, initial: 0.04, swapped: 0.02, placeholder: 0.015, day: 0.03, digit: 0.02,
};

/** Writes values as a person at a desk does, with the slips of `rates`. */
export class Writer {
	constructor(readonly chance: Chance, readonly rates: Sloppiness = USUAL) {}

	text(value: string): string {
		const { chance, rates } = this;
		let text = value;
		if (chance.hit(rates.typo)) text = typo(text, chance);
		if (chance.hit(rates.misread)) text = misread(text, chance);
		if (chance.hit(rates.misheard)) text = misheard(text, chance);
		if (chance.hit(rates.marks)) text = chance.hit(0.5) ? withoutMarks(text) : withoutMarks(spelledOut(text));
		return text;
	}

	/** Given and family name, in their columns. `plainly` for those whose house has another of that initial. */
	name(given: string, family: string, plainly = false): [string, string] {
		const { chance, rates } = this;
		let first = chance.hit(rates.nickname) && !plainly ? nickname(given, chance) : given;
		if (chance.hit(rates.initial) && !plainly) first = initial(given);
		let names: [string, string] = [this.text(first), this.text(family)];
		if (chance.hit(rates.swapped)) names = [names[1], names[0]];
		if (chance.hit(rates.recased)) names = chance.hit(0.5) ? [names[0].toUpperCase(), names[1].toUpperCase()] : [names[0].toLowerCase(), names[1].toLowerCase()];
		return names;
	}

	/** A mailbox, its letters' case and slips included. */
	mail(mail: string): string {
		const { chance, rates } = this;
		if (chance.hit(0.04)) return recased(mail, chance);
		if (!chance.hit(rates.typo * 0.6)) return mail;
		const [local = '', domain = ''] = mail.split('@');
		return chance.hit(0.7) ? `${typo(local, chance).replace(/ /g, '')}@${domain}` : `${local}@${typo(domain, chance).replace(/ /g, '')}`;
	}

	phone(phone: Phone, style: 'e164' | 'national' | 'any' = 'any'): string {
		const { chance, rates } = this;
		const slipped = chance.hit(rates.digit) ? { ...phone, national: digitSlip(phone.national, chance, false) } : phone;
		return writtenPhone(slipped, chance, style);
	}

	/** A birth date in one form throughout a file. */
	day(day: Day, form: 'iso' | 'us' | 'dotted' | 'slashed'): string {
		const { chance, rates } = this;
		const { year, month, day: dayOfMonth } = chance.hit(rates.day) ? daySlip(day, chance) : day;
		const [mm, dd] = [String(month).padStart(2, '0'), String(dayOfMonth).padStart(2, '0')];
		if (form === 'iso') return `${year}-${mm}-${dd}`;
		if (form === 'us') return `${mm}/${dd}/${year}`;
		return form === 'dotted' ? `${dd}.${mm}.${year}` : `${dd}/${mm}/${year}`;
	}

	street({ street, number, unit, land }: Address): string {
		const { chance } = this;
		let road = chance.hit(0.3) ? shortened(street, chance) : street;
		road = this.text(road);
		const whole = land.facts.numberFirst ? `${number} ${road}` : `${road} ${number}`;
		const words = UNITS[land.facts.country];
		return unit === '' || !words || chance.hit(0.25) ? whole : `${whole}${chance.pick(words)}${unit}`;
	}

	postalCode(address: Address): string {
		return this.chance.hit(this.rates.digit) ? digitSlip(address.postalCode, this.chance, false) : address.postalCode;
	}

	/** The value, or nothing with the probability of `missing`, or seldom something that only fills the field. */
	field(missing: number, value: () => string, placeholders: readonly string[] = PLACEHOLDERS.text): string {
		if (this.chance.hit(missing)) return '';
		if (this.chance.hit(this.rates.placeholder)) return this.chance.pick(placeholders);
		return value();
	}
}

/** How a flat is written; in other countries it is not. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
	US: [', Apt ', ' #', ' Apt. ', ', Unit '], GB: [', Flat ', ' Flat ', ', Unit '], ES: [', piso ', ', ', ' Pta. '], BR: [', apto ', ' ap. ', ' - apt '],
};

const SHORT: readonly (readonly [RegExp, readonly string[]])[] = [
	[/\bStreet\b/, ['St', 'St.', 'Str']], [/\bRoad\b/, ['Rd', 'Rd.']], [/\bAvenue\b/, ['Ave', 'Av.', 'Ave.']], [/\bDrive\b/, ['Dr', 'Dr.']], [/\bLane\b/, ['Ln']],
	[/\bCourt\b/, ['Ct']], [/\bBoulevard\b/, ['Blvd', 'Bd']], [/\bPlace\b/, ['Pl']], [/\bNorth\b/, ['N', 'N.']], [/\bSouth\b/, ['S']], [/\bEast\b/, ['E']], [/\bWest\b/, ['W']],
	[/straße\b/, ['str.', 'strasse', 'str']], [/Straße\b/, ['Str.', 'Strasse']], [/\bplatz\b/, ['pl.']], [/\bCalle\b/, ['C/', 'C.']], [/\bAvenida\b/, ['Avda.', 'Av.', 'Av']],
	[/\bRua\b/, ['R.']], [/\bTravessa\b/, ['Tv.']], [/\bRue\b/i, ['R.']], [/\bCaddesi\b/, ['Cad.', 'Cd.']], [/\bSokak\b/, ['Sk.', 'Sok.']], [/\bVia\b/, ['V.']],
	[/\bHighway\b/, ['Hwy']], [/\bParkway\b/, ['Pkwy']], [/\bCircle\b/, ['Cir']], [/\bTerrace\b/, ['Ter']], [/\bSquare\b/, ['Sq']], [/\bTrail\b/, ['Trl']],
];

/** A street with its usual word abbreviated. */
export function shortened(street: string, chance: Chance): string {
	const fits = SHORT.filter(([word]) => word.test(street));
	if (fits.length === 0) return street;
	const [word, forms] = at(fits, chance.int(0, fits.length - 1));
	return street.replace(word, chance.pick(forms));
}
