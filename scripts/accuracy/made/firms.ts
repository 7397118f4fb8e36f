import { at, type Chance } from './chance';
import { FIRMS, FRANCHISES, INVENTED } from './data/companies.data';
import type { LandCode } from './data/lands.data';
import { type Address, Land, type Phone, plainWord } from './land';

export interface Firm {
	id: string;
	land: Land;
	/** Without legal form. */
	core: string;
	/** The legal form in its spellings; none for some. */
	form: readonly string[];
	/** A name it trades under; empty for most. */
	tradeName: string;
	domain: string;
	/** The first is the seat, the others are branches. */
	sites: { address: Address; phone: Phone }[];
	vat: string;
	/** One of several independent firms of this name. */
	franchise: boolean;
}

const LANDS_OF: Partial<Record<LandCode, number>> = { us: 34, gb: 14, de: 18, fr: 9, es: 7, it: 6, pl: 4, nl: 4, br: 4 };

/** Firms of several countries: some with branches, some of one group, some franchises that share only a name. */
export class Firms {
	readonly firms: Firm[] = [];
	private readonly lands = new Map<LandCode, Land>();
	private readonly taken = new Set<string>();

	constructor(private readonly chance: Chance, count: number, private readonly landsOf: Partial<Record<LandCode, number>> = LANDS_OF) {
		while (this.firms.length < count) this.add(count);
		this.firms.length = count;
		this.firms.forEach((firm, index) => {
			firm.id = `c${index + 1}`;
		});
	}

	private add(count: number): void {
		const { chance } = this;
		const land = this.land();
		switch (chance.weighted({ plain: 88, group: 3, franchise: count > 200 ? 0.5 : 0, namesake: 2 })) {
			case 'plain':
				this.firms.push(this.firm(land, this.core(land)));
				return;
			case 'group':
				this.group(land);
				return;
			case 'franchise':
				this.franchise(land);
				return;
			case 'namesake': {
				const other = chance.pick(this.firms.length > 0 ? this.firms : [this.firm(land, this.core(land))]);
				this.firms.push(this.firm(other.land, other.core));
			}
		}
	}

	/** A holding and its firms: one web domain, one seat, one switchboard. */
	private group(land: Land): void {
		const { chance } = this;
		const facts = factsOf(land);
		const name = land.family().male;
		const parent = this.firm(land, `${name} ${facts.holding}`);
		this.firms.push(parent);
		const trades = chance.shuffled(facts.trades).slice(0, chance.int(1, 3));
		for (const trade of trades) {
			const child = this.firm(land, `${name} ${trade}`);
			if (chance.hit(0.8)) child.domain = parent.domain;
			if (chance.hit(0.6)) child.sites[0] = { address: at(parent.sites, 0).address, phone: chance.hit(0.5) ? at(parent.sites, 0).phone : land.landline() };
			this.firms.push(child);
		}
	}

	private franchise(land: Land): void {
		const { chance } = this;
		const core = `${chance.pick(FRANCHISES.starts)} ${chance.pick(FRANCHISES.ends)}`;
		const brand = `${plainWord(core)}.com`;
		const towns = new Set<string>();
		for (let shop = chance.int(5, 20); shop > 0; shop--) {
			const firm = this.firm(land, core);
			const city = at(firm.sites, 0).address.city;
			if (towns.has(city)) continue;
			towns.add(city);
			firm.franchise = true;
			firm.sites.length = 1;
			if (chance.hit(0.15)) firm.domain = brand;
			else if (chance.hit(0.5)) firm.domain = '';
			this.firms.push(firm);
		}
	}

	private firm(land: Land, core: string): Firm {
		const { chance } = this;
		const facts = factsOf(land);
		const local = core.length > 22 && chance.hit(0.5) ? core.split(' ').map((word) => word.slice(0, 3)).join('') : core;
		let domain = `${plainWord(local) || 'firm'}.${chance.hit(0.75) ? facts.ending : 'com'}`;
		for (let again = 2; this.taken.has(domain); again++) domain = `${plainWord(local)}${again}.${facts.ending}`;
		this.taken.add(domain);
		const sites = Array.from({ length: chance.hit(0.12) ? chance.int(2, 4) : 1 }, () => ({ address: land.address(), phone: land.landline() }));
		return {
			id: '', land, core, form: chance.hit(0.9) ? chance.pick(facts.forms) : [], tradeName: chance.hit(0.05) ? this.invented() : '',
			domain: chance.hit(0.88) ? domain : '', sites, vat: `${land.facts.country}${chance.digits('#########')}`, franchise: false,
		};
	}

	private core(land: Land): string {
		const { chance } = this;
		const { trades, and } = factsOf(land);
		const family = () => land.family().male;
		switch (chance.weighted({ family: 40, pair: 15, invented: 25, town: 12, given: 8 })) {
			case 'family':
				return land.code === 'es' || land.code === 'fr' || land.code === 'br' ? `${chance.pick(trades)} ${family()}` : `${family()} ${chance.pick(trades)}`;
			case 'pair':
				return `${family()} ${at(and, 0)} ${family()}`;
			case 'invented':
				return chance.hit(0.5) ? this.invented() : `${this.invented()} ${chance.pick(trades)}`;
			case 'town':
				return `${land.town().name} ${chance.pick(trades)}`;
			case 'given':
				return `${land.given(false)} ${family()} ${chance.pick(trades)}`;
		}
	}

	private invented(): string {
		const { chance } = this;
		const name = `${chance.pick(INVENTED.starts)}${chance.pick(INVENTED.ends)}`;
		return chance.hit(0.3) ? `${name} ${chance.pick(['International', 'Systems', 'Solutions', 'Services', 'Group'])}` : name;
	}

	private land(): Land {
		const code = this.chance.weighted(this.landsOf);
		const land = this.lands.get(code) ?? new Land(code, this.chance);
		this.lands.set(code, land);
		return land;
	}
}

export function factsOf(land: Land) {
	const facts = FIRMS[land.code];
	if (!facts) throw new Error(`nothing is known about firms in ${land.code}`);
	return facts;
}
