import { Chance } from './chance';
import { Land } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { USUAL, Writer } from './written';

const SHARES = [0.5, 0.27, 0.13, 0.07, 0.03];

/** Patients as scanned and dictated: letters taken for others, spelled by ear, dates and codes with wrong digits. */
export function clinicPatients(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 7);
	const lands = { gb: new Land('gb', chance, { towns: 15 }), de: new Land('de', chance, { towns: 4 }), pl: new Land('pl', chance, { towns: 4 }) };
	const { gb } = lands;
	// Immigrants live here, but have the names of where they come from.
	const names = () => lands[chance.weighted({ gb: 86, de: 6, pl: 8 })];
	const population = new Population(chance, () => gb, Math.round((size * 1.03) / meanCopies(SHARES)), { couple: 0.22, family: 0.2, twins: 0.02, junior: 0.004, employed: 0, moved: 0.15 });
	for (const person of population.people) {
		const origin = names();
		if (origin === gb || person.alikeAtHome || person.familyMail !== undefined) continue;
		person.given = origin.given(person.female);
		person.family = origin.family()[person.female ? 'female' : 'male'];
	}
	const writer = new Writer(chance, {
		...USUAL, typo: 0.07, misread: 0.07, misheard: 0.08, marks: 0.5, nickname: 0.04, initial: 0.02, swapped: 0.03, recased: 0.06, day: 0.08, digit: 0.07, placeholder: 0.01,
	});
	const made = population.people.flatMap((person) =>
		Array.from({ length: copies(chance, SHARES) }, (): Made => ({ file: 'patients', who: person.id, ...patient(person, writer) })),
	);
	return filed(fair(made, chance), chance, { patients: { column: 'Patient ID', id: (no) => String(4000000 + no) } });
}

function patient(person: Person, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const family = person.formerFamily !== '' && chance.hit(0.4) ? person.formerFamily : person.family;
	const [first, last] = writer.name(person.given, family, person.alikeAtHome);
	const home = person.formerHome && chance.hit(0.4) ? person.formerHome : person.home;
	const { birth } = person;
	return {
		row: {
			Surname: last,
			Forename: first,
			Sex: chance.hit(0.94) ? (person.female ? 'F' : 'M') : '',
			DOB: writer.field(0.03, () => {
				facts.push(`birth:${family}:${birth.year}-${birth.month}-${birth.day}`);
				return writer.day(birth, 'slashed');
			}, ['01/01/1900']),
			Address: writer.field(0.08, () => {
				facts.push(`home:${home.street}${home.number}`);
				return writer.street(home);
			}),
			Town: writer.field(0.1, () => writer.text(home.city)),
			Postcode: writer.field(0.06, () => writer.postalCode(home)),
			Country: 'GB',
			Telephone: writer.field(0.25, () => {
				const phone = person.landline && chance.hit(0.5) ? person.landline : person.mobile;
				facts.push(`phone:${phone.national}`);
				return writer.phone(phone, 'national');
			}),
		},
		facts,
	};
}
