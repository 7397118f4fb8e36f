import type { ComparisonResult, Entity, Outcome } from '../domain';
import type { Comparable, ComparableIdentifier } from './comparable';
import type { NameComparison } from './names';

/** What every rule may look at for one pair; made once a pair. */
export interface PairView {
	a: Comparable;
	b: Comparable;
	names: NameComparison;
	/** Identifiers that both have and that are evidence: not too common, not blocked. Role mailboxes are among them, marked. */
	shared: readonly ComparableIdentifier[];
	sharedStreet: string | undefined;
	sharedPostalCode: string | undefined;
	sharedBirthDate: string | undefined;
	sharedCompany: string | undefined;
}

/** What a rule found: how strongly, compared with its own weight in the model, and in which words. */
export interface RuleFinding {
	/** Added to the rule's weight. */
	adjust: number;
	/** Weaker outcome than the rule's own, when this pair deserves only a question. */
	outcome?: Extract<Outcome, 'review'>;
	comparisons: ComparisonResult[];
}

/** A deterministic matching rule. Its weight and outcome stand in the model under the same name. */
export interface MatchRule {
	name: string;
	label: string;
	entity: Entity;
	find(pair: PairView): RuleFinding | undefined;
}
