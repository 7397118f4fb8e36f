import { RATES } from './rates';
import { writePhone } from './phone';
import { writtenMail, type MailRegister } from './written-mail';
import { writtenName } from './written-name';
import type { Random } from './random';
import type { RealPerson, SystemName } from './person';
import type { SeedPerson } from './types';
import type { Times } from './clock';
import type { VendorIds } from './vendor-id';
import { COUNTRIES } from './words/countries';

export interface RecordSources {
	random: Random;
	ids: VendorIds;
	times: Times;
	mails: MailRegister;
}

/** All records of one person: one in each of the person's systems, and now and then a second one. */
export function recordsOf(person: RealPerson, sources: RecordSources): { system: SystemName; record: SeedPerson }[] {
	const { random } = sources;
	const twice = person.special.sharedMail === undefined ? person.systems.filter((system) => random.chance(RATES.duplicates[system])) : [];
	const movedFrom = person.systems.length > 1 && mayChangeMail(person) && random.chance(RATES.changedEmail) ? random.pick(person.systems) : null;
	const complete = person.special.alwaysComplete === true || movedFrom !== null || twice.length > 0;
	const phone = complete ? phoneAtHand(person, random) : null;
	const placeholderIn = person.systems.find((system) => system !== 'mailchimp');
	const records: { system: SystemName; record: SeedPerson }[] = [];
	const add = (system: SystemName, mail: string): void => {
		const record = recordOf(person, system, { mail, complete, phone, placeholders: system === placeholderIn }, sources);
		if (record !== null) records.push({ system, record });
	};
	for (const system of person.systems) {
		const shared = person.special.sharedMail;
		const own = person.workMail ?? person.privateMail;
		add(system, shared?.systems.includes(system) ? shared.mail : system === movedFrom ? person.oldMail : own);
		if (twice.includes(system)) add(system, system === 'stripe' && random.chance(0.7) ? own : person.oldMail);
	}
	return records;
}

/** A person with a shared mail or a placeholder has trouble enough. */
function mayChangeMail({ special }: RealPerson): boolean {
	return special.sharedMail === undefined && special.placeholderMail === undefined && special.placeholderPhone === undefined;
}

interface RecordWish {
	mail: string;
	/** Name and phone are there and right. */
	complete: boolean;
	/** The one number that all records of this person have; null when each may have another. */
	phone: string | null;
	/** This is the record in which the person's placeholders stand, if there are any. */
	placeholders: boolean;
}

function recordOf(person: RealPerson, system: SystemName, wish: RecordWish, { random, ids, times, mails }: RecordSources): SeedPerson | null {
	const placeholderMail = wish.placeholders ? person.special.placeholderMail : undefined;
	const placeholderPhone = wish.placeholders ? person.special.placeholderPhone : undefined;
	const leftOut = !wish.complete && placeholderPhone === undefined && placeholderMail === undefined && random.chance(RATES.emailMissing[system]);
	const email = leftOut ? null : freeMail(placeholderMail ?? writtenMail(wish.mail, random), wish.mail, system, mails);
	if (email === null && system === 'mailchimp') return null;

	const withAddress = (person.special.alwaysComplete === true && RATES.addressPresent[system] > 0) || random.chance(RATES.addressPresent[system]);
	const phone = placeholderPhone ?? phoneOf(person, system, { ...wish, complete: wish.complete || email === null, withAddress }, random);
	const home = withAddress ? person.home : null;
	const worksInHubspot = system === 'hubspot' && person.company !== null;
	const companyId = system === 'hubspot' ? person.company?.hubspotId : system === 'zendesk' ? person.company?.zendeskId : null;
	return {
		id: ids.person(system),
		truthId: person.truthId,
		...writtenName(person, system, wish.complete || email === null, random),
		email,
		phone,
		jobTitle: worksInHubspot && random.chance(0.6) ? person.jobTitle : null,
		companyId: random.chance(0.9) ? (companyId ?? null) : null,
		companyName: person.company !== null && system !== 'zendesk' && random.chance(0.7) ? person.company.name : null,
		street: home?.street ?? null,
		city: home?.city ?? null,
		postalCode: home?.postalCode ?? null,
		country: home === null ? null : system === 'stripe' ? home.country : random.pick(COUNTRIES[home.country].names),
		birthDate: system === 'hubspot' && (person.special.alwaysComplete || random.chance(RATES.birthDatePresent)) ? person.birthDate : null,
		...times.ofRecord(),
		consent: consentOf(system, random),
	};
}

/** The mail as written; where that address is taken in the system, as it really is; else none. */
function freeMail(written: string, real: string, system: SystemName, mails: MailRegister): string | null {
	return [written, real].find((mail) => mails.take(system, mail)) ?? null;
}

function phoneOf(person: RealPerson, system: SystemName, wish: RecordWish & { withAddress: boolean }, random: Random): string | null {
	const needed = wish.complete || (wish.placeholders && person.special.placeholderMail !== undefined);
	if (!needed && !random.chance(RATES.phonePresent[system])) return null;
	const form = random.weighted(wish.withAddress ? RATES.phoneForms : RATES.phoneFormsWithoutCountry);
	return writePhone(wish.phone ?? phoneAtHand(person, random), form, random);
}

/** A phone that several people use is given in most records, and always by those who must have it. */
function phoneAtHand({ special, mobile }: RealPerson, random: Random): string {
	if (special.sharedPhone === undefined) return mobile;
	return special.alwaysComplete === true || random.chance(RATES.sharedPhoneGiven) ? special.sharedPhone : mobile;
}

function consentOf(system: SystemName, random: Random): SeedPerson['consent'] {
	if (system === 'mailchimp') return random.weighted(RATES.consent);
	return system === 'hubspot' && random.chance(RATES.hubspotConsentPresent) ? random.weighted(RATES.hubspotConsent) : null;
}
