import { at, type Chance } from './chance';
import { ARABIC, CHINESE, CYRILLIC, type Form, JAPANESE, KOREAN, RUSSIAN_GIVEN } from './data/scripts.data';
import type { Address } from './land';
import type { Person } from './people';
import { withoutMarks } from './slips';

/** A name in its script and in Latin letters. */
export interface WorldName {
	given: Form;
	family: Form;
	/** Native scripts of East Asia: the family first and no space. */
	joined: boolean;
}

/** Gives people the names of their country with all their spellings; who has one name keeps one name. */
export class WorldNames {
	private readonly seen = new Map<string, Form>();
	private readonly houses = new Map<Address, Set<string>>();
	private readonly families = new Map<string, Form>();

	constructor(private readonly chance: Chance) {}

	of(person: Person): WorldName {
		const name = this.inScript(person);
		const own = ({ native, latin }: Form): Form => {
			if (native === latin.at(-1)) return { native, latin };
			const chosen = this.chance.hit(0.6) ? at(latin, 0) : this.chance.pick(latin);
			return { native, latin: [chosen, ...latin.filter((spelling) => spelling !== chosen)] };
		};
		return { ...name, given: own(name.given), family: this.familySpelling(person, own(name.family)) };
	}

	/** A family spells its name in one way. */
	private familySpelling({ home, family }: Person, form: Form): Form {
		const key = `${family} ${home.street} ${home.number} ${home.postalCode}`;
		const spelled = this.families.get(key) ?? form;
		this.families.set(key, spelled);
		return spelled;
	}

	private inScript({ land, female, given: wanted, family, home, suffix }: Person): WorldName {
		const { chance } = this;
		const sex = female ? 'women' : 'men';
		const house = this.houses.get(home) ?? new Set<string>();
		this.houses.set(home, house);
		let given = wanted;
		// Two names of faker may become one here; in one house they must not.
		const distinct = (make: (given: string) => Form) => {
			let form = make(given);
			for (let again = 0; house.has(form.native) && suffix === '' && again < 20; again++) {
				given = `${wanted} ${again}`;
				form = make(given);
			}
			house.add(form.native);
			return form;
		};
		const once = (name: string, make: () => Form) => {
			const key = `${land.code} ${name}`;
			const form = this.seen.get(key) ?? make();
			this.seen.set(key, form);
			return form;
		};
		const chosen = (lists: typeof JAPANESE, joined: boolean) => ({
			given: distinct((one) => once(`given ${sex} ${one}`, () => chance.skewed(lists[sex], 8))),
			family: once(`family ${family}`, () => chance.skewed(lists.families, 12)),
			joined,
		});
		const composed = (lists: typeof JAPANESE) => ({
			given: distinct((one) => once(`given ${sex} ${one}`, () => (chance.hit(0.12) ? chance.pick(lists[sex]) : this.syllables(lists[sex])))),
			family: once(`family ${family}`, () => chance.skewed(lists.families, 12)),
			joined: true,
		});
		switch (land.code) {
			case 'cn':
				return composed(CHINESE);
			case 'kr':
				return composed(KOREAN);
			case 'jp':
				return chosen(JAPANESE, true);
			case 'sa':
				return chosen(ARABIC, false);
			case 'ru':
				return { given: distinct((one) => once(`given ${sex} ${one}`, () => chance.skewed(RUSSIAN_GIVEN[sex], 8))), family: once(`family ${family}`, () => this.cyrillic(family)), joined: false };
			case 'vn': {
				const middle = given.includes(' ') && chance.hit(0.7) ? '' : female ? chance.pick(['Thị ', 'Thị ', 'Ngọc ', 'Thu ', '']) : chance.pick(['Văn ', 'Văn ', 'Minh ', 'Đức ', '']);
				return { given: latin(`${middle}${given}`), family: latin(family), joined: false };
			}
			default:
				return { given: latin(given), family: latin(female ? family.replace(/([sc]k|dzk)i$/, '$1a') : family), joined: false };
		}
	}

	/** Two syllables, each with its spellings, joined in the usual three ways. */
	private syllables(list: readonly Form[]): Form {
		const [first, second] = [this.chance.skewed(list, 6), this.chance.skewed(list, 6)];
		const joined = (one: string, two: string) => {
			const low = two.toLowerCase();
			return [`${one}${low}`, `${one}-${low}`, `${one} ${two}`];
		};
		const [a, b] = [at(first.latin, 0), at(second.latin, 0)];
		return { native: first.native + second.native, latin: [...joined(a, b), ...joined(first.latin.at(-1) ?? a, second.latin.at(-1) ?? b)] };
	}

	private cyrillic(name: string): Form {
		const spelling = (other: boolean) => {
			const letters = [...name.toLowerCase()].map((letter) => {
				const ways = CYRILLIC[letter] ?? [letter];
				return other ? this.chance.pick(ways) : at(ways, 0);
			});
			const text = letters.join('').replace(/iy$/, this.chance.pick(['y', 'iy', 'ii']));
			return text.slice(0, 1).toUpperCase() + text.slice(1);
		};
		return { native: name, latin: [spelling(false), spelling(true), spelling(true)] };
	}
}

function latin(name: string): Form {
	const plain = withoutMarks(name);
	return { native: name, latin: plain === name ? [name] : [plain, name] };
}
