import { HARD_CASES, PEOPLE_OF_ONE_MAILBOX, scaled } from './rates';
import { OTHER_PLACEHOLDER_MAILS, PLACEHOLDER_PHONES, USUAL_PLACEHOLDER_MAIL } from './words/placeholders';
import type { People, RealPerson, SystemName } from './person';
import type { Random } from './random';
import type { RealCompany } from './company';

export interface HardCaseSources {
	random: Random;
	people: People;
	companies: readonly RealCompany[];
}

type Maker = (wanted: number, sources: HardCaseSources) => RealPerson[];

/** The people whom matching gets wrong when it is careless. */
export function hardCases(wanted: number, sources: HardCaseSources): RealPerson[] {
	return [fathersAndSons, namesakes, couples, sharedMailboxes, officePhones, placeholders].flatMap((make) => make(wanted, sources));
}

/** One address and family name; some share the telephone, some the whole name. */
const fathersAndSons: Maker = (wanted, { random, people }) => {
	const sameName = scaled(HARD_CASES.juniorAndSeniorPairs, wanted);
	return pairs(HARD_CASES.fatherAndSonPairs, wanted, (pair) => {
		const same = pair < sameName;
		const father = people.make({
			sex: 'male', latin: true, born: [1940, 1962], systems: people.systems(2),
			...(same ? { country: 'US' as const, suffix: 'Sr.' as const } : {}),
		});
		const son = people.make({
			sex: 'male', latin: true, born: [1968, 1992], home: father.home, family: father.family, systems: people.systems(2),
			...(same ? { given: father.given, suffix: 'Jr.' as const } : {}),
		});
		const special = { alwaysComplete: true, ...(random.chance(0.5) ? { sharedPhone: father.home.landline } : {}) };
		return [{ ...father, special }, { ...son, special }];
	});
};

/** Two people who have nothing to do with each other but the name, some in one city. */
const namesakes: Maker = (wanted, { people }) => {
	const oneCity = scaled(HARD_CASES.namesakePairsInOneCity, wanted);
	return pairs(HARD_CASES.namesakePairs, wanted, (pair) => {
		const one = people.make({ latin: true, born: [1950, 1975], systems: people.systems(2) });
		const { country, city } = one.home;
		const other = people.make({
			latin: true, born: [1976, 2000], given: one.given, family: one.family, systems: people.systems(2),
			...(pair < oneCity ? { country, city } : {}),
		});
		return pair < oneCity ? [{ ...one, special: { alwaysComplete: true } }, { ...other, special: { alwaysComplete: true } }] : [one, other];
	});
};

/** Two people, one address, one mail: they differ in given name and phone. */
const couples: Maker = (wanted, { people }) =>
	pairs(HARD_CASES.couplesWithOneMail, wanted, () => {
		const wife = people.make({ sex: 'female', latin: true, systems: ['hubspot', 'stripe'] });
		const husband = people.make({ sex: 'male', latin: true, home: wife.home, family: wife.family, systems: ['stripe', 'zendesk'] });
		const special = { alwaysComplete: true, sharedMail: { mail: wife.privateMail, systems: ['hubspot', 'stripe', 'zendesk'] as SystemName[] } };
		return [{ ...wife, special }, { ...husband, special }];
	});

/** Everybody of a small company buys with `info@`; HubSpot, Zendesk and Mailchimp take that address once only. */
const sharedMailboxes: Maker = (wanted, { people, companies }) =>
	someCompanies(companies, scaled(HARD_CASES.sharedOfficePhones, wanted), scaled(HARD_CASES.sharedMailboxes, wanted)).flatMap((company) => {
		const mail = `info@${company.domain}`;
		return Array.from({ length: PEOPLE_OF_ONE_MAILBOX }, (_, index) => {
			const systemOfMailbox = (['hubspot', 'zendesk', 'mailchimp'] as const)[index] ?? 'stripe';
			const other: SystemName = systemOfMailbox === 'stripe' ? 'hubspot' : 'stripe';
			const systems: SystemName[] = index < 3 || index % 2 === 0 ? [systemOfMailbox, other] : [systemOfMailbox];
			return people.make({ company, latin: true, systems, special: { alwaysComplete: true, sharedMail: { mail, systems: [systemOfMailbox] } } });
		});
	});

const officePhones: Maker = (wanted, { random, people, companies }) =>
	someCompanies(companies, 0, scaled(HARD_CASES.sharedOfficePhones, wanted)).flatMap((company) =>
		Array.from({ length: random.integer(7, 15) }, (_, index) =>
			// The first five always give the office number, so that no office has fewer than five colleagues on it.
			people.make({ company, special: { sharedPhone: company.phone, ...(index < 5 ? { alwaysComplete: true } : {}) } }),
		),
	);

const placeholders: Maker = (wanted, { people }) => {
	const mails = Array.from({ length: scaled(HARD_CASES.placeholderMails, wanted) }, (_, index) => {
		const other = index % 4 === 3 ? OTHER_PLACEHOLDER_MAILS[(index >> 2) % OTHER_PLACEHOLDER_MAILS.length] : undefined;
		return people.make({
			latin: true,
			systems: other === undefined ? ['stripe', 'mailchimp'] : ['hubspot', 'mailchimp'],
			special: { placeholderMail: other ?? USUAL_PLACEHOLDER_MAIL },
		});
	});
	const phones = Array.from({ length: scaled(HARD_CASES.placeholderPhones, wanted) }, (_, index) =>
		people.make({ systems: people.systems(2), special: { placeholderPhone: PLACEHOLDER_PHONES[index % PLACEHOLDER_PHONES.length] } }),
	);
	return [...mails, ...phones];
};

function pairs(count: number, wanted: number, make: (index: number) => RealPerson[]): RealPerson[] {
	return Array.from({ length: scaled(count, wanted) }, (_, index) => make(index)).flat();
}

function someCompanies(companies: readonly RealCompany[], from: number, count: number): readonly RealCompany[] {
	return companies.slice(from, from + count);
}
