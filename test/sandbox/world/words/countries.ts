import type { NameCulture } from './culture';
import type { CountryCode } from './places';

export interface CountryFacts {
	/** Share of the customers. */
	share: number;
	culture: NameCulture;
	/** Ways in which people write the country's name into a free text field. */
	names: readonly string[];
	currency: string;
	houseNumberFirst: boolean;
	topLevelDomains: readonly string[];
	/** Country calling code without plus. */
	callingCode: string;
	/** Patterns of mobile numbers (national significant number); empty where mobile and landline numbers look alike. */
	mobile: readonly string[];
	privateMail: readonly string[];
	/** Each legal form with other ways to write it. */
	legalForms: readonly (readonly string[])[];
}

export const COUNTRIES: Record<CountryCode, CountryFacts> = {
	US: { share: 34, culture: 'en', names: ['United States', 'USA', 'US', 'United States of America'], currency: 'USD', houseNumberFirst: true,
		topLevelDomains: ['com', 'io', 'com'], callingCode: '1', mobile: [],
		privateMail: ['gmail.com', 'gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com'],
		legalForms: [['Inc.', 'Inc', 'Incorporated'], ['LLC', 'L.L.C.'], ['Corp.', 'Corporation']] },
	GB: { share: 14, culture: 'en', names: ['United Kingdom', 'UK', 'GB', 'Great Britain'], currency: 'GBP', houseNumberFirst: true,
		topLevelDomains: ['co.uk', 'com'], callingCode: '44', mobile: ['74########', '78########'],
		privateMail: ['gmail.com', 'outlook.com', 'hotmail.co.uk', 'yahoo.co.uk'], legalForms: [['Ltd', 'Limited', 'Ltd.'], ['PLC', 'plc']] },
	DE: { share: 20, culture: 'de', names: ['Germany', 'Deutschland', 'DE'], currency: 'EUR', houseNumberFirst: false,
		topLevelDomains: ['de', 'com'], callingCode: '49', mobile: ['151########', '160#######', '171#######', '176########'],
		privateMail: ['gmx.de', 'web.de', 'gmail.com', 't-online.de'],
		legalForms: [['GmbH', 'G.m.b.H.', 'Gmbh'], ['AG'], ['GmbH & Co. KG', 'GmbH und Co KG']] },
	FR: { share: 10, culture: 'fr', names: ['France', 'FR'], currency: 'EUR', houseNumberFirst: true,
		topLevelDomains: ['fr', 'com'], callingCode: '33', mobile: ['6########', '76#######'],
		privateMail: ['gmail.com', 'orange.fr', 'laposte.net', 'free.fr'], legalForms: [['SARL', 'S.A.R.L.'], ['SAS', 'S.A.S.'], ['SA', 'S.A.']] },
	ES: { share: 8, culture: 'es', names: ['Spain', 'España', 'ES'], currency: 'EUR', houseNumberFirst: false,
		topLevelDomains: ['es', 'com'], callingCode: '34', mobile: ['6########'],
		privateMail: ['gmail.com', 'hotmail.com', 'outlook.es'], legalForms: [['S.L.', 'SL'], ['S.A.', 'SA']] },
	PL: { share: 6, culture: 'pl', names: ['Poland', 'Polska', 'PL'], currency: 'EUR', houseNumberFirst: false,
		topLevelDomains: ['pl', 'com'], callingCode: '48', mobile: ['50#######', '60#######', '88#######'],
		privateMail: ['wp.pl', 'onet.pl', 'gmail.com'], legalForms: [['Sp. z o.o.', 'sp z oo', 'SP. Z O.O.'], ['S.A.', 'SA']] },
	NL: { share: 8, culture: 'nl', names: ['Netherlands', 'The Netherlands', 'Nederland', 'NL'], currency: 'EUR', houseNumberFirst: false,
		topLevelDomains: ['nl', 'com'], callingCode: '31', mobile: ['61#######', '62#######', '65#######'],
		privateMail: ['gmail.com', 'ziggo.nl', 'kpnmail.nl', 'outlook.com'], legalForms: [['B.V.', 'BV'], ['N.V.', 'NV']] },
};
