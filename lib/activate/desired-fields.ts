import type { Profile, RecordRef, Scalar } from '../domain';
import { profileValue } from '../domain';
import type { DestinationField } from '../systems/definition';

/**
 * What a destination's fields should hold for a profile. Null where the profile has no value.
 * @param duplicates other records of the same profile in the same destination
 */
export function desiredFields(
	profile: Profile,
	fields: readonly DestinationField[],
	duplicates: readonly RecordRef[],
): Record<string, Scalar | null> {
	return Object.fromEntries(fields.map((field) => [field.target, toFieldType(sourceValue(profile, field.source, duplicates), field.type)]));
}

function sourceValue(profile: Profile, source: string, duplicates: readonly RecordRef[]): Scalar | Scalar[] | undefined {
	if (source === 'canonical_id') return profile.canonicalId;
	if (source === 'segments') return profile.segments.map(({ name }) => name).sort();
	if (source === 'company_ids') return profile.companies;
	if (source === 'duplicate_records') return duplicates.map(({ sourceId }) => sourceId).sort();
	return profileValue(profile, source);
}

function toFieldType(value: Scalar | Scalar[] | undefined, type: DestinationField['type']): Scalar | null {
	if (value === undefined) return null;
	const plain = Array.isArray(value) ? value.join(';') : value;
	if (plain === '') return null;
	if (type === 'number') return Number.isFinite(Number(plain)) ? Number(plain) : null;
	if (type === 'boolean') return plain === true || plain === 'true';
	if (type === 'date') return String(plain).slice(0, 10);
	return String(plain);
}
