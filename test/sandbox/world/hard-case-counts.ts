import { bareMail, bareName, family, foldedName, isGivenNickname, phoneTail, withoutSuffix } from './value-forms';
import type { PlacedRecord } from './statistics';
import type { SeedPerson, World } from './types';
import { OTHER_PLACEHOLDER_MAILS, PLACEHOLDER_PHONES, USUAL_PLACEHOLDER_MAIL } from './words/placeholders';

const PLACEHOLDER_MAILS = new Set([USUAL_PLACEHOLDER_MAIL, ...OTHER_PLACEHOLDER_MAILS]);
const OTHER_SCRIPT = /\p{Script=Arabic}|\p{Script=Han}|\p{Script=Cyrillic}/u;

const fullName = ({ firstName, lastName }: SeedPerson): string => [firstName, lastName].filter((part) => part !== null).join(' ');
const isPlaceholderMail = (mail: string): boolean => PLACEHOLDER_MAILS.has(mail.toLowerCase());
const isPlaceholderPhone = (phone: string): boolean => PLACEHOLDER_PHONES.includes(phone);

/** Cases that one record shows by itself. */
export function recordCases(placed: readonly PlacedRecord[], world: World) {
	const companyNames = new Set([...world.hubspot.companies, ...world.zendesk.organizations].map(({ name }) => name));
	const count = (test: (record: SeedPerson, system: string) => boolean): number => placed.filter(({ record, system }) => test(record, system)).length;
	const mail = (test: (mail: string) => boolean): number => count(({ email }) => email !== null && test(email));
	const phone = (test: (phone: string) => boolean): number => count(({ phone }) => phone !== null && !isPlaceholderPhone(phone) && test(phone));
	const named = (test: (name: string) => boolean): number => count((record) => test(fullName(record)));
	const isLastFirst = ({ firstName, lastName }: SeedPerson): boolean =>
		firstName === null && lastName !== null && lastName.includes(', ') && !companyNames.has(lastName);
	return {
		'other scripts': named((name) => OTHER_SCRIPT.test(name)),
		capitals: count(({ lastName }) => {
			const name = lastName ?? '';
			return name.length > 3 && name === name.toUpperCase() && name !== name.toLowerCase();
		}),
		'lower case': count(({ firstName, lastName }) => {
			const name = `${firstName ?? ''}${lastName ?? ''}`;
			return name.length > 3 && name === name.toLowerCase() && name !== name.toUpperCase();
		}),
		'Last, First': count(isLastFirst),
		'company as name': count(({ lastName }, system) => system === 'stripe' && lastName !== null && companyNames.has(lastName)),
		'name partly missing': count((record) => {
			const missing = (record.firstName === null) !== (record.lastName === null);
			return missing && !isLastFirst(record) && !companyNames.has(record.lastName ?? '');
		}),
		'upper-case emails': mail((email) => email !== email.toLowerCase()),
		'plus-tags': mail((email) => email.includes('+')),
		'email missing': count(({ email }) => email === null),
		'phone missing': count(({ phone }) => phone === null),
		'national phones': phone((value) => !/^(\+|00|011)/.test(value)),
		'00 or 011 phones': phone((value) => /^(00|011)/.test(value)),
		'phone extensions': phone((value) => value.includes('ext.')),
		'placeholder emails': mail(isPlaceholderMail),
		'placeholder phones': count(({ phone }) => phone !== null && isPlaceholderPhone(phone)),
		'name only': count((record) => fullName(record) !== '' && record.email === null && record.phone === null && record.street === null),
		'nothing at all': count((record) => fullName(record) === '' && record.email === null && record.phone === null),
		'impossible birth dates': count(({ birthDate }) => birthDate !== null && birthDate < '1900'),
		'very long values': named((name) => name.length > 500),
		emoji: named((name) => /\p{Emoji_Presentation}/u.test(name)),
	};
}

