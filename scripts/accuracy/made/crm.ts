import { Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import type { LandCode } from './data/lands.data';
import { Land, type Phone } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { initial } from './slips';
import { Writer } from './written';

const SYSTEMS = ['crm', 'billing', 'support', 'shop', 'newsletter'] as const;
type System = (typeof SYSTEMS)[number];

/** How many have one row, two, and so on. */
const SHARES = [0.53, 0.25, 0.13, 0.06, 0.03];

const LANDS_OF: Partial<Record<LandCode, number>> = { us: 55, gb: 12, de: 10, fr: 7, es: 4, it: 3, nl: 3, pl: 3, se: 3 };

/** One writing of a person: the columns, and by what an honest reader could tell who it is. */
type Written = Pick<Made, 'row' | 'facts'>;

/** Contacts of one firm as five systems have them, each with its own columns, forms and gaps. */
export function crmContacts(seed: number, size: number): MadeData {
	const chance = new Chance(seed);
	const lands = new Map<LandCode, Land>();
	const landOf = () => {
		const code = chance.weighted(LANDS_OF);
		const land = lands.get(code) ?? new Land(code, chance);
		lands.set(code, land);
		return land;
	};
	const { people } = new Population(chance, landOf, Math.round((size * 1.115) / meanCopies(SHARES)));
	const writer = new Writer(chance);
	const made = people.flatMap((person) =>
		systemsOf(person, chance).map((file): Made => ({ file, who: person.id, ...WRITE[file](person, writer) })),
	);
	const when = (one: Made): Made => {
		const column = UPDATED[one.file];
		return column === undefined ? one : { ...one, row: { ...one.row, [column]: someTime(chance) } };
	};
	return filed(fair(made, chance).map(when), chance, {
		crm: { column: 'Contact ID', id: (no) => `003${String(no).padStart(6, '0')}` },
		billing: { column: 'id', id: (no) => `cus_${(no * 7919).toString(36).toUpperCase()}` },
		support: { column: 'user_id', id: (no) => String(360000000 + no * 13) },
		shop: { column: 'Customer ID', id: (no) => String(10000 + no) },
		newsletter: { column: 'member_id', id: (no) => `m${no}` },
	});
}

const UPDATED: Readonly<Record<string, string>> = { crm: 'Last Modified Date', billing: 'updated', support: 'updated_at', shop: 'Updated At' };

function someTime(chance: Chance): string {
	return new Date(Date.UTC(chance.int(2019, 2025), chance.int(0, 11), chance.int(1, 28), chance.int(0, 23), chance.int(0, 59))).toISOString().slice(0, 19) + 'Z';
}

/** Mostly one row a system; the CRM has the most doubles of its own. */
function systemsOf(person: Person, chance: Chance): System[] {
	const left = new Set<System>(SYSTEMS);
	return Array.from({ length: copies(chance, SHARES) }, () => {
		const weights = { crm: person.work ? 5 : 2, billing: 2, support: 2, shop: 3, newsletter: 2 };
		const system = chance.hit(0.12) ? 'crm' : chance.weighted<System>(Object.fromEntries([...left].map((one) => [one, weights[one]])));
		left.delete(system);
		return system;
	});
}

const WRITE: Readonly<Record<System, (person: Person, writer: Writer) => Written>> = { crm, billing, support, shop, newsletter };

function crm(person: Person, writer: Writer): Written {
	const { chance } = writer;
	const facts: string[] = [];
	const [first, last] = names(person, writer);
	const { work } = person;
	const atWork = work !== undefined && chance.hit(0.7);
	const employer = work?.employer;
	const factPhone = (number: Phone) => {
		facts.push(`phone:${number.national}`);
		return writer.phone(number);
	};
	const phone = writer.field(0.3, () => {
		if (employer && chance.hit(0.5)) return writer.phone(employer.switchboard);
		if (work?.direct) return factPhone(work.direct);
		return person.landline ? factPhone(person.landline) : '';
	}, PLACEHOLDERS.phone);
	const home = homeOf(person, chance);
	const place = atWork && employer ? employer.address : home;
	const named = chance.hit(0.75) && employer;
	// Who shares a mailbox or a name at home is told by the first name alone.
	const given = person.alikeAtHome || person.familyMail !== undefined ? first : writer.field(0.03, () => first, PLACEHOLDERS.name);
	const known = given === first;
	if (named && !person.namesake && known) facts.push(`firm:${employer.domain}`);
	return {
		row: {
			'First Name': given,
			'Last Name': last,
			'Account Name': named ? employer.name : '',
			Email: writer.field(0.12, () => {
				if (employer && chance.hit(0.05)) return employer.role;
				const mail = atWork ? work.mail : mailOf(person, chance);
				facts.push(`mail:${mail}`);
				return writer.mail(mail);
			}, PLACEHOLDERS.email),
			Phone: phone,
			Mobile: writer.field(0.45, () => factPhone(mobileOf(person, chance)), PLACEHOLDERS.phone),
			'Mailing Street': writer.field(0.35, () => {
				if (place === home && known) facts.push(`home:${home.street}${home.number}`);
				return writer.street(place);
			}),
			'Mailing City': writer.field(0.2, () => writer.text(place.city)),
			'Mailing Zip/Postal Code': writer.field(0.3, () => writer.postalCode(place)),
			'Mailing Country': writer.field(0.08, () => chance.pick(person.land.facts.countryNames)),
		},
		facts,
	};
}

function billing(person: Person, writer: Writer): Written {
	const { chance } = writer;
	const facts: string[] = [];
	const [first, last] = names(person, writer);
	const home = homeOf(person, chance);
	const role = person.work !== undefined && chance.hit(0.06);
	const mail = role && person.work ? person.work.employer.role : anyMail(person, chance);
	if (!role) facts.push(`mail:${mail}`);
	const full = `${first} ${last}`.trim();
	const address = chance.hit(0.6);
	if (address) facts.push(`home:${home.street}${home.number}`);
	return {
		row: {
			name: chance.hit(0.15) ? full.toUpperCase() : full,
			email: writer.mail(mail),
			phone: writer.field(0.55, () => {
				const phone = mobileOf(person, chance);
				facts.push(`phone:${phone.national}`);
				return writer.phone(phone, 'e164');
			}, PLACEHOLDERS.phone),
			address_line1: address ? writer.street(home) : '',
			address_city: address ? writer.text(home.city) : '',
			address_postal_code: address || chance.hit(0.5) ? writer.postalCode(home) : '',
			address_country: address || chance.hit(0.5) ? person.land.facts.country : '',
		},
		facts,
	};
}

function support(person: Person, writer: Writer): Written {
	const { chance } = writer;
	const facts: string[] = [];
	const [first, last] = names(person, writer);
	const shared = person.familyMail !== undefined || person.alikeAtHome;
	const mail = anyMail(person, chance);
	const hasMail = chance.hit(0.93);
	if (hasMail) facts.push(`mail:${mail}`);
	const phone = !hasMail || chance.hit(0.3) ? (person.landline && chance.hit(0.35) ? person.landline : mobileOf(person, chance)) : undefined;
	if (phone) facts.push(`phone:${phone.national}`);
	const plain = chance.hit(0.07) && !shared;
	return {
		row: {
			name: plain && hasMail ? (mail.split('@')[0] ?? '') : chance.hit(0.04) && !shared ? first : `${first} ${last}`.trim(),
			email: hasMail ? writer.mail(mail) : '',
			phone: phone ? writer.phone(phone, chance.hit(0.8) ? 'e164' : 'any') : '',
			organization: person.work && chance.hit(0.45) ? person.work.employer.name : '',
		},
		facts,
	};
}

function shop(person: Person, writer: Writer): Written {
	const { chance } = writer;
	const facts: string[] = [];
	const [first, last] = names(person, writer);
	const home = homeOf(person, chance);
	facts.push(`home:${home.street}${home.number}`);
	return {
		row: {
			'First Name': first,
			'Last Name': last,
			Email: writer.field(0.06, () => {
				const mail = mailOf(person, chance);
				facts.push(`mail:${mail}`);
				return writer.mail(mail);
			}, PLACEHOLDERS.email),
			Phone: writer.field(0.35, () => {
				const phone = person.landline && chance.hit(0.25) ? person.landline : mobileOf(person, chance);
				facts.push(`phone:${phone.national}`);
				return writer.phone(phone);
			}, PLACEHOLDERS.phone),
			Birthday: writer.field(0.65, () => writer.day(person.birth, 'iso'), PLACEHOLDERS.birth),
			Address1: writer.street(home),
			City: writer.text(home.city),
			Zip: writer.postalCode(home),
			'Country Code': person.land.facts.country,
		},
		facts,
	};
}

function newsletter(person: Person, writer: Writer): Written {
	const { chance } = writer;
	const [first, last] = names(person, writer);
	const mail = anyMail(person, chance);
	const shared = mail === person.familyMail;
	return {
		row: {
			'Email Address': writer.mail(mail),
			'First Name': shared ? first : writer.field(0.25, () => first, PLACEHOLDERS.name),
			'Last Name': shared ? last : writer.field(0.4, () => last),
		},
		facts: [`mail:${mail}`],
	};
}

/** The name that was known when the row was written. Juniors and twins keep their first names whole. */
function names(person: Person, writer: Writer): [string, string] {
	const { chance } = writer;
	const family = person.formerFamily !== '' && chance.hit(0.4) ? person.formerFamily : person.family;
	const plainly = person.alikeAtHome || person.familyMail !== undefined;
	const [first, last] = writer.name(person.given, family, plainly);
	const suffixed = person.suffix !== '' && chance.hit(0.7) ? `${last} ${person.suffix}${chance.pick(['', '.'])}` : last;
	return [person.middle !== '' && chance.hit(0.3) ? `${first} ${initial(person.middle)}` : first, suffixed];
}

function homeOf(person: Person, chance: Chance) {
	return person.formerHome && chance.hit(0.35) ? person.formerHome : person.home;
}

function mobileOf(person: Person, chance: Chance) {
	return person.formerMobile && chance.hit(0.3) ? person.formerMobile : person.mobile;
}

function mailOf(person: Person, chance: Chance): string {
	if (person.familyMail !== undefined && chance.hit(0.55)) return person.familyMail;
	return person.formerMail !== undefined && chance.hit(0.35) ? person.formerMail : person.mail;
}

function anyMail(person: Person, chance: Chance): string {
	return person.work && chance.hit(0.35) ? person.work.mail : mailOf(person, chance);
}
