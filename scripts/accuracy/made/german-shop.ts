import { Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import { Land } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { spelledOut, withoutMarks } from './slips';
import { USUAL, Writer } from './written';

export const GERMAN_SHOP_MAP = [
	'Kundennr=id', 'Vorname=given_name', 'Nachname=family_name', 'Geburtsdatum=birth_date', 'Straße=street', 'PLZ=postal_code', 'Ort=city', 'Telefon=phone',
	'E-Mail=email', 'Land=country', 'Geändert=updated_at',
];

/** Customers of a German shop: umlauts in three spellings, streets abbreviated, households at one address with one phone. */
export function germanShop(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 2);
	const germany = new Land('de', chance, { first: /[äöüß]/ });
	const small = new Land('de', chance, { towns: 6, first: /[äöüß]/ });
	const landOf = () => (chance.hit(0.95) ? germany : small);
	const { people } = new Population(chance, landOf, Math.round((size * 1.06) / meanCopies()), { couple: 0.28, family: 0.16, twins: 0.015, junior: 0.004, moved: 0.15, employed: 0.2 });
	const writer = new Writer(chance, { ...USUAL, marks: 0, typo: 0.05, day: 0.04, digit: 0.03, initial: 0.02 });
	const made = people.flatMap((person) => {
		const title = chance.hit(0.03) ? chance.pick(['Dr.', 'Prof. Dr.', 'Dr. med.']) : '';
		const double = person.female && chance.hit(0.04) ? `${person.family}-${person.land.family().female}` : '';
		return Array.from({ length: copies(chance) }, (): Made => ({ file: 'kunden', who: person.id, ...customer(person, { title, double }, writer) }));
	});
	return filed(fair(made, chance), chance, { kunden: { column: 'Kundennr', id: (no) => `K-${100000 + no}` } });
}

/** ü stays, becomes ue or, in old programs, u. */
function umlauts(text: string, chance: Chance): string {
	const how = chance.weighted({ kept: 68, spelled: 22, bare: 10 });
	if (how === 'kept') return text;
	return how === 'spelled' ? spelledOut(text) : withoutMarks(text);
}

const STREET = ['straße', 'strasse', 'str.', 'str'];

function customer(person: Person, { title, double }: { title: string; double: string }, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const family = person.formerFamily !== '' && chance.hit(0.4) ? person.formerFamily : double !== '' && chance.hit(0.6) ? double : person.family;
	const [first, last] = writer.name(person.given, family, person.alikeAtHome || person.familyMail !== undefined);
	const home = person.formerHome && chance.hit(0.4) ? person.formerHome : person.home;
	const street = writer.text(home.street).replace(/stra(ß|ss)e$|str\.$/i, (found) => {
		const form = chance.pick(STREET);
		return found.startsWith('S') ? `S${form.slice(1)}` : form;
	});
	return {
		row: {
			Anrede: chance.hit(0.15) ? '' : person.female ? 'Frau' : 'Herr',
			Vorname: umlauts(title !== '' && chance.hit(0.5) ? `${title} ${first}` : first, chance),
			Nachname: umlauts(person.suffix !== '' && chance.hit(0.6) ? `${last} ${person.suffix === 'Jr' ? 'jun.' : 'sen.'}` : last, chance),
			Geburtsdatum: writer.field(0.35, () => {
				facts.push(`birth:${family}${person.birth.year}-${person.birth.month}-${person.birth.day}`);
				return writer.day(person.birth, 'dotted');
			}, ['01.01.1900', '01.01.1970']),
			Straße: writer.field(0.02, () => {
				facts.push(`home:${home.street}${home.number}`);
				return umlauts(`${street} ${home.number.replace(/(\d)([a-c])$/, (all, digits: string, letter: string) => (chance.hit(0.5) ? `${digits} ${letter}` : all))}`, chance);
			}),
			PLZ: writer.postalCode(home),
			Ort: umlauts(writer.text(home.city), chance),
			Telefon: writer.field(0.4, () => {
				const phone = person.landline && chance.hit(0.45) ? person.landline : person.formerMobile && chance.hit(0.3) ? person.formerMobile : person.mobile;
				facts.push(`phone:${phone.national}`);
				const written = writer.phone(phone);
				return chance.hit(0.2) ? written.replace(/^(0\d{2,3}) ?-?/, '$1/') : written;
			}, PLACEHOLDERS.phone),
			'E-Mail': writer.field(0.12, () => {
				const mail = person.familyMail && chance.hit(0.55) ? person.familyMail : person.formerMail && chance.hit(0.35) ? person.formerMail : person.mail;
				facts.push(`mail:${mail}`);
				return writer.mail(mail);
			}, PLACEHOLDERS.email),
			Land: writer.field(0.1, () => chance.pick(['DE', 'Deutschland', 'D'])),
			Geändert: `${chance.int(2018, 2025)}-${String(chance.int(1, 12)).padStart(2, '0')}-${String(chance.int(1, 28)).padStart(2, '0')}`,
		},
		facts,
	};
}
