/**
 * How messy the made-up world is: the rates and counts of everything that makes matching hard.
 * A rate is a probability; what it refers to is in its comment.
 */
export const RATES = {
	/** People by number of systems they are in (before the hard cases, which mostly are in two or more). */
	systemsPerPerson: [[1, 0.62], [2, 0.2], [3, 0.11], [4, 0.07]] as readonly (readonly [number, number])[],
	/** Weights of the systems when the ones that a person is in are drawn. */
	systemWeights: { hubspot: 5, stripe: 4, zendesk: 3, mailchimp: 4 },

	/** Of all people: have a job and a work mail. */
	worksAtCompany: 0.45,
	/** Of all people: have a name in Arabic, Chinese or Cyrillic letters ... */
	otherScript: 0.04,
	/** ... and of their records: written in those letters. */
	writtenInOtherScript: 0.4,

	/** Of people in several systems: one record still has the old private address; phone and name are the same there. */
	changedEmail: 0.1,
	/** Of records of a person with a usual nickname. */
	nickname: 0.12,
	/** Of records with a diacritic in the name. */
	diacriticsLost: 0.35,
	/** Of all records. */
	capitals: 0.03,
	lowerCase: 0.04,
	typo: 0.025,
	givenNameMissing: 0.03,
	familyNameMissing: 0.03,
	/** Of Stripe and Zendesk records: the one name field says `Last, First`. */
	lastFirst: 0.07,
	/** Of Stripe customers who work at a company: the name is the company's. */
	companyAsName: 0.12,

	/** Of records with an email. */
	upperCaseMail: 0.05,
	plusTag: 0.03,
	/** Of records with a Gmail address. */
	gmailDots: 0.12,
	/** Of records outside Mailchimp, which keeps nobody without an email; these always have a phone. */
	emailMissing: { hubspot: 0.05, stripe: 0.04, zendesk: 0.05, mailchimp: 0 },
	phonePresent: { hubspot: 0.7, stripe: 0.45, zendesk: 0.5, mailchimp: 0.2 },
	/** Zendesk users have no address. */
	addressPresent: { hubspot: 0.6, stripe: 0.5, zendesk: 0, mailchimp: 0.25 },
	/** Of HubSpot contacts. */
	birthDatePresent: 1 / 3,
	hubspotConsentPresent: 0.3,
	/** Of phones of a person who shares one. */
	sharedPhoneGiven: 0.75,
	/** How phones are written, where the record says the country ... */
	phoneForms: [['e164', 0.35], ['national', 0.25], ['dashed', 0.1], ['international', 0.15], ['00', 0.1], ['extension', 0.05]] as const,
	/** ... and where it does not: a national number then leaves the country to be guessed. */
	phoneFormsWithoutCountry: [['e164', 0.6], ['national', 0.08], ['international', 0.2], ['00', 0.09], ['extension', 0.03]] as const,

	/** Of the records of a system: the same person again in the same system. */
	duplicates: { hubspot: 0.03, stripe: 0.02, zendesk: 0.01, mailchimp: 0.01 },
	/** Of records: changed by a bulk import, so that many have one time of change. */
	bulkImport: 0.15,

	consent: [['subscribed', 0.75], ['unsubscribed', 0.15], ['cleaned', 0.05], ['pending', 0.05]] as const,
	hubspotConsent: [['subscribed', 0.9], ['unsubscribed', 0.1]] as const,

	/** Of Stripe customers: with a subscription, with single payments only. */
	subscribes: 0.45,
	paysOnce: 0.3,
	subscriptionStatus: [['active', 0.78], ['past_due', 0.07], ['canceled', 0.1], ['trialing', 0.05]] as const,
	/** Of the latest invoices of an active subscription, and of single payments. */
	paymentFails: 0.05,
	/** Of Zendesk users: have written at least one ticket. */
	writesTickets: 1 / 3,
} as const;

/** How many of each hard case for 1,500 people; other sizes in proportion, at least one of each. */
export const HARD_CASES = {
	fatherAndSonPairs: 14,
	/** Of these, with the same full name and Jr. or Sr. */
	juniorAndSeniorPairs: 5,
	namesakePairs: 14,
	/** Of these, in one city. */
	namesakePairsInOneCity: 5,
	couplesWithOneMail: 4,
	/** Companies with one mailbox for `peopleOfOneMailbox` people. */
	sharedMailboxes: 2,
	/** Companies whose number stands on 5 to 15 colleagues. */
	sharedOfficePhones: 12,
	placeholderMails: 12,
	placeholderPhones: 15,
	/** Come on top of the people that were asked for: nothing by which to recognise them. */
	nameOnly: 8,
	companies: 150,
	companiesInZendeskToo: 60,
	companiesInZendeskOnly: 10,
	/** Different companies with the same name but for the legal form. */
	companyNamesakePairs: 2,
} as const;

export const PEOPLE_OF_ONE_MAILBOX = 20;
export const PEOPLE_OF_THE_TABLE = 1500;

/** The count for another number of people. */
export function scaled(count: number, people: number): number {
	return Math.max(1, Math.round((count * people) / PEOPLE_OF_THE_TABLE));
}
