import type { ComparisonResult } from '../domain';
import { shares } from './names';
import type { MatchRule, PairView } from './rule';

/** The rules for companies, from the strongest to the weakest. */
export const COMPANY_RULES: readonly MatchRule[] = [
	{
		name: 'company_identifier_exact',
		label: 'Same registration, VAT or customer number',
		entity: 'company',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => identifier.kind !== 'company_domain' && identifier.kind !== 'phone' && identifier.kind !== 'email');
			return shared && { adjust: 0, comparisons: [{ comparison: shared.kind, level: 'exact', weight: 0, value: shared.value }] };
		},
	},
	{
		name: 'company_domain_exact',
		label: 'Same web domain',
		entity: 'company',
		find: (pair) => {
			const shared = pair.shared.find((identifier) => identifier.kind === 'company_domain');
			if (!shared) return undefined;
			return {
				adjust: companyNameOf(pair) === undefined ? 0 : 2,
				comparisons: [{ comparison: 'company_domain', level: 'exact', weight: 0, value: shared.value }, ...nameLines(pair)],
			};
		},
	},
	{
		name: 'company_name_exact',
		label: 'Same name, legal form aside',
		entity: 'company',
		find: (pair) => {
			const name = companyNameOf(pair);
			if (name === undefined) return undefined;
			const { a, b } = pair;
			const abroad = a.countries.length > 0 && b.countries.length > 0 && !shares(a.countries, b.countries);
			const otherDomain = a.companyDomains.length > 0 && b.companyDomains.length > 0 && !shares(a.companyDomains, b.companyDomains);
			const sharedPhone = pair.shared.some((identifier) => identifier.kind === 'phone');
			const nearby = sharedPhone || pair.sharedPostalCode !== undefined || shares(a.cities, b.cities);
			// A short name with nothing beside it ("Delta") belongs to many.
			const thin = !nearby && name.length < 6;
			const doubtful = abroad || otherDomain || thin;
			return {
				adjust: doubtful ? -4 : nearby ? 3 : 0,
				...(doubtful && { outcome: 'review' as const }),
				comparisons: nameLines(pair),
			};
		},
	},
];

function companyNameOf(pair: PairView): string | undefined {
	return pair.a.companyNames.find((name) => pair.b.companyNames.includes(name));
}

function nameLines(pair: PairView): ComparisonResult[] {
	const name = companyNameOf(pair);
	return name === undefined ? [] : [{ comparison: 'company_name', level: 'exact without legal form', weight: 0, value: name }];
}
