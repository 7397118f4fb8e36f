import type { ComparisonResult } from '../domain';
import type { NameComparison } from './names';
import type { MatchRule, PairView } from './rule';

const PERSONAL_KINDS = new Set(['email', 'phone']);

/** The rules for people, from the strongest to the weakest. */
export const PERSON_RULES: readonly MatchRule[] = [
	{
		name: 'identifier_exact',
		label: 'Same customer number, user ID or official number',
		entity: 'person',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => !PERSONAL_KINDS.has(identifier.kind));
			if (!shared) return undefined;
			const contradicted = pair.names.relation === 'conflict' && shared.kind === 'national_id';
			return {
				adjust: 0,
				...(contradicted && { outcome: 'review' as const }),
				comparisons: [{ comparison: shared.kind, level: 'exact', weight: 0, value: shared.value }, nameLine(pair.names)],
			};
		},
	},
	{
		name: 'email_exact',
		label: 'Same mailbox',
		entity: 'person',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => identifier.kind === 'email' && !identifier.role);
			if (!shared) return undefined;
			const adjust = { agree: 2, unknown: 0, family_differs: -2, conflict: -12 }[pair.names.relation];
			return {
				adjust,
				...(pair.names.relation === 'conflict' && { outcome: 'review' as const }),
				comparisons: [{ comparison: 'email', level: 'exact', weight: 0, value: shared.value }, nameLine(pair.names)],
			};
		},
	},
	{
		name: 'role_mailbox_and_name',
		label: 'Same shared mailbox and same name',
		entity: 'person',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => identifier.kind === 'email' && identifier.role);
			if (!shared || pair.names.relation !== 'agree' || !pair.names.firm) return undefined;
			return { adjust: 0, comparisons: [{ comparison: 'email', level: 'exact role mailbox', weight: 0, value: shared.value }, nameLine(pair.names)] };
		},
	},
	{
		name: 'name_and_phone',
		label: 'Same phone number and fitting name',
		entity: 'person',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => identifier.kind === 'phone');
			if (!shared) return undefined;
			const comparisons = [{ comparison: 'phone', level: 'exact', weight: 0, value: shared.value }, nameLine(pair.names)];
			if (pair.names.relation === 'agree') return { adjust: pair.names.firm ? 1 : 0, comparisons };
			if (pair.names.relation === 'family_differs') return { adjust: -9, outcome: 'review', comparisons };
			return undefined;
		},
	},
	{
		name: 'name_and_birth_date',
		label: 'Same birth date and fitting name',
		entity: 'person',
		find: (pair) => {
			if (pair.sharedBirthDate === undefined || pair.names.relation !== 'agree') return undefined;
			const bothOnlySimilar = pair.names.given !== 'exact' && pair.names.given !== 'nickname' && pair.names.family !== 'exact';
			return {
				adjust: pair.names.firm ? 2 : bothOnlySimilar ? -8 : 0,
				...(bothOnlySimilar && { outcome: 'review' as const }),
				comparisons: [{ comparison: 'birth_date', level: 'exact', weight: 0, value: pair.sharedBirthDate }, nameLine(pair.names)],
			};
		},
	},
	{
		name: 'name_and_address',
		label: 'Same street and postal code and same name',
		entity: 'person',
		find: (pair) => {
			if (pair.sharedStreet === undefined || pair.sharedPostalCode === undefined) return undefined;
			if (pair.names.relation !== 'agree' || !pair.names.firm) return undefined;
			// A father and a son of one name at one address: different mailboxes and nothing else in common is a question, not an answer.
			const otherwiseApart = differentMailboxes(pair) && pair.sharedBirthDate === undefined;
			return {
				adjust: otherwiseApart ? -5 : 0,
				...(otherwiseApart && { outcome: 'review' as const }),
				comparisons: [{ comparison: 'address', level: 'same street and postal code', weight: 0, value: pair.sharedStreet }, nameLine(pair.names)],
			};
		},
	},
	{
		name: 'name_and_company',
		label: 'Same name at the same company',
		entity: 'person',
		find: (pair) => {
			if (pair.sharedCompany === undefined || pair.names.relation !== 'agree' || !pair.names.firm) return undefined;
			return {
				adjust: 0,
				comparisons: [{ comparison: 'company_name', level: 'exact', weight: 0, value: pair.sharedCompany }, nameLine(pair.names)],
			};
		},
	},
];

function differentMailboxes(pair: PairView): boolean {
	const mailboxes = (side: PairView['a']) => side.identifiers.filter((identifier) => identifier.kind === 'email');
	return mailboxes(pair.a).length > 0 && mailboxes(pair.b).length > 0 && !pair.shared.some((identifier) => identifier.kind === 'email');
}

function nameLine(names: NameComparison): ComparisonResult {
	const level = names.swapped ? 'given and family name swapped' : `given ${names.given}, family ${names.family}`;
	return { comparison: 'name', level, weight: 0 };
}
