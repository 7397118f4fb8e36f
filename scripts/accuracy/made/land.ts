import { allFakers, type Faker } from '@faker-js/faker';
import type { Chance } from './chance';
import { BRAZIL } from './data/brazil.data';
import { type LandCode, type LandFacts, LANDS } from './data/lands.data';
import { NICKNAMES } from './data/words.data';
import { withoutMarks } from './slips';

export interface Address {
	street: string;
	number: string;
	/** Flat or suite; empty for most. */
	unit: string;
	city: string;
	postalCode: string;
	/** State or province, where there is one. */
	region: string;
	land: Land;
}

/** A number without trunk and country. */
export interface Phone {
	land: Land;
	national: string;
}

interface Town {
	name: string;
	postalCodes: readonly string[];
	region: string;
}

const US_STATES = ['CA', 'TX', 'FL', 'NY', 'PA', 'IL', 'OH', 'GA', 'NC', 'MI', 'NJ', 'VA', 'WA', 'AZ', 'MA', 'TN', 'IN', 'MO', 'MD', 'WI'];

/** Names, places and numbers of one country; the same few are common throughout. */
export class Land {
	readonly facts: LandFacts;
	private readonly women: readonly string[];
	private readonly men: readonly string[];
	private readonly families: readonly { female: string; male: string }[];
	private readonly towns: readonly Town[];
	private readonly streets: readonly string[];
	private readonly faker: Faker;

	/** @param first family names that are to be among the common ones */
	constructor(readonly code: LandCode, private readonly chance: Chance, { towns = 40, first: preferred }: { towns?: number; first?: RegExp } = {}) {
		this.facts = LANDS[code];
		const faker = (allFakers as Readonly<Record<string, Faker | undefined>>)[this.facts.locale];
		if (!faker) throw new Error(`faker has no locale ${this.facts.locale}`);
		this.faker = faker;
		faker.seed(chance.seed());
		const { first_name: first, last_name: last } = faker.rawDefinitions.person ?? {};
		const known = (names: readonly string[] | undefined) => {
			const single = [...new Set(names)].filter((name) => !/\s/.test(name));
			const all = chance.shuffled(single.length > 0 ? single : [...new Set([...(names ?? []), ...(first?.generic ?? [])])]);
			return [...all.filter((name) => name in NICKNAMES), ...all.filter((name) => !(name in NICKNAMES))];
		};
		const more = code === 'br' ? BRAZIL : undefined;
		this.women = [...new Set([...(more?.women.split(' ') ?? []), ...known(first?.female)])];
		this.men = [...new Set([...(more?.men.split(' ') ?? []), ...known(first?.male)])];
		const families = more ? more.families.split(' ').map((name) => ({ female: name, male: name })) : familiesOf(last ?? {}, chance);
		const isPreferred = ({ male }: { male: string }) => preferred?.test(male) === true && chance.hit(0.5);
		const early = new Set(families.filter(isPreferred));
		this.families = [...early, ...families.filter((family) => !early.has(family))];
		this.towns = Array.from({ length: towns }, () => ({
			name: faker.location.city(),
			postalCodes: Array.from({ length: chance.int(1, 6) }, () => faker.location.zipCode(code === 'us' ? '#####' : undefined)),
			region: code === 'us' ? chance.skewed(US_STATES, 8) : '',
		}));
		this.streets = Array.from({ length: 240 }, () => faker.location.street());
	}

	given(female: boolean): string {
		return this.chance.skewed(female ? this.women : this.men, 40);
	}

	/** A family's name in both its forms, which differ in some languages. */
	family(): { female: string; male: string } {
		return this.chance.skewed(this.families, 40);
	}

	/** One of the names that so many have that strangers of one name live in every town. */
	isCommon(family: string): boolean {
		return this.families.slice(0, Math.max(12, this.families.length / 12)).some(({ male, female }) => male === family || female === family);
	}

	address(town: Town = this.town()): Address {
		const { chance } = this;
		const number = String(chance.hit(0.7) ? chance.int(1, 120) : chance.int(121, 9800)) + (chance.hit(0.06) ? chance.pick(['a', 'b', 'c']) : '');
		const unit = chance.hit(0.12) ? String(chance.int(1, 60)) : '';
		return { street: chance.skewed(this.streets, 10), number, unit, city: town.name, postalCode: chance.pick(town.postalCodes), region: town.region, land: this };
	}

	town(): Town {
		return this.chance.skewed(this.towns, 12);
	}

	/** Another home, in the same town when `near`. */
	moved(from: Address, near: boolean): Address {
		const town = near ? this.towns.find(({ name }) => name === from.city) : undefined;
		return this.address(town ?? this.town());
	}

	mobile(): Phone {
		return { land: this, national: this.chance.digits(this.chance.pick(this.facts.mobiles)) };
	}

	landline(): Phone {
		return { land: this, national: this.chance.digits(this.chance.pick(this.facts.landlines)) };
	}

	companyName(): string {
		return this.faker.company.name();
	}
}

function familiesOf(last: { generic?: readonly string[]; female?: readonly string[]; male?: readonly string[] }, chance: Chance): { female: string; male: string }[] {
	if (last.generic && last.generic.length > 0) return chance.shuffled([...new Set(last.generic)]).map((name) => ({ female: name, male: name }));
	const women = new Set(last.female);
	const pairs = [...new Set(last.male)].map((male) => {
		const female = [`${male}а`, male.replace(/ий$/, 'ая')].find((form) => form !== male && women.has(form));
		return { male, female: female ?? male };
	});
	return chance.shuffled(pairs);
}

/** Letters, digits and dots only, for an email address or a web domain. */
export function plainWord(text: string): string {
	return withoutMarks(text).toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** Forms in which people and programs write a number. */
export function writtenPhone({ land, national }: Phone, chance: Chance, style: 'e164' | 'national' | 'any' = 'any'): string {
	const { dialling, trunk, country } = land.facts;
	const compact = `+${dialling}${national}`;
	if (style === 'e164' || (style === 'any' && chance.hit(0.35))) return compact;
	if (country === 'US') {
		const [area, middle, end] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
		return chance.pick([`(${area}) ${middle}-${end}`, `${area}-${middle}-${end}`, national, `${area}.${middle}.${end}`, `1-${area}-${middle}-${end}`]);
	}
	const grouped = national.match(/\d{1,3}(?=(?:\d{2,3})*$)(?=\d{2}|$)|\d+/g) ?? [];
	const sign = chance.pick([' ', ' ', '-', '']);
	if (style === 'any' && chance.hit(0.4)) return chance.pick([`+${dialling} ${grouped.join(' ')}`, `00${dialling}${national}`, `+${dialling}-${grouped.join('-')}`]);
	return `${trunk}${grouped.join(sign)}`;
}
