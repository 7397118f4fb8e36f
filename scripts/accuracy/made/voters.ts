import { Chance } from './chance';
import { Land } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { initial } from './slips';
import { USUAL, Writer } from './written';

export const VOTER_MAP = ['registration_id=id', 'mid_name=middle_name', 'res_street_address=street', 'res_city=city', 'res_zip=postal_code', 'res_state=region'];

const SHARES = [0.45, 0.33, 0.14, 0.06, 0.02];

/** Registers of one state from three years: no email, half without phone; people move, marry and are misspelled; families share a house. */
export function voterLists(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 4);
	const state = new Land('us', chance, { towns: 24 });
	const rates = { couple: 0.3, family: 0.22, twins: 0.012, junior: 0.03, namesake: 0.04, employed: 0, renamed: 0.08, moved: 0.3, middle: 0.75 };
	const { people } = new Population(chance, () => state, Math.round((size * 1.04) / meanCopies(SHARES)), rates);
	const writer = new Writer(chance, { ...USUAL, typo: 0.05, misheard: 0.03, nickname: 0.05, initial: 0, swapped: 0.01, recased: 0, day: 0.04, digit: 0.025, placeholder: 0.004 });
	const made = people.flatMap((person) =>
		Array.from({ length: copies(chance, SHARES) }, (): Made => ({ file: chance.pick(['register_2016', 'register_2020', 'register_2024']), who: person.id, ...voter(person, writer) })),
	);
	const column = 'registration_id';
	return filed(fair(made, chance), chance, {
		register_2016: { column, id: (no) => `16${String(no).padStart(7, '0')}` },
		register_2020: { column, id: (no) => `20${String(no).padStart(7, '0')}` },
		register_2024: { column, id: (no) => `24${String(no).padStart(7, '0')}` },
	});
}

function voter(person: Person, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const family = person.formerFamily !== '' && chance.hit(0.45) ? person.formerFamily : person.family;
	const [first, last] = writer.name(person.given, family, person.alikeAtHome);
	const home = person.formerHome && chance.hit(0.45) ? person.formerHome : person.home;
	const { birth } = person;
	const middle = writer.field(0.2, () => (person.middle === '' ? '' : chance.hit(0.6) ? initial(person.middle).slice(0, 1) : writer.text(person.middle)));
	return {
		row: {
			last_name: last.toUpperCase(),
			first_name: first.toUpperCase(),
			mid_name: middle.toUpperCase(),
			name_suffix: chance.hit(0.75) ? person.suffix.toUpperCase() : '',
			dob: writer.field(0.04, () => {
				facts.push(`birth:${family}:${birth.year}-${birth.month}-${birth.day}`);
				return writer.day(birth, 'us');
			}, ['01/01/1900']),
			sex: chance.hit(0.9) ? (person.female ? 'F' : 'M') : 'U',
			res_street_address: writer.field(0.02, () => {
				facts.push(`home:${home.street}${home.number}`);
				return writer.street(home).toUpperCase();
			}),
			res_city: writer.text(home.city).toUpperCase(),
			res_state: 'OH',
			res_zip: writer.postalCode(home),
			phone: writer.field(0.5, () => {
				const phone = person.landline && chance.hit(0.6) ? person.landline : person.mobile;
				facts.push(`phone:${phone.national}`);
				return writer.phone(phone, 'national');
			}),
		},
		facts,
	};
}
