import { type Chance } from './chance';
import { ROLES } from './data/words.data';
import { type Address, type Land, type Phone, plainWord } from './land';
import type { Day } from './slips';

export interface Employer {
	name: string;
	domain: string;
	switchboard: Phone;
	role: string;
	address: Address;
	/** How the firm forms its addresses. */
	pattern: MailPattern;
}

export interface Person {
	id: string;
	land: Land;
	female: boolean;
	given: string;
	middle: string;
	family: string;
	/** The name before a change. */
	formerFamily: string;
	/** Jr, Sr. */
	suffix: string;
	birth: Day;
	home: Address;
	formerHome?: Address;
	mobile: Phone;
	/** The number before a change. */
	formerMobile?: Phone;
	landline?: Phone;
	mail: string;
	formerMail?: string;
	/** Shared by the household. */
	familyMail?: string;
	work?: { employer: Employer; mail: string; direct?: Phone };
	/** Has the name of somebody else of the same town or firm. */
	namesake: boolean;
	/** Lives with somebody of the same name or initial, or the same birth date. */
	alikeAtHome: boolean;
}

type MailPattern = 'first.last' | 'flast' | 'firstlast' | 'first_last' | 'lastf' | 'first' | 'nick';

export interface PopulationRates {
	couple: number;
	family: number;
	twins: number;
	junior: number;
	namesake: number;
	employed: number;
	renamed: number;
	moved: number;
	familyMail: number;
	middle: number;
}

const USUAL: PopulationRates = { couple: 0.2, family: 0.12, twins: 0.012, junior: 0.015, namesake: 0.04, employed: 0.55, renamed: 0.07, moved: 0.12, familyMail: 0.2, middle: 0 };

/** The people of one data set: households, firms, and who has whose name. */
export class Population {
	readonly people: Person[] = [];
	readonly employers = new Map<Land, Employer[]>();
	private readonly rates: PopulationRates;
	private readonly taken = new Set<string>();

	constructor(private readonly chance: Chance, private readonly landOf: () => Land, count: number, rates: Partial<PopulationRates> = {}) {
		this.rates = { ...USUAL, ...rates };
		while (this.people.length < count) this.household(count);
		this.people.length = count;
		this.people.forEach((person, index) => {
			person.id = `p${index + 1}`;
		});
	}

	private household(count: number): void {
		const { chance, rates } = this;
		const land = this.landOf();
		const home = land.address();
		const landline = chance.hit(0.6) ? land.landline() : undefined;
		const family = land.family();
		const names = new Set<string>();
		const one = (female: boolean, birth: Day, more: Partial<Person> = {}) => {
			let person = this.person({ land, female, birth, home, landline, family: female ? family.female : family.male, ...more }, count);
			// Nobody gives two children, or a child and a mother, one name; father and son are another matter.
			for (let again = 0; names.has(person.given) && person.suffix === '' && again < 20; again++) {
				person = this.person({ land, female, birth, home, landline, family: female ? family.female : family.male, ...more }, count);
			}
			names.add(person.given);
			this.people.push(person);
			return person;
		};
		const parent = () => this.birth(1945, 1985);
		const { couple, family: withChildren, twins, junior } = rates;
		switch (chance.weighted({ couple, withChildren, twins, junior, alone: 1 - couple - withChildren - twins - junior })) {
			case 'alone':
				one(chance.hit(0.5), this.birth(1940, 2006));
				return;
			case 'couple':
				this.couple(one, parent());
				return;
			case 'withChildren': {
				const [wife] = this.couple(one, parent());
				const children = chance.int(1, 3);
				for (let child = 0; child < children; child++) {
					const year = wife.birth.year + chance.int(20, 38);
					const son = one(chance.hit(0.5), this.birth(Math.min(year, 2010), Math.min(year, 2010)));
					if (wife.familyMail && year > 2000 && chance.hit(0.4)) son.familyMail = wife.familyMail;
				}
				return;
			}
			case 'twins': {
				const first = one(chance.hit(0.5), this.birth(1970, 2006));
				const second = one(chance.hit(0.5), first.birth);
				first.alikeAtHome = second.alikeAtHome = true;
				return;
			}
			case 'junior': {
				const father = one(false, this.birth(1945, 1970), { suffix: 'Sr' });
				const year = father.birth.year + chance.int(21, 36);
				const son = one(false, this.birth(year, year), { suffix: 'Jr', given: father.given });
				father.alikeAtHome = son.alikeAtHome = true;
			}
		}
	}

	private couple(one: (female: boolean, birth: Day, more?: Partial<Person>) => Person, birth: Day): [Person, Person] {
		const { chance, rates } = this;
		const wife = one(true, birth);
		const marries = chance.hit(wife.land.facts.marriedName);
		const husband = one(false, this.birth(birth.year - 6, birth.year + 4), marries ? {} : { family: wife.land.family().male });
		if (marries && chance.hit(rates.renamed * 4)) this.rename(wife);
		if (chance.hit(rates.familyMail)) {
			const shared = this.freeMail(chance.hit(0.5) ? `fam.${plainWord(wife.family)}` : `${plainWord(husband.given)}${plainWord(wife.given)}`, wife.land);
			wife.familyMail = husband.familyMail = shared;
		}
		return [wife, husband];
	}

	/** Had another name before; her old mailbox and old records show it. */
	private rename(person: Person): void {
		const { chance } = this;
		person.formerFamily = person.land.family().female;
		const kept = chance.hit(0.5);
		const old = this.mailOf(person.given, person.formerFamily, person.birth, person.land);
		if (kept) person.mail = old;
		else person.formerMail = old;
	}

