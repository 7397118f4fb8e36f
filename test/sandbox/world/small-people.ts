import type { SystemName } from './person';
import type { SeedPerson } from './types';

/** What differs from an empty record. */
export type Given = Partial<Omit<SeedPerson, 'id' | 'truthId'>>;
type PersonInSystems = Partial<Record<SystemName, Given | readonly Given[]>>;

const name = (firstName: string | null, lastName: string | null): Given => ({ firstName, lastName });
const at = (street: string, postalCode: string, city: string, country: string): Given => ({ street, postalCode, city, country });
const OFFICE = '+49 30 4455 6600';
const BRIGHTLEAF = { companyId: '9001', companyName: 'Brightleaf Software GmbH' };
const MILL_ROAD = at('12 Mill Road', '78704', 'Austin', 'USA');
const OAK_STREET = at('88 Oak Street', '37204', 'Nashville', 'United States');
const EGLISE = at("4 rue de l'Église", '69003', 'Lyon', 'France');
const HIGH_STREET = at('7 High Street', 'LS2 8QQ', 'Leeds', 'United Kingdom');

/** Every hard case once. The key is the truth ID; its place in the list gives the numbers of its records. */
export const SMALL_PEOPLE: Readonly<Record<string, PersonInSystems>> = {
	'nickname-and-plus-tag': {
		hubspot: { ...name('Robert', 'Miller'), email: 'robert.miller.4821@gmail.com', phone: '+1 512 642 8891', ...MILL_ROAD, birthDate: '1971-04-12' },
		stripe: { ...name('Bob', 'Miller'), email: 'robertmiller.4821+shop@gmail.com' },
		mailchimp: { ...name('Robert', null), email: 'robert.miller.4821@gmail.com', consent: 'subscribed' },
	},
	'diacritics-and-capitals': {
		hubspot: { ...name('Jürgen', 'Müller'), email: 'juergen.mueller.311@gmx.de', phone: '+4917643300112', country: 'Deutschland' },
		zendesk: { ...name('JUERGEN', 'MUELLER'), email: 'JUERGEN.MUELLER.311@GMX.DE' },
	},
	'last-first': {
		hubspot: { ...name('Emily', 'Carter'), email: 'emily.carter.907@outlook.com' },
		stripe: { ...name(null, 'Carter, Emily'), email: 'emily.carter.907@outlook.com' },
	},
	'changed-email-in-four-systems': {
		hubspot: { ...name('Hannah', 'Brooks'), email: 'hannah.brooks.2210@gmail.com', phone: '+442079460321', country: 'UK', consent: 'subscribed' },
		stripe: { ...name('Hannah', 'Brooks'), email: 'hannah.brooks.2210@gmail.com', country: 'GB' },
		zendesk: { ...name('hannah', 'brooks'), email: 'hannah.brooks.2210@gmail.com' },
		mailchimp: { ...name('Hannah', 'Brooks'), email: 'h.brooks.1998@hotmail.co.uk', phone: '0044 2079460321', consent: 'unsubscribed' },
	},
	'phone-in-two-forms-no-email': {
		hubspot: { ...name('François', 'Lefèvre'), email: 'francois.lefevre.556@orange.fr', phone: '06 12 34 98 76', ...EGLISE },
		zendesk: { ...name('François', 'Lefèvre'), phone: '+33 6 12 34 98 76 ext. 12' },
	},
	misspelt: {
		stripe: { ...name('Paweł', 'Wójcik'), email: 'pawel.wojcik.774@wp.pl' },
		mailchimp: { ...name('Paweł', 'Wójick'), email: 'pawel.wojcik.774@wp.pl', consent: 'subscribed' },
	},
	'company-as-name': {
		hubspot: {
			...name('Maarten', 'de Vries'), email: 'maarten.devries@stonepath-12.co.uk', companyId: '9002', companyName: 'Stonepath Logistics Ltd',
		},
		stripe: { ...name(null, 'Stonepath Logistics Ltd'), email: 'maarten.devries@stonepath-12.co.uk', companyName: 'Stonepath Logistics Ltd' },
	},
	'father-senior': {
		hubspot: {
			...name('John', 'Whitfield Sr.'), email: 'john.whitfield.1948@yahoo.com', phone: '(615) 627-4410', ...OAK_STREET, birthDate: '1948-02-03',
		},
		stripe: { ...name('John', 'Whitfield Sr.'), email: 'john.whitfield.1948@yahoo.com', ...OAK_STREET, country: 'US' },
	},
	'son-junior': {
		hubspot: { ...name('John', 'Whitfield Jr.'), email: 'jw.junior.5512@gmail.com', phone: '615-627-4410', ...OAK_STREET, birthDate: '1979-09-21' },
		mailchimp: { ...name('John', 'Whitfield Jr.'), email: 'jw.junior.5512@gmail.com', consent: 'pending' },
	},
	'namesake-one': {
		hubspot: {
			...name('Laura', 'Bennett'), email: 'laura.bennett.220@gmail.com', phone: '+13126428101', ...at('15 Elm Street', '60614', 'Chicago', 'US'),
		},
		stripe: { ...name('Laura', 'Bennett'), email: 'laura.bennett.220@gmail.com' },
	},
	'namesake-two': {
		hubspot: {
			...name('Laura', 'Bennett'), email: 'bennett.laura.871@icloud.com', phone: '+13126425577', ...at('140 Pine Road', '60647', 'Chicago', 'US'),
		},
	},
	'wife-with-shared-mail': {
		hubspot: { ...name('Grace', 'Holloway'), email: 'holloway.home.66@outlook.com', phone: '+447400123456', ...HIGH_STREET },
		stripe: { ...name('Grace', 'Holloway'), email: 'holloway.home.66@outlook.com', phone: '+447400123456' },
	},
	'husband-with-shared-mail': {
		stripe: { ...name('Owen', 'Holloway'), email: 'holloway.home.66@outlook.com', phone: '+447400654321', ...HIGH_STREET, country: 'GB' },
		zendesk: { ...name('Owen', 'Holloway'), email: 'holloway.home.66@outlook.com', phone: '+447400654321' },
	},
	'colleague-1': {
		hubspot: { ...name('Sabine', 'Krüger'), email: 'info@brightleaf-11.de', phone: OFFICE, ...BRIGHTLEAF },
		stripe: { ...name('Sabine', 'Krüger'), email: 'sabine.krueger@brightleaf-11.de', phone: OFFICE },
	},
	'colleague-2': {
		hubspot: { ...name('Tobias', 'Lange'), email: 'tobias.lange@brightleaf-11.de', phone: OFFICE, ...BRIGHTLEAF },
		stripe: { ...name('Tobias', 'Lange'), email: 'info@brightleaf-11.de', phone: OFFICE },
	},
	'colleague-3': {
		hubspot: { ...name('Antje', 'Vogel'), email: 'antje.vogel@brightleaf-11.de', phone: OFFICE, ...BRIGHTLEAF },
		zendesk: { ...name('Antje', 'Vogel'), email: 'info@brightleaf-11.de', phone: OFFICE, companyId: '6001' },
	},
	'colleague-4': { stripe: { ...name('Ralf', 'Seidel'), email: 'info@brightleaf-11.de', phone: OFFICE } },
	'colleague-5': { stripe: { ...name('Heike', 'Brandt'), email: 'info@brightleaf-11.de', phone: OFFICE } },
	'colleague-6': { zendesk: { ...name('Felix', 'Sommer'), email: 'felix.sommer@brightleaf-11.de', phone: OFFICE, companyId: '6001' } },
	'placeholder-email': { stripe: { ...name('Nuria', 'Campos'), email: 'test@test.com', phone: '+34612450981', country: 'ES' } },
	'placeholder-email-and-phone': {
		stripe: { ...name('Bram', 'Dekker'), email: 'test@test.com', phone: '0000000000', ...at('Molenweg 3', '3511 AB', 'Utrecht', 'NL') },
		hubspot: {
			...name('Bram', 'Dekker'), email: 'bram.dekker.119@ziggo.nl', phone: '0000000000', ...at('Molenweg 3', '3511 AB', 'Utrecht', 'Nederland'),
		},
	},
	'twice-in-one-system': {
		hubspot: [
			{ ...name('Megan', 'Foster'), email: 'megan.foster.640@gmail.com', phone: '+12066423390', birthDate: '1988-11-30' },
			{ ...name('Megan', 'Foster'), email: 'mfoster.home.12@yahoo.com', phone: '206.642.3390', birthDate: '1988-11-30' },
		],
	},
	'two-scripts': {
		hubspot: { ...name('ليلى', 'حداد'), email: 'layla.haddad.383@gmail.com', birthDate: '1899-12-31' },
		zendesk: { ...name('Layla', 'Haddad'), email: 'layla.haddad.383@gmail.com' },
	},
	'consent-in-conflict': {
		mailchimp: [
			{ ...name('Sanne', 'Visser'), email: 'sanne.visser.205@gmail.com', consent: 'subscribed' },
			{ ...name('Sanne', 'Visser'), email: 'sannevisser.205@gmail.com', consent: 'unsubscribed' },
		],
	},
	'name-only': { hubspot: name('Iris', 'Unreachable') },
	nothing: { stripe: {} },
	'very-long-name-with-emoji': { hubspot: { ...name('Wolfeschlegel'.repeat(60), '🚀'), email: 'long.name.4711@gmail.com' } },
};
