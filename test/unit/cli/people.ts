import { seededRandom } from '../../../lib/match/random';

/** One row of a made-up address book. */
export interface MadePerson {
	id: string;
	first_name: string;
	last_name: string;
	email: string;
	birth_date: string;
	street: string;
}

/**
 * So many rows, a third of them copies of an earlier one with a slip: another spelling of the family name, no email, or a house number that differs.
 * The same seed gives the same rows.
 */
export function madePeople(count: number, seed = 5): MadePerson[] {
	const random = seededRandom(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const syllables = ['ka', 'ro', 'mi', 'tel', 'va', 'son', 'bri', 'lud', 'fen', 'gar', 'os', 'pel'];
	const word = () => {
		const text = pick(syllables) + pick(syllables) + pick(syllables);
		return text.charAt(0).toUpperCase() + text.slice(1);
	};
	const givens = Array.from({ length: 40 }, word);
	const people: MadePerson[] = [];
	for (let index = 0; index < count; index += 1) {
		const original = index % 3 === 2 ? people[index - 2] : undefined;
		if (original) {
			const slip = [{ last_name: `${original.last_name}e` }, { email: '' }, { street: `9${original.street}`, email: '' }][Math.floor(index / 3) % 3];
			people.push({ ...original, ...slip, id: String(index + 1) });
			continue;
		}
		const [given, family] = [pick(givens), word()];
		const born = `${1940 + Math.floor(random() * 60)}-0${1 + Math.floor(random() * 9)}-${10 + Math.floor(random() * 18)}`;
		const email = `${given}.${family}${index}@acorn-mail.com`.toLowerCase();
		people.push({ id: String(index + 1), first_name: given, last_name: family, email, birth_date: born, street: `${1 + Math.floor(random() * 90)} ${word()} Street` });
	}
	return people;
}
