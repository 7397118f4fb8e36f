import { at, Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import type { Form } from './data/scripts.data';
import type { LandCode } from './data/lands.data';
import { Land } from './land';
import { type WorldName, WorldNames } from './names-of-the-world';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { USUAL, Writer } from './written';

const LANDS_OF: Partial<Record<LandCode, number>> = { cn: 16, jp: 12, kr: 12, vn: 14, tr: 14, pl: 12, sa: 10, ru: 10 };
const LATIN = new Set<LandCode>(['vn', 'tr', 'pl']);

/** A web shop's customers and an app's users from East Asia, Turkey, Poland, Arabia and Russia: few surnames, two orders, several spellings, native scripts. */
export function worldPeople(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 5);
	const lands = new Map<LandCode, Land>();
	const landOf = () => {
		const code = chance.weighted(LANDS_OF);
		const land = lands.get(code) ?? new Land(code, chance, { towns: 20 });
		lands.set(code, land);
		return land;
	};
	const population = new Population(chance, landOf, Math.round((size * 1.07) / meanCopies()), { employed: 0, namesake: 0.02, renamed: 0.01, junior: 0, familyMail: 0.1 });
	const writer = new Writer(chance, { ...USUAL, typo: 0.03, misheard: 0, marks: 0, nickname: 0, initial: 0.015, swapped: 0 });
	const names = new WorldNames(chance);
	const boxes = new Map<string, string>();
	const made = population.people.flatMap((person) => {
		const name = names.of(person);
		const own = () => population.mailOf(at(name.given.latin, 0), at(name.family.latin, 0), person.birth, person.land);
		person.mail = own();
		if (person.formerMail !== undefined) person.formerMail = own();
		if (person.familyMail !== undefined) {
			const shared = boxes.get(person.familyMail) ?? own();
			boxes.set(person.familyMail, shared);
			person.familyMail = shared;
		}
		return Array.from({ length: copies(chance) }, (): Made => {
			const file = chance.hit(0.5) ? 'app_users' : 'orders';
			return { file, who: person.id, ...(file === 'orders' ? order(person, name, writer) : user(person, name, writer)) };
		});
	});
	return filed(fair(made, chance), chance, { app_users: { column: 'user_id', id: (no) => `u${no}` }, orders: { column: 'customer_id', id: (no) => String(70000 + no) } });
}

function spelled({ native, latin }: Form, code: LandCode, chance: Chance): string {
	if (LATIN.has(code)) return chance.hit(0.55) ? native : at(latin, 0);
	// Most stay with the spelling of their passport.
	return chance.hit(0.88) ? at(latin, 0) : chance.pick(latin);
}

function order(person: Person, { given, family }: WorldName, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const { code } = person.land;
	const native = !LATIN.has(code) && chance.hit(0.3);
	const firsts = code === 'vn' && chance.hit(0.35) ? { native: lastWord(given.native), latin: given.latin.map(lastWord) } : given;
	const [first, last] = native ? [given.native, family.native] : writer.name(spelled(firsts, code, chance), spelled(family, code, chance));
	const swapped = chance.hit(code === 'tr' || code === 'pl' || code === 'sa' ? 0.02 : 0.08);
	const home = person.formerHome && chance.hit(0.4) ? person.formerHome : person.home;
	return {
		row: {
			first_name: swapped ? last : first,
			last_name: swapped ? first : last,
			email: contact(person, writer, facts, 0.15),
			phone: phone(person, writer, facts, 0.3),
			birth_date: writer.field(0.45, () => {
				facts.push(`birth:${person.birth.year}-${person.birth.month}-${person.birth.day}`);
				return writer.day(person.birth, 'iso');
			}, PLACEHOLDERS.birth),
			address1: writer.field(0.25, () => {
				facts.push(`home:${home.street}${home.number}`);
				return writer.street(home);
			}),
			city: writer.field(0.15, () => home.city),
			postcode: writer.field(0.25, () => writer.postalCode(home)),
			country: chance.pick(person.land.facts.countryNames),
		},
		facts,
	};
}

function user(person: Person, { given, family, joined }: WorldName, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const { code } = person.land;
	const familyFirst = chance.hit(code === 'vn' ? 0.6 : joined ? 0.45 : 0.08);
	const native = !LATIN.has(code) && chance.hit(0.5);
	const [first, last] = native ? [given.native, family.native] : [writer.text(spelled(given, code, chance)), writer.text(spelled(family, code, chance))];
	const name = native && joined ? last + first : familyFirst ? `${last} ${first}` : `${first} ${last}`;
	return {
		row: {
			display_name: chance.hit(0.03) && !native ? name.toUpperCase() : name,
			email: contact(person, writer, facts, 0.06),
			phone: phone(person, writer, facts, 0.5),
			country: person.land.facts.country,
		},
		facts,
	};
}

function contact(person: Person, writer: Writer, facts: string[], missing: number): string {
	const { chance } = writer;
	return writer.field(missing, () => {
		const mail = person.familyMail && chance.hit(0.5) ? person.familyMail : person.formerMail && chance.hit(0.4) ? person.formerMail : person.mail;
		facts.push(`mail:${mail}`);
		return writer.mail(mail);
	}, PLACEHOLDERS.email);
}

function phone(person: Person, writer: Writer, facts: string[], missing: number): string {
	const { chance } = writer;
	return writer.field(missing, () => {
		const number = person.landline && chance.hit(0.2) ? person.landline : person.formerMobile && chance.hit(0.3) ? person.formerMobile : person.mobile;
		facts.push(`phone:${number.national}`);
		return writer.phone(number);
	}, PLACEHOLDERS.phone);
}

const lastWord = (name: string): string => name.split(' ').at(-1) ?? name;
