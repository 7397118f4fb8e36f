import { at, type Chance } from './chance';
import { DIGIT_LOOK_ALIKES, LOOK_ALIKES, NEIGHBOURS, NICKNAMES, SOUND_ALIKES } from './data/words.data';

/** A day as it is; how it is written is another matter. */
export interface Day {
	year: number;
	month: number;
	day: number;
}

/** One slip of the fingers: a letter left out, doubled, beside the right one, or two swapped. Seldom the first letter. */
export function typo(text: string, chance: Chance): string {
	const letters = [...text];
	const places = letters.flatMap((letter, index) => (/\p{L}|\d/u.test(letter) && (index > 0 || chance.hit(0.15)) ? [index] : []));
	if (places.length < 3) return text;
	const place = chance.pick(places);
	const letter = at(letters, place);
	const before = letters.slice(0, place);
	const after = letters.slice(place + 1);
	switch (chance.weighted({ drop: 3, twice: 2, beside: 3, swap: 3, extra: 1 })) {
		case 'drop':
			return [...before, ...after].join('');
		case 'twice':
			return [...before, letter, letter, ...after].join('');
		case 'beside':
			return [...before, beside(letter, chance), ...after].join('');
		case 'extra':
			return [...before, letter, beside(letter, chance).toLowerCase(), ...after].join('');
		case 'swap': {
			const next = after[0];
			if (next === undefined || !/\p{L}|\d/u.test(next) || next === letter) return [...before, ...after].join('');
			return [...before, next, letter, ...after.slice(1)].join('');
		}
	}
}

function beside(letter: string, chance: Chance): string {
	if (/\d/.test(letter)) return String(chance.int(0, 9));
	const around = NEIGHBOURS[letter.toLowerCase()];
	if (around === undefined) return letter;
	const other = chance.pick([...around]);
	return letter === letter.toLowerCase() ? other : other.toUpperCase();
}

function oneOf(text: string, pairs: readonly (readonly [string, string])[], chance: Chance): string {
	const fits = pairs.filter(([from]) => text.includes(from, 1));
	if (fits.length === 0) return text;
	const [from, to] = chance.pick(fits);
	const places: number[] = [];
	for (let place = text.indexOf(from, 1); place >= 0; place = text.indexOf(from, place + 1)) places.push(place);
	const place = chance.pick(places);
	return text.slice(0, place) + to + text.slice(place + from.length);
}

/** Read wrongly by a scanner. */
export const misread = (text: string, chance: Chance): string => oneOf(text, LOOK_ALIKES, chance);
/** Written as it sounded. */
export const misheard = (text: string, chance: Chance): string => oneOf(text, SOUND_ALIKES, chance);

/** One digit wrong, two swapped, or one left out. */
export function digitSlip(text: string, chance: Chance, mayShorten = true): string {
	const places = [...text].flatMap((sign, index) => (/\d/.test(sign) && index > 0 ? [index] : []));
	if (places.length < 2) return text;
	const place = chance.pick(places);
	const digit = at([...text], place);
	switch (chance.weighted({ wrong: 4, swap: 4, drop: mayShorten ? 1 : 0 })) {
		case 'swap': {
			const next = text[place + 1];
			if (next !== undefined && /\d/.test(next) && next !== digit) return text.slice(0, place) + next + digit + text.slice(place + 2);
			return text.slice(0, place) + other(digit, chance) + text.slice(place + 1);
		}
		case 'drop':
			return text.slice(0, place) + text.slice(place + 1);
		case 'wrong':
			return text.slice(0, place) + other(digit, chance) + text.slice(place + 1);
	}
}

function other(digit: string, chance: Chance): string {
	const alike = DIGIT_LOOK_ALIKES.filter(([from]) => from === digit);
	if (alike.length > 0 && chance.hit(0.5)) return chance.pick(alike)[1];
	return String((Number(digit) + chance.int(1, 9)) % 10);
}

/** A birth date as it is written down wrongly: day and month swapped, a digit, a year beside, two digits of the year swapped. */
export function daySlip({ year, month, day }: Day, chance: Chance): Day {
	switch (chance.weighted({ swapped: 3, day: 4, month: 2, year: 4, decade: 1 })) {
		case 'swapped':
			return day <= 12 && day !== month ? { year, month: day, day: month } : { year, month, day: day > 1 ? day - 1 : 2 };
		case 'day':
			return { year, month, day: day > 9 && day % 10 <= 2 && chance.hit(0.5) ? Math.max(1, (day % 10) * 10 + Math.floor(day / 10)) : (day % 28) + 1 };
		case 'month':
			return { year, month: (month % 12) + 1, day: Math.min(day, 28) };
		case 'year':
			return { year: year + chance.pick([-1, 1]), month, day: Math.min(day, 28) };
		case 'decade':
			return { year: year + chance.pick([-10, 10]), month, day: Math.min(day, 28) };
	}
}

const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', æ: 'ae', Æ: 'Ae', œ: 'oe' };

/** Latin letters without their marks. */
export function withoutMarks(text: string): string {
	return text.replace(/[ßøØłŁđĐıæÆœ]/g, (letter) => PLAIN[letter] ?? letter).normalize('NFD').replace(/[\u0300-\u036f]/g, '');
}

const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' };
/** German umlauts spelled with two letters. */
export function spelledOut(text: string): string {
	const spelled = text.replace(/[äöüÄÖÜß]/g, (letter) => SPELLED[letter] ?? letter);
	return text.length > 1 && text === text.toUpperCase() ? spelled.toUpperCase() : spelled;
}

/** A short form of a first name, when it has one. */
export function nickname(given: string, chance: Chance): string {
	const short = NICKNAMES[given];
	return short ? chance.pick(short) : given;
}

export const initial = (name: string): string => `${[...name][0] ?? ''}.`;

/** Lower or upper case, as forms and old programs leave it. */
export function recased(text: string, chance: Chance): string {
	return chance.hit(0.5) ? text.toUpperCase() : text.toLowerCase();
}
