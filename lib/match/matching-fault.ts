import type { Entity, MatchingModel } from '../domain';
import { blockingRule, BLOCKING_RULES } from './blocking';
import { levelTest, needsThreshold } from './level-kinds';

/** What is wrong in a matching model that its schema can't see: where, what, and what there is instead. Undefined when all is in order. */
export function matchingFault(matching: MatchingModel): string | undefined {
	for (const entity of ['person', 'company'] satisfies Entity[]) {
		const { comparisons, blocking } = matching[entity];
		for (const { comparison, column, levels } of comparisons) {
			const place = `the comparison "${comparison}" of ${entity}`;
			const stranger = levels.find(({ kind }) => !levelTest(column, kind));
			if (stranger) return `${place} has a level of kind "${stranger.kind}", which the column ${column} does not know`;
			const open = levels.find(({ kind, threshold }) => needsThreshold(kind) && threshold === undefined);
			if (open) return `${place} has a level of kind "${open.kind}" without a threshold`;
			if (levels.findIndex(({ kind }) => kind === 'else') !== levels.length - 1) return `${place} needs one level of kind "else", as its last`;
		}
		const unknown = blocking.find((name) => !blockingRule(entity, name));
		if (unknown !== undefined) {
			const known = BLOCKING_RULES.filter((rule) => rule.entity === entity).map(({ name }) => name);
			return `there is no blocking rule "${unknown}" for ${entity}; there are: ${known.join(', ')}`;
		}
	}
	return undefined;
}
