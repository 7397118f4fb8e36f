import { searchPhrases } from '../text-search';

/** An FTS5 expression for what a person typed. Only letters and digits of the query get through, in quotes, so that no FTS5 syntax does. */
export function searchExpression(query: string): string {
	return searchPhrases(query)
		.map((words) => `"${words.join(' ')}"*`)
		.join(' ');
}
