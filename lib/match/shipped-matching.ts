import type { MatchingModel } from '../domain';
import { COMPANY_COMPARISONS, PERSON_COMPARISONS } from './shipped-levels';

const SHIPPED: MatchingModel = {
	person: {
		prior: 0.0001,
		comparisons: [...PERSON_COMPARISONS],
		thresholds: { match: 4, review: 0 },
		blocking: ['birth_date', 'address', 'street_family', 'street_given', 'full_name', 'local_part', 'last_digits', 'name_company', 'name_postal', 'sound'],
		termFrequencies: [],
	},
	company: {
		prior: 0.0001,
		comparisons: [...COMPANY_COMPARISONS],
		thresholds: { match: 4, review: 0 },
		blocking: ['name', 'street', 'first_words', 'name_start'],
		termFrequencies: [],
	},
};

/** The model that a new store starts with: good enough for a handful of records, before anything was trained. */
export function shippedMatching(): MatchingModel {
	return structuredClone(SHIPPED);
}
