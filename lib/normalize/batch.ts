import type { FieldMapping, RawRecord } from '../domain';
import { normalizeRecord, type Normalized } from './record';

/** Records to normalize together. Nothing but JSON, so that it can go to another thread as text. */
export interface NormalizeBatch {
	records: readonly RawRecord[];
	/** Not of kind `activity`: those need a reader, which is code. */
	mappings: readonly FieldMapping[];
	/** For each record, which of the mappings is its own. */
	mappingOf: readonly number[];
	/** ISO 3166 alpha-2, as in NormalizeOptions. */
	defaultCountry?: string;
}

/**
 * Normalizes each record by its mapping, in order. Pure.
 * @throws Error for a mapping that is not valid, as normalizeRecord does
 */
export function normalizeBatch({ records, mappings, mappingOf, defaultCountry }: NormalizeBatch): Normalized[] {
	return records.map((record, index) => {
		const mapping = mappings[mappingOf[index] ?? -1];
		if (!mapping) throw new Error(`no mapping was given for a record of ${record.system} ${record.object}`);
		return normalizeRecord(record, mapping, { defaultCountry });
	});
}
