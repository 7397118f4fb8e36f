import type { Entity, MatchColumn } from '../domain';
import { blockingRule } from './blocking';
import type { Comparable } from './comparable';

/** One run of expectation maximisation: where its pairs come from, and what can't be learned from them because they were selected by it. */
export interface TrainingSession {
	rule: { values(record: Comparable): Iterable<string> };
	columns: readonly MatchColumn[];
}

const identifiers = (...kinds: readonly string[]) => ({
	values: (record: Comparable) => record.identifiers.filter(({ kind, role }) => kinds.includes(kind) && !role).map(({ kind, value }) => `${kind}:${value}`),
});

const named = (entity: Entity, name: string) => blockingRule(entity, name) ?? { values: () => [] };

export function sessionsOf(entity: Entity): TrainingSession[] {
	if (entity === 'company') {
		return [
			{ rule: named(entity, 'name'), columns: ['company_name'] },
			{ rule: identifiers('company_domain'), columns: ['company_domain', 'email'] },
			{ rule: identifiers('phone'), columns: ['phone'] },
			{ rule: named(entity, 'street'), columns: ['address'] },
		];
	}
	return [
		{ rule: named(entity, 'birth_date'), columns: ['birth_date'] },
		{ rule: named(entity, 'full_name'), columns: ['given_name', 'family_name'] },
		{ rule: identifiers('email'), columns: ['email'] },
		{ rule: identifiers('phone'), columns: ['phone'] },
		{ rule: named(entity, 'street_family'), columns: ['address', 'family_name'] },
		{ rule: identifiers('national_id', 'user_id', 'passport_number', 'drivers_license_number'), columns: ['identifier'] },
	];
}
