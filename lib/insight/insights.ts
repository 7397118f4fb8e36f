import type { Activity, Entity, GoldenRecord, IdentityModel, SegmentMembership } from '../domain';
import { describeCondition, fieldsOf, holds, type Lookup } from './conditions';
import { computeMetrics, type Metrics } from './metrics';

const DAY_MS = 86_400_000;
/** Metrics that change by themselves as days pass. */
const TIME_BASED = ['days_since_last_payment', 'failed_payments', 'recent_tickets'];

export interface Insights {
	metrics: Metrics;
	segments: SegmentMembership[];
	/** ISO 8601: when the figures have to be computed again although nothing happened; null when never. */
	staleAt: string | null;
}

/**
 * Figures, score and segments of one profile. Pure.
 * @param now milliseconds since 1970
 */
export function computeInsights(
	merged: Pick<GoldenRecord, 'attributes'>,
	entity: Entity,
	activities: readonly Activity[],
	model: IdentityModel,
	now: number,
): Insights {
	const metrics = computeMetrics(activities, model, now);
	const lookup: Lookup = (field) => merged.attributes[field]?.value ?? metrics[field]?.value;
	if (activities.length > 0) Object.assign(metrics, computeScore(model, lookup));
	const segments = model.segments
		.filter((segment) => segment.entity.includes(entity) && holds(segment.when, lookup))
		.map((segment) => ({ name: segment.name, reason: explain(segment.when, lookup) }));
	const timeBased = TIME_BASED.some((name) => typeof metrics[name]?.value === 'number');
	const staleAt = timeBased ? new Date((Math.floor(now / DAY_MS) + 1) * DAY_MS).toISOString() : null;
	return { metrics, segments, staleAt };
}

/** Adds up the points of the model's score, 0 to 100, each with its reason. */
function computeScore(model: IdentityModel, lookup: Lookup): Metrics {
	const hits = model.score.points.filter((point) => holds(point.when, lookup));
	const total = Math.min(100, Math.max(0, hits.reduce((points, hit) => points + hit.points, 0)));
	const reasons = hits.map((hit) => `${hit.points >= 0 ? '+' : ''}${hit.points}: ${hit.reason}`);
	return {
		[model.score.name]: { value: total, reasons },
		churn_reasons: { value: hits.length === 0 ? 'none' : hits.map((hit) => hit.reason).join('; '), reasons: [] },
	};
}

/** The condition with the values that satisfied it. */
function explain(condition: SegmentCondition, lookup: Lookup): string {
	const values = [...new Set(fieldsOf(condition))].map((field) => {
		const value = lookup(field);
		return `${field} is ${value === null || value === undefined ? 'not known' : String(value)}`;
	});
	return `${describeCondition(condition)} (${values.join(', ')})`;
}

type SegmentCondition = IdentityModel['segments'][number]['when'];
