import { HARD_CASES, scaled } from './rates';
import type { PhoneNumbers } from './phone';
import type { Random } from './random';
import type { SeedCompany } from './types';
import type { Times } from './clock';
import type { VendorIds } from './vendor-id';
import { COUNTRIES } from './words/countries';
import { CITIES, COUNTRY_CODES, type CountryCode } from './words/places';
import { BRAND_ENDS, BRAND_STARTS, SECTORS } from './words/work';

/** A company as it really is. */
export interface RealCompany {
	truthId: string;
	name: string;
	/** The same name as others write it: other or no legal form, other case. */
	otherNames: string[];
	domain: string;
	country: CountryCode;
	city: string;
	phone: string;
	/** Another company has the same name but for the legal form; only the domain tells them apart. */
	namesake: boolean;
	hubspotId: string | null;
	zendeskId: string | null;
}

export interface CompanySources {
	random: Random;
	phones: PhoneNumbers;
	ids: VendorIds;
	times: Times;
}

/** Makes the companies and says in which systems each of them is. */
export function makeCompanies(people: number, { random, phones, ids }: CompanySources): RealCompany[] {
	const inHubspot = scaled(HARD_CASES.companies, people);
	const inBoth = scaled(HARD_CASES.companiesInZendeskToo, people);
	const total = inHubspot + scaled(HARD_CASES.companiesInZendeskOnly, people);
	const brands = random.shuffled(BRAND_STARTS.flatMap((start) => BRAND_ENDS.map((end) => start + end)));
	const companies = Array.from({ length: total }, (_, index): RealCompany => {
		const brand = brands[index % brands.length] ?? 'Brightleaf';
		const series = Math.floor(index / brands.length);
		const country = random.weighted(COUNTRY_CODES.map((code) => [code, COUNTRIES[code].share] as const));
		return madeCompany(index, `${brand} ${random.pick(SECTORS)}${series === 0 ? '' : ` ${series + 1}`}`, country, random, phones);
	});
	const namesakes = Math.min(scaled(HARD_CASES.companyNamesakePairs, people), Math.floor(inHubspot / 4));
	for (let pair = 0; pair < namesakes; pair++) {
		const first = companies[pair * 2];
		if (first === undefined) break;
		const country = first.country === 'GB' ? 'DE' : 'GB';
		first.namesake = true;
		companies[pair * 2 + 1] = { ...madeCompany(pair * 2 + 1, nameWithoutForm(first), country, random, phones), namesake: true };
	}
	companies.forEach((company, index) => {
		if (index < inHubspot) company.hubspotId = ids.company();
		if (index < inBoth || index >= inHubspot) company.zendeskId = ids.organization();
	});
	return companies;
}

const nameWithoutForm = (company: RealCompany): string => company.otherNames[0] ?? company.name;

function madeCompany(index: number, core: string, country: CountryCode, random: Random, phones: PhoneNumbers): RealCompany {
	const facts = COUNTRIES[country];
	const [form = '', ...otherForms] = random.pick(facts.legalForms);
	const [city] = random.pick(CITIES[country]);
	const brand = core.split(' ')[0] ?? core;
	return {
		truthId: `company-${String(index + 1).padStart(4, '0')}`,
		name: `${core} ${form}`,
		otherNames: [
			core,
			...otherForms.map((other) => `${core} ${other}`),
			`${core} ${form}`.toUpperCase(),
			`${core}, ${form}`,
			...(core.includes('&') ? [`${core.replace('&', 'and')} ${form}`] : []),
		],
		domain: `${brand.toLowerCase()}-${index + 11}.${random.pick(facts.topLevelDomains)}`,
		country,
		city,
		phone: phones.landline(country, city),
		namesake: false,
		hubspotId: null,
		zendeskId: null,
	};
}

/**
 * One company as both systems have it: with a domain on both sides the names may differ,
 * with the domain missing on one side they are equal.
 */
export function companyRecords(
	company: RealCompany,
	{ random, times }: CompanySources,
): { hubspot: SeedCompany | null; zendesk: SeedCompany | null } {
	const record = (id: string, name: string, withDomain: boolean): SeedCompany => ({
		id,
		truthId: company.truthId,
		name,
		domain: withDomain ? company.domain : null,
		phone: random.chance(0.7) ? company.phone : null,
		city: random.chance(0.8) ? company.city : null,
		country: random.chance(0.8) ? random.pick(COUNTRIES[company.country].names) : null,
		...times.ofRecord(),
	});
	const { hubspotId, zendeskId } = company;
	const mayMissDomain = hubspotId !== null && zendeskId !== null && !company.namesake;
	const sideWithoutDomain = mayMissDomain ? random.weighted([['hubspot', 8], ['zendesk', 20], ['none', 72]]) : 'none';
	const zendeskName = sideWithoutDomain === 'none' && random.chance(0.5) ? random.pick(company.otherNames) : company.name;
	return {
		hubspot: hubspotId === null ? null : record(hubspotId, company.name, sideWithoutDomain !== 'hubspot'),
		zendesk: zendeskId === null ? null : { ...record(zendeskId, zendeskName, sideWithoutDomain !== 'zendesk'), phone: null, city: null, country: null },
	};
}
