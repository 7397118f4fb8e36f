import type { GoldenRecord, Identifier, IdentityModel, SourceRecord } from '../domain';
import { identifierKey, refKey } from '../domain';
import { compareText } from './candidates';
import { goldenAttributes } from './golden-attributes';
import { goldenConsent } from './golden-consent';

/** The part of a golden record that comes from the records alone; metrics and segments are added from their activities. */
export type MergedRecords = Omit<GoldenRecord, 'metrics' | 'segments'>;

/** Merges the records of one cluster. Pure; the order of the records doesn't matter. Deleted records must have been left out. */
export function mergeRecords(records: readonly SourceRecord[], model: IdentityModel): MergedRecords {
	const sorted = [...records].sort((x, y) => compareText(refKey(x), refKey(y)));
	return {
		attributes: goldenAttributes(sorted, model),
		identifiers: allIdentifiers(sorted),
		consent: goldenConsent(sorted),
		records: sorted.map(({ system, object, sourceId }) => ({ system, object, sourceId })),
	};
}

function allIdentifiers(records: readonly SourceRecord[]): Identifier[] {
	const found = new Map<string, Identifier>();
	for (const identifier of records.flatMap((record) => record.identifiers)) {
		const key = identifierKey(identifier);
		if (!found.has(key)) found.set(key, identifier);
	}
	return [...found.entries()].sort(([x], [y]) => compareText(x, y)).map(([, identifier]) => identifier);
}
