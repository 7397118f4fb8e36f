import { at, Chance } from './chance';
import { firmName } from './companies';
import { type Firm, Firms } from './firms';
import { type Person, Population } from './people';
import { filed, type Made, type MadeData } from './rows';
import { Writer } from './written';

/** A first export of a small firm: people and the companies they work for in one list of 60 rows. */
export function tinyList(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 9);
	const { firms } = new Firms(chance, Math.max(4, Math.round(size / 5)), { us: 3, gb: 1 });
	const { land } = at(firms, 0);
	const { people } = new Population(chance, () => land, Math.round(size * 0.42), { employed: 0, couple: 0.3, familyMail: 0.3, twins: 0.05, junior: 0.05, renamed: 0.1 });
	const writer = new Writer(chance);
	const made: Made[] = [];
	const round = (add: (index: number) => Made | undefined, most: number, count: number) => {
		for (let index = 0; made.length < most && index < count; index++) {
			const one = add(index);
			if (one) made.push(one);
		}
	};
	round((index) => ({ file: 'list', who: at(people, index).id, ...personRow(at(people, index), chance.hit(0.5) ? chance.pick(firms) : undefined, writer) }), size, people.length);
	round((index) => ({ file: 'list', who: at(firms, index).id, ...firmRow(at(firms, index), writer) }), size, firms.length);
	// Everybody is there once; the rest are doubles that something ties to an earlier row.
	for (let tries = 0; made.length < size && tries < size * 50; tries++) {
		const firm = chance.hit(0.35) ? chance.pick(firms) : undefined;
		const person = chance.pick(people);
		const one: Made = firm ? { file: 'list', who: firm.id, ...firmRow(firm, writer) } : { file: 'list', who: person.id, ...personRow(person, undefined, writer) };
		if (made.some(({ who, facts }) => who === one.who && facts.some((fact) => one.facts.includes(fact)))) made.push(one);
	}
	return filed(made, chance, { list: { column: 'ID', id: (no) => String(no) } });
}

function personRow(person: Person, firm: Firm | undefined, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const [first, last] = writer.name(person.given, person.formerFamily !== '' && chance.hit(0.3) ? person.formerFamily : person.family, true);
	const mail = person.familyMail && chance.hit(0.5) ? person.familyMail : person.mail;
	const phone = person.landline && chance.hit(0.35) ? person.landline : person.mobile;
	const { home } = person;
	const withMail = chance.hit(0.85);
	const withPhone = !withMail || chance.hit(0.65);
	const withStreet = chance.hit(0.7);
	return {
		row: {
			Type: 'Person', Name: `${first} ${last}${person.suffix === '' ? '' : ` ${person.suffix}.`}`, Email: withMail ? writer.mail(mail) : '', Phone: withPhone ? writer.phone(phone) : '',
			Company: firm ? firmName(firm, 0, writer, 0.4) : '', Address: withStreet ? writer.street(home) : '', City: home.city, Zip: chance.hit(0.8) ? home.postalCode : '', Website: '',
		},
		facts: [...(withMail ? [`mail:${mail}`] : []), ...(withPhone ? [`phone:${phone.national}`] : []), ...(withStreet ? [`home:${home.street}`] : [])],
	};
}

function firmRow(firm: Firm, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const { address, phone } = at(firm.sites, 0);
	const known = firm.domain !== '' && chance.hit(0.75);
	return {
		row: {
			Type: 'Company', Name: firmName(firm, 0, writer, 0.6), Email: firm.domain !== '' && chance.hit(0.5) ? `${chance.pick(['info', 'office', 'sales'])}@${firm.domain}` : '', Phone: !known || chance.hit(0.6) ? writer.phone(phone) : '',
			Company: '', Address: chance.hit(0.75) ? writer.street(address) : '', City: address.city, Zip: chance.hit(0.8) ? address.postalCode : '', Website: known ? chance.pick([firm.domain, `www.${firm.domain}`, `https://${firm.domain}`]) : '',
		},
		// A firm's name and town tell enough.
		facts: [`named:${firm.core}`],
	};
}
