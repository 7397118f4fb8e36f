import { at, Chance } from './chance';
import { SHORTENED } from './data/companies.data';
import { PLACEHOLDERS } from './data/words.data';
import { type Firm, factsOf, Firms } from './firms';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { USUAL, Writer } from './written';

const SHARES = [0.55, 0.25, 0.12, 0.05, 0.03];

/** Companies of nine countries in an ERP, a CRM and a bought list. */
export function companies(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 8);
	const { firms } = new Firms(chance, Math.round((size * 1.05) / meanCopies(SHARES)));
	const writer = new Writer(chance, { ...USUAL, typo: 0.04, marks: 0.2, digit: 0.015, misheard: 0 });
	const made = firms.flatMap((firm) =>
		Array.from({ length: copies(chance, SHARES) }, (): Made => {
			const file = chance.weighted({ erp: 4, crm: 4, bought_list: 2 });
			return { file, who: firm.id, ...company(firm, file, writer) };
		}),
	);
	return filed(fair(made, chance), chance, {
		erp: { column: 'id', id: (no) => `D${String(no).padStart(6, '0')}` },
		crm: { column: 'Account ID', id: (no) => `001${String(no).padStart(6, '0')}` },
		bought_list: { column: 'Record ID', id: (no) => String(900000 + no) },
	});
}

export const COMPANIES_MAP = ['Account ID=id'];

/** A firm's name as somebody writes it. */
export function firmName(firm: Firm, site: number, writer: Writer, legal: number): string {
	const { chance } = writer;
	const facts = factsOf(firm.land);
	if (firm.tradeName !== '' && chance.hit(0.3)) return firm.tradeName;
	let core = firm.core;
	for (const [word, short] of SHORTENED) if (chance.hit(0.15)) core = core.replace(word, short);
	const [and = '&'] = facts.and;
	if (chance.hit(0.25)) core = core.replace(` ${and} `, ` ${chance.pick(facts.and)} `);
	core = writer.text(core);
	const form = firm.form.length > 0 && chance.hit(legal) ? (chance.hit(0.6) ? at(firm.form, 0) : chance.pick(firm.form)) : '';
	let name = form === '' ? core : form.startsWith(',') ? core + form : `${core} ${form}`;
	if (site > 0 && chance.hit(0.5)) {
		const { city } = at(firm.sites, site).address;
		name = chance.pick([`${name} - ${city}`, `${name} ${facts.branch} ${city}`, `${name} (${city})`]);
	}
	if (firm.franchise && chance.hit(0.3)) name = `${name} ${at(firm.sites, 0).address.city}`;
	if (chance.hit(0.03)) name = `The ${name}`;
	return chance.hit(0.1) ? name.toUpperCase() : name;
}

function company(firm: Firm, file: 'erp' | 'crm' | 'bought_list', writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const site = firm.sites.length > 1 && chance.hit(0.5) ? chance.int(1, firm.sites.length - 1) : 0;
	const { address, phone } = at(firm.sites, site);
	// The name and the town tell, unless many have them.
	const name = firmName(firm, site, writer, file === 'erp' ? 0.9 : 0.6);
	const trading = name.replace(/^The /, '').toUpperCase() === firm.tradeName.toUpperCase();
	const facts = firm.franchise ? [] : [`named:${trading ? firm.tradeName : firm.core} ${address.city}`];
	const written = (missing: number, style: 'any' | 'e164' = 'any') =>
		writer.field(missing, () => {
			facts.push(`phone:${phone.national}`);
			const text = writer.phone(phone, style);
			return chance.hit(0.04) && style === 'any' ? `${text} ext. ${chance.int(10, 99)}` : text;
		}, PLACEHOLDERS.phone);
	const street = (missing: number) =>
		writer.field(missing, () => {
			facts.push(`site:${String(trading)} ${address.street}${address.number}`);
			return writer.street(address);
		});
	const website = (missing: number) =>
		firm.domain === '' ? '' : writer.field(missing, () => {
			facts.push(`web:${firm.domain}`);
			return chance.pick([firm.domain, `www.${firm.domain}`, `https://www.${firm.domain}`, `http://${firm.domain}/`, `https://${firm.domain}/contact`]);
		}, ['n/a', 'http://', 'none']);
	const place = { city: writer.field(0.04, () => writer.text(address.city)), zip: writer.postalCode(address), country: chance.pick(firm.land.facts.countryNames) };
	switch (file) {
		case 'erp': {
			const vat = writer.field(0.45, () => {
				facts.push(`vat:${firm.vat}`);
				return chance.hit(0.2) ? firm.vat.replace(/^(..)(...)(...)/, '$1 $2 $3 ') : firm.vat;
			});
			return { row: { 'Company Name': name, 'VAT ID': vat, Street: street(0.04), City: place.city, 'Postal Code': place.zip, Country: firm.land.facts.country, Phone: written(0.4) }, facts };
		}
		case 'crm':
			return { row: { 'Account Name': name, Website: website(0.2), Phone: written(0.3), 'Billing Street': street(0.45), 'Billing City': place.city, 'Billing Country': place.country }, facts };
		case 'bought_list':
			return { row: { Organization: name, URL: website(0.35), Telephone: written(0.35, 'e164'), Address: street(0.1), Town: place.city, Postcode: place.zip, Country: place.country }, facts };
	}
}
