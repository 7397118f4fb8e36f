import countries from 'i18n-iso-countries/index';
import de from 'i18n-iso-countries/langs/de.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import sv from 'i18n-iso-countries/langs/sv.json';
import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { fold } from './fold';
import { readText } from './text';

/** Usual names that are in no list, folded; a code of two letters here is not ISO's. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
	GB: 'uk|england|scotland|wales|northern ireland|great britain|britain|gb eng|grossbritannien|royaume uni|angleterre',
	US: 'usa|u s|u s a|america|the united states|us of a|united states of america|etats unis|estados unidos|eeuu|ee uu',
	DE: 'brd|west germany|deutschland',
	NL: 'holland|the netherlands|niederlande',
	CZ: 'czech republic|ceska republika|tschechien',
	RU: 'russia|russian federation|rossiya',
	KR: 'south korea|korea|republic of korea',
	AE: 'uae|u a e|emirates|dubai|abu dhabi',
	VN: 'vietnam|viet nam',
	TW: 'taiwan',
	MK: 'macedonia|north macedonia',
	GR: 'el|hellas',
	CH: 'suisse|schweiz|svizzera|switzerland',
	AT: 'osterreich|oesterreich',
	TR: 'turkey|turkiye|turkei',
	CI: 'ivory coast|cote d ivoire|cote divoire',
	BO: 'bolivia',
	VE: 'venezuela',
	IR: 'iran',
	SY: 'syria',
	LA: 'laos',
	MD: 'moldova',
	TZ: 'tanzania',
	BR: 'brasil',
	ES: 'espana',
	IT: 'italia',
	BE: 'belgie|belgique',
	DK: 'danmark',
	NO: 'norge',
	SE: 'sverige',
	FI: 'suomi',
	PL: 'polska',
	HU: 'magyarorszag',
	HK: 'hong kong|hong kong sar',
	MO: 'macau|macao',
	IE: 'eire|republic of ireland',
	CN: 'prc|p r china|peoples republic of china|mainland china',
};
let names: Map<string, string> | undefined;

/** Every known name and code, folded, to ISO 3166 alpha-2. */
function nameTable(): Map<string, string> {
	const table = new Map<string, string>();
	for (const locale of [en, de, fr, es, it, nl, pt, pl, sv]) {
		for (const [code, spelling] of Object.entries(locale.countries)) {
			for (const name of [spelling].flat()) if (!table.has(fold(name))) table.set(fold(name), code);
		}
	}
	for (const [code, forms] of Object.entries(SHORT_FORMS)) for (const form of forms.split('|')) table.set(form, code);
	for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
		table.set(alpha3.toLowerCase(), alpha2);
		table.set(alpha2.toLowerCase(), alpha2);
	}
	return table;
}

/** ISO 3166 alpha-2 for a name in nine languages, a code or a usual short form; undefined for anything else. */
export function countryCode(text: string): string | undefined {
	names ??= nameTable();
	if (text.length > 100) return undefined;
	const key = fold(text);
	const code = names.get(key) ?? names.get(key.replaceAll(' ', ''));
	if (code !== undefined) return code;
	if (/^\d{3}$/.test(text)) return countries.numericToAlpha2(text);
	// "Great Britain (UK)"
	const bare = text.replace(/\([^()]*\)/g, ' ');
	return bare === text || bare.trim() === '' ? undefined : countryCode(bare);
}

/** A country as ISO 3166 alpha-2. Undefined when the value is missing. */
export function normalizeCountry(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const code = countryCode(text);
	return code === undefined ? invalidValue(raw, 'is no country that we know', { value: text }) : validValue(raw, code);
}
