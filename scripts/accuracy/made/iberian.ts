import { Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import { Land } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { USUAL, Writer } from './written';

export const IBERIAN_MAP = [
	'id_cliente=id', 'nombre=given_name', 'apellidos=family_name', 'correo=email', 'telefono=phone', 'fecha_nacimiento=birth_date', 'direccion=street',
	'ciudad=city', 'codigo_postal=postal_code', 'pais=country',
];

/** The whole of a name; what is written of it differs from form to form. */
interface LongName {
	given: string[];
	surnames: string[];
}

/** People of Spain and Brazil: two given names, two surnames, particles and accents, of which often only a part is written. */
export function iberianPeople(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 3);
	const spain = new Land('es', chance);
	const brazil = new Land('br', chance);
	const { people } = new Population(chance, () => (chance.hit(0.6) ? spain : brazil), Math.round((size * 1.06) / meanCopies()), { namesake: 0.02, renamed: 0.01, junior: 0.006 });
	const writer = new Writer(chance, { ...USUAL, marks: 0.3, nickname: 0.08, initial: 0.02, swapped: 0.01, day: 0.035 });
	const made = people.flatMap((person) => {
		const name = longName(person, chance);
		return Array.from({ length: copies(chance) }, (): Made => ({ file: chance.hit(0.5) ? 'tienda' : 'clientes', who: person.id, ...client(person, name, writer) }));
	});
	return filed(fair(made, chance), chance, {
		clientes: { column: 'id_cliente', id: (no) => `C${String(no).padStart(5, '0')}` },
		tienda: { column: 'id_cliente', id: (no) => `T${String(no).padStart(5, '0')}` },
	});
}

function longName({ land, female, given, family }: Person, chance: Chance): LongName {
	const second = land.family()[female ? 'female' : 'male'];
	const spanish = land.code === 'es';
	const particle = spanish ? chance.weighted({ '': 92, de: 4, 'de la': 3, del: 1 }) : (PARTICLES[second] ?? '');
	const names = [given];
	if (chance.hit(0.35)) {
		const more = spanish && chance.hit(0.4) ? (female ? 'María' : 'José') : land.given(female);
		if (more !== given) names.push(more);
	}
	const [first, last] = particle === '' ? [family, second] : [family, `${particle} ${second}`];
	return { given: chance.hit(0.3) && names.length > 1 ? names.reverse() : names, surnames: chance.hit(spanish ? 0.97 : 0.8) ? [first, last] : [family] };
}

/** Which name takes which, for most who have it. */
const PARTICLES: Readonly<Record<string, string>> = { Silva: 'da', Santos: 'dos', Souza: 'de', Costa: 'da', Oliveira: 'de', Nascimento: 'do', Reis: 'dos', Rocha: 'da', Almeida: 'de', Cunha: 'da', Neves: 'das' };

/** What somebody writes of it: Spaniards drop the second surname, Brazilians the first. */
function shortName({ given, surnames }: LongName, spanish: boolean, chance: Chance): [string, string] {
	const firsts = given.length > 1 && chance.hit(0.35) ? given.slice(0, 1) : given;
	let first = firsts.map((name) => (name === 'María' && firsts.length > 1 && chance.hit(0.35) ? chance.pick(['Mª', 'M.', 'Ma.']) : name)).join(' ');
	if (firsts.length > 1 && chance.hit(0.05)) first = first.replace(' ', '-');
	let lasts = surnames;
	if (surnames.length > 1 && chance.hit(0.3)) lasts = spanish ? surnames.slice(0, 1) : surnames.slice(-1);
	let last = lasts.join(lasts.length > 1 && chance.hit(0.06) ? '-' : ' ');
	if (chance.hit(0.2)) last = last.replace(/(^| )(?:de la|del|de|das|da|dos|do) /, '$1');
	return [first, last];
}

function client(person: Person, name: LongName, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const spanish = person.land.code === 'es';
	const [given, family] = shortName(name, spanish, chance);
	const [first, last] = writer.name(given, family, person.alikeAtHome || person.familyMail !== undefined);
	const home = person.formerHome && chance.hit(0.4) ? person.formerHome : person.home;
	const { birth } = person;
	return {
		row: {
			nombre: first,
			apellidos: last,
			correo: writer.field(0.25, () => {
				const mail = person.familyMail && chance.hit(0.5) ? person.familyMail : person.formerMail && chance.hit(0.4) ? person.formerMail : person.mail;
				facts.push(`mail:${mail}`);
				return writer.mail(mail);
			}, PLACEHOLDERS.email),
			telefono: writer.field(0.3, () => {
				const phone = person.landline && chance.hit(0.3) ? person.landline : person.formerMobile && chance.hit(0.3) ? person.formerMobile : person.mobile;
				facts.push(`phone:${phone.national}`);
				return writer.phone(phone);
			}, PLACEHOLDERS.phone),
			fecha_nacimiento: writer.field(0.3, () => {
				facts.push(`birth:${birth.year}-${birth.month}-${birth.day}`);
				return writer.day(birth, 'slashed');
			}, ['01/01/1900']),
			direccion: writer.field(0.2, () => {
				facts.push(`home:${home.street}${home.number}`);
				return writer.street(home);
			}),
			ciudad: writer.field(0.1, () => writer.text(home.city)),
			codigo_postal: writer.field(0.2, () => writer.postalCode(home)),
			pais: chance.pick(person.land.facts.countryNames),
		},
		facts,
	};
}
