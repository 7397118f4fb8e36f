import type { Entity, IdentityModel, RecordRef, VersionedModel } from '../../domain';
import type { ComparedRow } from '../compared-records';
import type { WeightLine } from '../waterfall';

/** What stands in a store, counted for a report. */
export interface MatchFigures {
	/** Records of people and companies that are not deleted. */
	records: number;
	profiles: number;
	sources: { system: string; records: number }[];
	model: VersionedModel;
	/** An entry for each entity that has records. */
	weights: EntityWeights[];
	/** How many profiles have how many records, in order of size. */
	sizes: { size: number; profiles: number }[];
	/** The largest profiles of more than one record, largest first. */
	largest: LargeProfile[];
	completeness: EntityCompleteness[];
	/** Pairs nearest to the threshold for a match, the heaviest first. */
	borderline: BorderlinePair[];
}

/** What became of a pair with evidence: one profile, or two because its weight is too low, or two because something keeps them apart. */
export type PairState = 'together' | 'below' | 'apart';

export interface WeightBin extends Record<PairState, number> {
	/** Match weights from here, to below the next bin. */
	from: number;
}

export interface EntityWeights {
	entity: Entity;
	thresholds: IdentityModel['matching']['person']['thresholds'];
	/** Pairs with evidence, by what became of them. */
	pairs: Record<PairState, number>;
	/** Width of a bin, in bits. */
	width: number;
	/** In order, without gaps. */
	bins: WeightBin[];
}

/** How all pairs that are compared are distributed, estimated from some records. */
export interface ProposedPairs {
	entity: Entity;
	/** Records whose candidates were scored. */
	sampled: number;
	/** Pairs that were scored. */
	scored: number;
	/** Estimate of all proposed pairs. */
	pairs: number;
	/** Width of a bin, in bits. */
	width: number;
	/** In order; empty ones are left out. */
	bins: { from: number; pairs: number }[];
}

export interface LargeProfile {
	canonicalId: string;
	entity: Entity;
	records: number;
	sources: { system: string; records: number }[];
	/** The most frequent values of what one knows a customer by, and how many different ones there are. */
	values: { label: string; most: string[]; distinct: number; more: boolean }[];
}

export interface AttributeCompleteness {
	name: string;
	label: string;
	/** Records with a value that can be used. */
	filled: number;
	/** Records that have a value and none that can be used. */
	unusable: number;
	distinct: number;
	/** There are more different values than were counted. */
	more: boolean;
}

export interface EntityCompleteness {
	entity: Entity;
	records: number;
	attributes: AttributeCompleteness[];
}

/** Two records beside each other, with what their weight is made of. */
export interface DescribedPair {
	entity: Entity;
	left: RecordRef;
	right: RecordRef;
	weight: number;
	/** What the weight is made of; `prior` is not among the lines. */
	lines: WeightLine[];
	prior: number;
	rows: ComparedRow[];
}

export interface BorderlinePair extends DescribedPair {
	state: PairState;
	/** Whether the two really are one; undefined where nobody said. */
	areOne?: boolean;
}

/** A pair that stands in one profile and is two (`joined`), or is one and stands in two profiles (`missed`). */
export interface MistakenPair extends DescribedPair {
	kind: 'joined' | 'missed';
	/** Why the two are, or are not, one profile. */
	sentence: string;
}
