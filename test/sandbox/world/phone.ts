import { isValidPhoneNumber, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import type { Random } from './random';
import { COUNTRIES } from './words/countries';
import { CITIES, type CountryCode } from './words/places';

export type PhoneForm = 'e164' | 'national' | 'dashed' | 'international' | '00' | 'extension';

/** Makes numbers that libphonenumber calls valid, none twice. */
export class PhoneNumbers {
	private readonly given = new Set<string>();

	constructor(private readonly random: Random) {}

	/** A mobile number; where those look like landline numbers, one of the city. E.164. */
	mobile(country: CountryCode, city: string): string {
		const { mobile } = COUNTRIES[country];
		return mobile.length === 0 ? this.landline(country, city) : this.valid(country, () => this.random.pick(mobile));
	}

	/** E.164. */
	landline(country: CountryCode, city: string): string {
		const pattern = CITIES[country].find(([name]) => name === city)?.[2];
		if (pattern === undefined) throw new Error(`There is no city "${city}" in the word list of ${country}.`);
		return this.valid(country, () => pattern);
	}

	private valid(country: CountryCode, pattern: () => string): string {
		for (let attempt = 0; attempt < 1000; attempt++) {
			const number = `+${COUNTRIES[country].callingCode}${this.random.fill(pattern())}`;
			if (this.given.has(number) || !isValidPhoneNumber(number)) continue;
			this.given.add(number);
			return number;
		}
		throw new Error(`The patterns for phone numbers in ${country} give no valid number that is still free.`);
	}
}

/** Writes an E.164 number as people do. `00` is written `011` in the United States, as it is dialled there. */
export function writePhone(e164: string, form: PhoneForm, random: Random): string {
	const parsed = parsePhoneNumberWithError(e164);
	switch (form) {
		case 'e164':
			return e164;
		case 'national':
			return parsed.formatNational();
		case 'dashed':
			return parsed.formatNational().replace(/[()]/g, '').replace(/\s+/g, '-');
		case 'international':
			return parsed.formatInternational();
		case '00':
			return `${parsed.country === 'US' ? '011 ' : '00'}${parsed.countryCallingCode} ${parsed.nationalNumber}`;
		case 'extension':
			return `${parsed.formatInternational()} ext. ${random.integer(10, 499)}`;
	}
}