	private person(facts: Partial<Person> & Pick<Person, 'land' | 'female' | 'birth' | 'home'>, count: number): Person {
		const { chance, rates } = this;
		const { land, female, birth } = facts;
		let given = facts.given ?? land.given(female);
		let family = facts.family ?? land.family().male;
		let { home } = facts;
		const pattern = facts.suffix === undefined && chance.hit(rates.namesake) && this.people.length > count / 20 ? this.common(land, female) : undefined;
		const namesake = pattern !== undefined;
		if (namesake) {
			given = pattern.given;
			family = pattern.family;
			home = land.moved(pattern.home, chance.hit(0.6));
			pattern.namesake = true;
		}
		const person: Person = {
			id: '', middle: chance.hit(rates.middle) ? land.given(female) : '', formerFamily: '', suffix: '', mobile: land.mobile(), alikeAtHome: false,
			...facts, mail: this.mailOf(given, family, birth, land), given, family, home, namesake,
		};
		if (namesake) person.landline = undefined;
		if (chance.hit(rates.renamed * 0.35) && female) this.rename(person);
		if (chance.hit(rates.moved)) person.formerHome = land.moved(home, chance.hit(0.5));
		if (chance.hit(0.12)) person.formerMobile = land.mobile();
		if (chance.hit(0.12)) person.formerMail ??= this.mailOf(given, family, birth, land);
		if (birth.year < 2004 && chance.hit(rates.employed)) {
			const employer = namesake && pattern.work && chance.hit(0.4) ? pattern.work.employer : this.employer(land, count);
			const local = mailLocal(person.given, person.family, employer.pattern);
			person.work = { employer, mail: this.free(local, employer.domain), direct: chance.hit(0.3) ? land.landline() : undefined };
		}
		return person;
	}

	/** Somebody whose name many have. */
	private common(land: Land, female: boolean): Person | undefined {
		for (let again = 0; again < 60; again++) {
			const person = this.chance.pick(this.people);
			if (person.land === land && person.female === female && land.isCommon(person.family)) return person;
		}
		return undefined;
	}

	private birth(from: number, to: number): Day {
		return { year: this.chance.int(from, to), month: this.chance.int(1, 12), day: this.chance.int(1, 28) };
	}

	private employer(land: Land, count: number): Employer {
		const { chance } = this;
		const all = this.employers.get(land) ?? [];
		this.employers.set(land, all);
		if (all.length > 0 && (chance.hit(0.75) || all.length > count / 6)) return chance.skewed(all, 10);
		const name = land.companyName();
		const word = plainWord(name).slice(0, 18) || `firm${all.length}`;
		const ending = land.facts.country === 'US' ? 'com' : land.facts.country === 'GB' ? 'co.uk' : land.facts.country.toLowerCase();
		const domain = this.freeName(`${word}.${ending}`, (again) => `${word}${again}.${ending}`);
		const pattern = chance.weighted<MailPattern>({ 'first.last': 5, flast: 3, first: 1, firstlast: 1 });
		const employer = { name, domain, switchboard: land.landline(), role: `${chance.pick(ROLES)}@${domain}`, address: land.address(), pattern };
		all.push(employer);
		return employer;
	}

	/** A private mailbox, as people choose its name. */
	mailOf(given: string, family: string, birth: Day, land: Land): string {
		const { chance } = this;
		const pattern = chance.weighted<MailPattern>({ 'first.last': 5, flast: 2, firstlast: 3, first_last: 1, lastf: 1, nick: 2 });
		const plain = mailLocal(given, family, pattern);
		const ending = chance.hit(0.45) ? chance.pick([String(birth.year), String(birth.year % 100).padStart(2, '0'), String(chance.int(1, 999))]) : '';
		return this.freeMail(pattern === 'nick' ? `${plain}${chance.pick(['', '_', '.'])}${chance.int(1, 9999)}` : plain + ending, land);
	}

	private freeMail(local: string, land: Land): string {
		return this.free(local.length < 2 ? `user${this.chance.int(1000, 99999)}` : local, this.chance.pick(land.facts.mailDomains));
	}

	private free(local: string, domain: string): string {
		return this.freeName(`${local}@${domain}`, (again) => `${local}${again}@${domain}`);
	}

	private freeName(wanted: string, next: (again: number) => string): string {
		let name = wanted;
		for (let again = 2; this.taken.has(mailbox(name)); again++) name = next(again + this.chance.int(0, 60));
		this.taken.add(mailbox(name));
		return name;
	}
}

/** For some providers a mailbox is the same with and without dots. */
function mailbox(name: string): string {
	const [local = '', domain] = name.split('@');
	return domain === 'gmail.com' ? `${local.replaceAll('.', '')}@${domain}` : name;
}

function mailLocal(givenName: string, familyName: string, pattern: MailPattern): string {
	const [given, family] = [plainWord(givenName), plainWord(familyName)];
	if (given === '' || family === '') return given + family;
	switch (pattern) {
		case 'first.last':
			return `${given}.${family}`;
		case 'flast':
			return `${given.slice(0, 1)}${family}`;
		case 'firstlast':
			return given + family;
		case 'first_last':
			return `${given}_${family}`;
		case 'lastf':
			return `${family}${given.slice(0, 1)}`;
		case 'first':
			return given;
		case 'nick':
			return given.slice(0, 4);
	}
}
