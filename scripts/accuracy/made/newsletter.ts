import { Chance } from './chance';
import { PLACEHOLDERS } from './data/words.data';
import type { LandCode } from './data/lands.data';
import { Land } from './land';
import { type Person, Population } from './people';
import { copies, fair, filed, type Made, type MadeData, meanCopies } from './rows';
import { initial, recased, typo } from './slips';
import { USUAL, Writer } from './written';

const LANDS_OF: Partial<Record<LandCode, number>> = { us: 50, gb: 15, de: 8, fr: 8, it: 6, es: 5, se: 4, br: 4 };
const SHARES = [0.52, 0.28, 0.12, 0.05, 0.03];

/** Sign-ups to a newsletter: one column for the name, an email and seldom a phone; the same people again with slips and tricks in the email. */
export function newsletterSignUps(seed: number, size: number): MadeData {
	const chance = new Chance(seed * 31 + 6);
	const lands = new Map<LandCode, Land>();
	const landOf = () => {
		const code = chance.weighted(LANDS_OF);
		const land = lands.get(code) ?? new Land(code, chance);
		lands.set(code, land);
		return land;
	};
	const { people } = new Population(chance, landOf, Math.round((size * 1.06) / meanCopies(SHARES)), { employed: 0.4, namesake: 0.03, familyMail: 0.25 });
	const writer = new Writer(chance, { ...USUAL, typo: 0.05, initial: 0, swapped: 0 });
	const made = people.flatMap((person) =>
		Array.from({ length: copies(chance, SHARES) }, (): Made => ({ file: 'signups', who: person.id, ...signUp(person, writer) })),
	);
	return filed(fair(made, chance), chance, { signups: { column: 'ID', id: (no) => String(no) } });
}

/** A mailbox as its owner types it, and whether it is still spelled as it is. */
function typed(mail: string, chance: Chance): { text: string; wrong: boolean } {
	const [local = '', domain = ''] = mail.split('@');
	switch (chance.weighted({ right: 72, local: 7, domain: 4, plus: 5, dots: 7, cased: 5 })) {
		case 'local':
			return { text: `${typo(local, chance)}@${domain}`, wrong: true };
		case 'domain':
			return { text: `${local}@${chance.hit(0.5) ? typo(domain, chance) : domain.replace(/\.com$/, chance.pick(['.con', '.co', '.cm', 'com'])).replace(/^gmail/, chance.pick(['gmial', 'gmai', 'gamil', 'gmail']))}`, wrong: true };
		case 'plus':
			return domain === 'gmail.com' || domain === 'icloud.com' || domain === 'outlook.com' ? { text: `${local}+${chance.pick(['news', 'newsletter', 'shop', 'promo', 'spam', '1'])}@${domain}`, wrong: false } : { text: mail, wrong: false };
		case 'dots': {
			if (domain !== 'gmail.com') return { text: mail, wrong: false };
			if (local.includes('.') && chance.hit(0.6)) return { text: `${local.replaceAll('.', '')}@${chance.hit(0.2) ? 'googlemail.com' : domain}`, wrong: false };
			const place = chance.int(1, Math.max(1, local.length - 1));
			return { text: `${local.slice(0, place)}.${local.slice(place)}@${domain}`.replace('..', '.').replace('.@', '@'), wrong: false };
		}
		case 'cased':
			return { text: recased(mail, chance), wrong: false };
		case 'right':
			return { text: mail, wrong: false };
	}
}

function signUp(person: Person, writer: Writer): Pick<Made, 'row' | 'facts'> {
	const { chance } = writer;
	const facts: string[] = [];
	const box = person.familyMail && chance.hit(0.4) ? person.familyMail : person.work && chance.hit(0.25) ? person.work.mail : person.formerMail && chance.hit(0.3) ? person.formerMail : person.mail;
	const shared = box === person.familyMail;
	const mail = typed(box, chance);
	const hidden = chance.hit(0.01);
	if (!hidden) facts.push(`mail:${box}`);
	const family = person.formerFamily !== '' && chance.hit(0.4) ? person.formerFamily : person.family;
	const [first, last] = writer.name(person.given, family, shared || person.alikeAtHome);
	const plainly = mail.wrong || shared;
	const form = chance.weighted({ full: 70, comma: 3, first: plainly ? 3 : 10, initial: shared ? 0 : 4, none: plainly ? 0 : 9, middle: 4 });
	const names = { full: `${first} ${last}`, comma: `${last}, ${first}`, first, initial: `${first} ${initial(last)}`, none: '', middle: `${first} ${initial(person.land.given(person.female))} ${last}` };
	const phone = chance.hit(0.25) ? (person.landline && chance.hit(0.2) ? person.landline : person.mobile) : undefined;
	if (phone) facts.push(`phone:${phone.national}`);
	return {
		row: {
			'Full name': form === 'none' ? writer.field(0.7, () => chance.pick(PLACEHOLDERS.name)) : names[form],
			Email: hidden ? chance.pick(PLACEHOLDERS.email) : mail.text,
			Phone: phone ? writer.phone(phone, chance.hit(0.6) ? 'e164' : 'any') : chance.hit(0.02) ? chance.pick(PLACEHOLDERS.phone) : '',
			'Signed up': `${chance.int(2016, 2025)}-${String(chance.int(1, 12)).padStart(2, '0')}-${String(chance.int(1, 28)).padStart(2, '0')}`,
		},
		facts,
	};
}
