import { countryCode } from '../lib';

/**
 * The country that is taken for phone numbers without a country code; undefined where none is chosen.
 * @throws Error for what is no country
 */
export function readDefaultCountry(text: string): string | undefined {
	if (text === '') return undefined;
	const code = countryCode(text);
	if (code === undefined) throw new Error(`"Default Country" is "${text}", which is no country. Give its two-letter code, for example US or DE.`);
	return code;
}
