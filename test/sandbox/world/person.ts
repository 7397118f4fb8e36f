import anyAscii from 'any-ascii';
import { RATES } from './rates';
import type { PhoneNumbers } from './phone';
import type { Random } from './random';
import type { RealCompany } from './company';
import { COUNTRIES } from './words/countries';
import { GIVEN_NAMES } from './words/given-names';
import { OTHER_SCRIPTS } from './words/other-scripts';
import { CITIES, COUNTRY_CODES, STREETS, type CountryCode } from './words/places';
import { SURNAMES } from './words/surnames';
import { JOB_TITLES } from './words/work';

export const SYSTEMS = ['hubspot', 'stripe', 'zendesk', 'mailchimp'] as const;
export type SystemName = (typeof SYSTEMS)[number];

export interface Home {
	country: CountryCode;
	city: string;
	postalCode: string;
	street: string;
	landline: string;
}

/** A person as he or she really is; records are made from this. */
export interface RealPerson {
	truthId: string;
	given: string;
	family: string;
	/** The name in its own letters, where those are not Latin. */
	native: { given: string; family: string } | null;
	suffix: 'Jr.' | 'Sr.' | null;
	/** ISO 8601 date. */
	birthDate: string;
	home: Home;
	mobile: string;
	privateMail: string;
	/** Private address used before; only one record still has it. */
	oldMail: string;
	company: RealCompany | null;
	workMail: string | null;
	jobTitle: string | null;
	systems: SystemName[];
	/** What is special about this person's records. */
	special: {
		/** An email that other people use too, and the systems where this person's record has it. */
		sharedMail?: { mail: string; systems: SystemName[] };
		/** The phone given instead of the mobile number, in most records. */
		sharedPhone?: string;
		/** Nobody would tell this person's records apart or together without these: they are never left out. */
		alwaysComplete?: boolean;
		placeholderMail?: string;
		placeholderPhone?: string;
	};
}

export interface PersonWish {
	country?: CountryCode;
	city?: string;
	sex?: 'male' | 'female';
	/** Only names in Latin letters. */
	latin?: boolean;
	given?: string;
	family?: string;
	suffix?: 'Jr.' | 'Sr.';
	home?: Home;
	/** Year of birth, from and to. */
	born?: readonly [number, number];
	company?: RealCompany | null;
	systems?: SystemName[];
	special?: RealPerson['special'];
}

/** Makes people, each with a mail address and phone number of his or her own. */
export class People {
	private made = 0;
	private readonly mails = new Set<string>();

	constructor(
		private readonly random: Random,
		private readonly phones: PhoneNumbers,
	) {}

	make(wish: PersonWish = {}): RealPerson {
		const { random } = this;
		const company = wish.company ?? null;
		const country =
			wish.country ?? wish.home?.country ?? company?.country ?? random.weighted(COUNTRY_CODES.map((code) => [code, COUNTRIES[code].share] as const));
		const home = wish.home ?? this.home(country, wish.city ?? company?.city);
		const sex = wish.sex ?? random.pick(['male', 'female'] as const);
		const isForeign = wish.latin !== true && random.chance(RATES.otherScript);
		const foreign = isForeign ? OTHER_SCRIPTS[random.pick(['arabic', 'chinese', 'cyrillic'] as const)] : null;
		const nativeGiven = foreign === null ? null : random.pick(foreign.given);
		const nativeFamily = foreign === null ? null : random.pick(foreign.family);
		const { culture } = COUNTRIES[country];
		const given = wish.given ?? nativeGiven?.[1] ?? random.pick(GIVEN_NAMES[culture][sex]);
		const family = wish.family ?? nativeFamily?.[1] ?? random.pick(SURNAMES[culture]);
		const [earliest, latest] = wish.born ?? [1945, 2004];
		return {
			truthId: `person-${String(++this.made).padStart(5, '0')}`,
			given,
			family,
			native: nativeGiven === null || nativeFamily === null ? null : { given: nativeGiven[0], family: nativeFamily[0] },
			suffix: wish.suffix ?? null,
			birthDate: `${random.integer(earliest, latest)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
			home,
			mobile: this.phones.mobile(country, home.city),
			privateMail: this.privateMail(given, family, country),
			oldMail: this.privateMail(given, family, country),
			company,
			workMail: company === null ? null : this.workMail(given, family, company.domain),
			jobTitle: company === null ? null : random.pick(JOB_TITLES),
			systems: wish.systems ?? this.systems(),
			special: wish.special ?? {},
		};
	}

	home(country: CountryCode, wantedCity?: string): Home {
		const { random } = this;
		const [city, postal] = CITIES[country].find(([name]) => name === wantedCity) ?? random.pick(CITIES[country]);
		const [street, number] = [random.pick(STREETS[country]), random.integer(1, 180)];
		return {
			country,
			city,
			postalCode: random.fill(postal),
			street: COUNTRIES[country].houseNumberFirst ? `${number} ${street}` : `${street} ${number}`,
			landline: this.phones.landline(country, city),
		};
	}

	/** Draws which systems a person is in; the order is that of SYSTEMS. */
	systems(atLeast = 1): SystemName[] {
		const wanted = Math.max(atLeast, this.random.weighted(RATES.systemsPerPerson));
		const drawn = new Set<SystemName>();
		while (drawn.size < wanted) drawn.add(this.random.weighted(SYSTEMS.map((system) => [system, RATES.systemWeights[system]] as const)));
		return SYSTEMS.filter((system) => drawn.has(system));
	}

	private privateMail(given: string, family: string, country: CountryCode): string {
		const { random } = this;
		const [first, last] = [mailPart(given), mailPart(family)];
		return this.free(() => {
			const number = random.integer(101, 9989);
			const initial = first.slice(0, 1);
			const forms = [`${first}.${last}${number}`, `${initial}.${last}.${number}`, `${last}.${first}${number}`, `${first}${number}.${last}`];
			const local = random.pick(forms);
			return `${local}@${random.pick(COUNTRIES[country].privateMail)}`;
		});
	}

	private workMail(given: string, family: string, domain: string): string {
		let attempt = 0;
		return this.free(() => `${mailPart(given)}.${mailPart(family)}${++attempt === 1 ? '' : attempt}@${domain}`);
	}

	private free(make: () => string): string {
		let mail = make();
		while (this.mails.has(withoutDots(mail))) mail = make();
		this.mails.add(withoutDots(mail));
		return mail;
	}
}

const two = (value: number): string => String(value).padStart(2, '0');
const mailPart = (name: string): string => anyAscii(name).toLowerCase().replace(/[^a-z]/g, '');
/** Gmail delivers to the same person with and without dots, so no two people may differ by them only. */
const withoutDots = (mail: string): string => mail.replace(/\./g, '');
