import { isDeepStrictEqual } from 'node:util';
import type { Entity, IdentityModel } from '../domain';
import { fromSplinkSettings, shippedMatching, type SplinkSettings, toSplinkSettings } from '../match';

/** Splink settings, and what of the model has no place in them. */
export interface SplinkExport {
	settings: SplinkSettings;
	/** In words. */
	leftOut: string[];
}

/** The matching of one entity as Splink settings. */
export function exportToSplink({ matching }: Pick<IdentityModel, 'matching'>, entity: Entity): SplinkExport {
	const { thresholds, termFrequencies } = matching[entity];
	return {
		settings: toSplinkSettings(matching[entity], entity),
		leftOut: [
			`the thresholds: predict with threshold_match_weight ${thresholds.review}, and take pairs from ${thresholds.match} on for matches`,
			'reservations and contradictions, which keep pairs apart that weights alone would join',
			'how common an identifier may be before it is no evidence any more',
			...(termFrequencies.length > 0 ? [`term frequencies (${termFrequencies.map(({ column }) => column).join(', ')}): Splink counts them in its own input, unless it is given these as tables (docs/splink.md shows how)`] : []),
		],
	};
}

/** A model with the weights of Splink settings for one entity. */
export interface SplinkImported {
	model: IdentityModel;
	/** What of the settings was left out, in words. */
	ignored: string[];
	/** What was taken although it means a little less or more here, in words. */
	different: string[];
}

/**
 * Takes comparisons, weights and prior of one entity from Splink settings, and blocking rules where they are ours. Thresholds and the other entity
 * stay as they are.
 * @throws Error when it is no settings document, nothing in it is known here, or it was not trained
 */
export function importFromSplink(current: IdentityModel, settings: unknown, entity: Entity): SplinkImported {
	const { matching, ignored, different } = fromSplinkSettings(settings, entity);
	const { comparisons, prior, blocking } = matching[entity];
	const { [entity]: former } = current.matching;
	// Without rules of ours in the settings the shipped ones come back, which say nothing.
	const kept = isDeepStrictEqual(blocking, shippedMatching()[entity].blocking) ? former.blocking : blocking;
	return { model: { ...current, matching: { ...current.matching, [entity]: { ...former, comparisons, prior, blocking: kept } } }, ignored, different };
}
