import type { ComparisonResult, Evidence, IdentityModel } from '../domain';
import type { Comparable } from './comparable';
import { COMPANY_RULES } from './company-rules';
import { birthConflict, type Contradiction, uniqueConflict } from './guards';
import { identifierLookupKey } from './keys';
import { compareNames } from './names';
import { PERSON_RULES } from './person-rules';
import type { MatchRule, PairView, RuleFinding } from './rule';

export const MATCH_RULES: readonly MatchRule[] = [...PERSON_RULES, ...COMPANY_RULES];

export type Judgement = Pick<Evidence, 'rule' | 'weight' | 'outcome' | 'comparisons'>;

/**
 * Everything that speaks for two records being one, a judgement a rule. Empty when nothing does, or when unique identifiers rule it out.
 * Pure: depends only on the two records, the model, and which values are too common (`generic`, as match keys).
 * The order of the two does not matter.
 */
export function judgePair(x: Comparable, y: Comparable, model: IdentityModel, generic: ReadonlySet<string>): Judgement[] {
	if (x.entity !== y.entity || uniqueConflict(x, y)) return [];
	const [a, b] = x.ref < y.ref ? [x, y] : [y, x];
	const pair = view(a, b, generic);
	const doubt = birthConflict(a, b);
	const judgements: Judgement[] = [];
	for (const policy of model.rules) {
		const rule = rulesByName.get(policy.rule);
		if (!rule || rule.entity !== a.entity || policy.outcome === 'off') continue;
		const found = rule.find(pair);
		if (!found) continue;
		const weight = policy.weight + found.adjust + (doubt?.weight ?? 0);
		const doubtful = doubt !== undefined && !(isMissingSuffix(doubt) && STRONGER_THAN_A_SUFFIX.has(rule.name));
		judgements.push({
			rule: rule.name,
			weight,
			outcome: found.outcome ?? (doubtful ? 'review' : policy.outcome),
			comparisons: [
				...weighed(found, policy.weight),
				...(doubt ? [{ comparison: doubt.comparison, level: doubt.level, weight: doubt.weight }] : []),
			],
		});
	}
	return judgements;
}

/** Spreads the weight over the lines so that they add up: the rule's own on the first, what the pair adds or takes on the second. */
function weighed({ comparisons, adjust }: RuleFinding, weight: number): ComparisonResult[] {
	return comparisons.map((line, index) => ({
		...line,
		weight: index === 0 ? weight + (comparisons.length === 1 ? adjust : 0) : index === 1 ? adjust : 0,
	}));
}

/** A missing "Jr" undoes what father and son may share: house, telephone and name; not a mailbox, a number of their own, or a birth date. */
const STRONGER_THAN_A_SUFFIX = new Set(['identifier_exact', 'email_exact', 'name_and_birth_date']);

const rulesByName = new Map(MATCH_RULES.map((rule) => [rule.name, rule]));

function isMissingSuffix(doubt: Contradiction): boolean {
	return doubt.comparison === 'name_suffix' && doubt.weight > -10;
}

function view(a: Comparable, b: Comparable, generic: ReadonlySet<string>): PairView {
	const shared = a.identifiers
		.filter((left) => b.identifiers.some((right) => right.kind === left.kind && right.value === left.value))
		.filter(({ kind, value }) => !generic.has(identifierLookupKey(a.entity, kind, value)))
		.sort((left, right) => (left.kind + left.value < right.kind + right.value ? -1 : 1));
	return {
		a,
		b,
		names: compareNames(a, b),
		shared,
		sharedStreet: a.streets.find((value) => b.streets.includes(value)),
		sharedPostalCode: a.postalCodes.find((value) => b.postalCodes.includes(value)),
		sharedBirthDate: a.birthDates.find((value) => b.birthDates.includes(value)),
		sharedCompany: a.companyNames.find((value) => b.companyNames.includes(value)),
	};
}