/** Cases that show when all records of one person are laid side by side: the number of people. */
export function personCases(placed: readonly PlacedRecord[]) {
	const people = [...grouped(placed, ({ who }) => who).values()];
	const differ = (records: readonly PlacedRecord[], test: (a: PlacedRecord, b: PlacedRecord) => boolean): boolean =>
		records.some((a) => records.some((b) => a !== b && test(a, b)));
	const count = (test: (a: PlacedRecord, b: PlacedRecord) => boolean): number => people.filter((records) => differ(records, test)).length;
	const written = (text: string | null): string => (text ?? '').toLowerCase();
	return {
		nicknames: count(({ record: a }, { record: b }) => isGivenNickname(a.firstName ?? '', b.firstName ?? '')),
		'diacritics lost': count(({ record: a }, { record: b }) => {
			const [one, other] = [family(a), family(b)];
			return written(one) !== written(other) && foldedName(one) === foldedName(other);
		}),
		'written in two scripts': count(({ record: a }, { record: b }) => {
			const [one, other] = [fullName(a), fullName(b)];
			return OTHER_SCRIPT.test(one) && other !== '' && !OTHER_SCRIPT.test(other);
		}),
		'misspelt family names': count(({ record: a }, { record: b }) => {
			const [one, other] = [foldedName(family(a)), foldedName(family(b))];
			return one !== other && one !== '' && other !== '' && one[0] === other[0] && Math.abs(one.length - other.length) <= 1;
		}),
		'changed emails': count(({ record: a, system: one }, { record: b, system: other }) => {
			const usable = a.email !== null && b.email !== null && !isPlaceholderMail(a.email) && !isPlaceholderMail(b.email);
			return usable && one !== other && bareMail(a.email ?? '') !== bareMail(b.email ?? '');
		}),
		'Gmail dots': count(({ record: a }, { record: b }) => {
			const [one, other] = [written(a.email), written(b.email)];
			const untagged = [one, other].map((mail) => mail.replace(/\+[^@]*/, ''));
			return one.endsWith('@gmail.com') && untagged[0] !== untagged[1] && bareMail(one) === bareMail(other);
		}),
		'duplicates in one system': count((a, b) => a.system === b.system),
		'conflicting consent': count(({ record: a }, { record: b }) => a.consent === 'subscribed' && b.consent === 'unsubscribed'),
	};
}

/** Cases in which different people share a value: the number of values, or of pairs of people. */
export function sharedValueCases(placed: readonly PlacedRecord[]) {
	const phones = peopleBy(placed, ({ phone }) => (phone === null || isPlaceholderPhone(phone) ? null : phoneTail(phone)));
	const mails = peopleBy(placed, ({ email }) => (email === null || isPlaceholderMail(email) ? null : email.toLowerCase()));
	const couples = new Set([...mails.values()].filter(({ size }) => size === 2).map(pairName));
	const relatives = peopleBy(placed, (record) =>
		record.street === null || family(record) === '' ? null : `${record.street}|${record.postalCode}|${foldedName(family(record))}`,
	);
	const wholeName = (record: SeedPerson): string | null => (record.firstName === null || record.lastName === null ? null : bareName(record));
	const names = peopleBy(placed, wholeName);
	const namesInCity = peopleBy(placed, (record) => {
		const name = wholeName(record);
		return name === null || record.city === null ? null : `${name}|${record.city}`;
	});
	const families = new Set([...relatives.values()].filter(({ size }) => size === 2).map(pairName));
	const namesakes = (groups: Map<string, Set<string>>): number =>
		[...groups.values()].filter((people) => people.size > 1 && !families.has(pairName(people))).length;
	const juniors = peopleBy(placed, (record) => (/ jr\.$/i.test(record.lastName ?? '') ? bareName(record) : null));
	return {
		'shared office phones': [...phones.values()].filter(({ size }) => size >= 5).length,
		'shared mailboxes': [...mails.values()].filter(({ size }) => size >= 5).length,
		'two people with one email': couples.size,
		'relatives at one address': [...families].filter((pair) => !couples.has(pair)).length,
		namesakes: namesakes(names),
		'namesakes in one city': namesakes(namesInCity),
		'junior and senior': [...juniors.keys()].filter((name) => (names.get(name)?.size ?? 0) > 1).length,
	};
}

/** Cases among companies: the number of companies, or of names. */
export function companyCases(world: World, who: (system: string, object: string, sourceId: string) => string) {
	const inZendesk = new Map(world.zendesk.organizations.map((organization) => [who('zendesk', 'organization', organization.id), organization]));
	const both = world.hubspot.companies.flatMap((company) => {
		const organization = inZendesk.get(who('hubspot', 'company', company.id));
		return organization === undefined ? [] : [{ company, organization }];
	});
	const names = grouped(world.hubspot.companies, ({ name }) => withoutSuffix(name).split(' ').slice(0, 2).join(' '));
	return {
		'company name variants': both.filter(({ company, organization }) => company.name !== organization.name).length,
		'company domain missing': both.filter(({ company, organization }) => (company.domain === null) !== (organization.domain === null)).length,
		'company namesakes': [...names.values()].filter(({ length }) => length > 1).length,
	};
}

const pairName = (people: Set<string>): string => [...people].sort().join('|');

function grouped<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of list) {
		const group = groups.get(key(one));
		if (group === undefined) groups.set(key(one), [one]);
		else group.push(one);
	}
	return groups;
}

/** For each value the distinct people who have it. */
function peopleBy(placed: readonly PlacedRecord[], value: (record: SeedPerson) => string | null): Map<string, Set<string>> {
	const people = new Map<string, Set<string>>();
	for (const { record, who } of placed) {
		const key = value(record);
		if (key !== null) people.set(key, (people.get(key) ?? new Set()).add(who));
	}
	return people;
}
