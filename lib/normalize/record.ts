import { activitySchema, type Activity, type FieldMapping, type RawRecord, type RejectedRecord, type SourceRecord } from '../domain';
import { countryCode } from './country';
import { readEnvelope, type Envelope } from './envelope';
import { readFields, type FieldValues } from './fields';
import { compileMapping, type CompiledMapping } from './mapping';
import { reject, systemName, type Complaint } from './rejection';
import { readConsent, readLinks } from './statements';

export interface NormalizeOptions {
	/** ISO 3166 alpha-2, for phone numbers and dates where neither the record nor the mapping names a country. */
	defaultCountry?: string;
	/** Reads what happened from the vendor's record; needed for mappings of kind `activity`. */
	activity?: (raw: Record<string, unknown>) => Activity;
	/** Against which birth dates and, where that is asked for, the time of change are judged; the present when left out. */
	now?: Date;
	/**
	 * Refuses a time of change that is yet to come: for one that people map. What a vendor's server says is believed, for a cursor moves on by that clock; ours may be
	 * wrong, and what we refused would never come again.
	 */
	judgesTimes?: boolean;
}
export type Normalized = { record: SourceRecord; rejected?: undefined } | { rejected: RejectedRecord; record?: undefined };

/** Names the fields that could identify the entity, where the mapping has such ones. */
function remedyOf(mapping: CompiledMapping, otherwise: string): string {
	const paths = mapping.fields.filter(({ identifier }) => identifier !== undefined).map(({ path }) => `"${path}"`);
	return paths.length === 0 ? `Map ${otherwise}` : `Fill in ${paths.slice(0, 4).join(' or ')} in ${systemName(mapping)}, or map ${otherwise}`;
}

function personComplaint({ attributes, identifiers, unread }: FieldValues, mapping: CompiledMapping): Complaint | undefined {
	if (identifiers.toList().length > 0) return undefined;
	const named = attributes.has('given_name') || attributes.has('family_name');
	const placed = attributes.has('street') || attributes.has('postal_code') || attributes.has('city');
	// Two of the three tell a person from most others.
	if ([named, placed, attributes.has('birth_date')].filter(Boolean).length >= 2) return undefined;
	const fault = unread ? `; its field "${unread.path}" ${unread.reason}` : '';
	return {
		problem: `has no usable email, phone or other identifier, and not two of name, birth date and place${fault}`,
		field: unread?.path ?? mapping.fields.find(({ identifier }) => identifier !== undefined)?.path,
		remedy: remedyOf(mapping, 'another field that tells who the person is.'),
	};
}

function companyComplaint({ attributes, identifiers, unread }: FieldValues, mapping: CompiledMapping): Complaint | undefined {
	if (identifiers.toList().length > 0 || attributes.has('company_name') || attributes.has('company_domain')) return undefined;
	const fault = unread ? `; its field "${unread.path}" ${unread.reason}` : '';
	return {
		problem: `has no usable company name, domain or other identifier${fault}`,
		field: unread?.path ?? mapping.fields.find(({ attribute }) => attribute === 'company_name' || attribute === 'company_domain')?.path,
		remedy: remedyOf(mapping, 'the field with the company\'s name or domain.'),
	};
}

/** The activity, checked against its schema, or what is wrong with it. */
function readActivity({ system, object, content }: Envelope, mapping: CompiledMapping, options: NormalizeOptions): Activity | Complaint {
	const name = systemName(mapping);
	if (!options.activity) throw new Error(`The field mapping of ${system} ${object} is of kind activity and needs options.activity to read it`);
	const remedy = `Look at the record in ${name}; if it is in order, the preset for ${name} ${object} does not know this form of it.`;
	try {
		const parsed = activitySchema.safeParse(options.activity(content));
		if (parsed.success) return parsed.data;
		const field = parsed.error.issues[0]?.path.join('.') || 'activity';
		return { problem: `cannot be read as an activity: its ${field} is missing or of the wrong kind`, field, remedy };
	} catch (error) {
		// The reader's own message names the field; it never holds values.
		return { problem: `cannot be read as an activity: ${error instanceof Error ? error.message.replace(/\.$/, '') : 'unknown reason'}`, remedy };
	}
}

/**
 * Turns a vendor's record into a SourceRecord as its mapping says, or into a rejection with reason and remedy. Pure and deterministic.
 * A deleted record is never rejected for being nearly empty.
 * @throws Error only for what the caller set up wrongly: a mapping that is not valid (the message names path and attribute), or a mapping of
 * kind `activity` without `options.activity`. Never for data.
 */
export function normalizeRecord(raw: RawRecord, mapping: FieldMapping, options: NormalizeOptions = {}): Normalized {
	const compiled = compileMapping(mapping);
	const envelope = readEnvelope(raw, compiled, options);
	if ('problem' in envelope) return reject(raw, compiled, envelope);

	const defaultCountries = [compiled.defaultCountry, options.defaultCountry]
		.map((country) => (country === undefined ? undefined : countryCode(country)))
		.filter((country) => country !== undefined);
	const values = readFields(envelope.content, compiled, { defaultCountries, now: options.now });
	const links = readLinks(envelope.content, compiled);
	const activity = compiled.kind === 'activity' ? readActivity(envelope, compiled, options) : undefined;
	const unreadable = activity !== undefined && 'problem' in activity ? activity : undefined;
	if (!envelope.deleted) {
		const complaint = unreadable ?? complaintOf(compiled, values, links.some(({ type }) => type === 'owned_by'));
		if (complaint) return reject(raw, compiled, complaint);
	}

	const { system, object, sourceId, version, updatedAt } = envelope;
	return {
		record: {
			system,
			object,
			sourceId,
			version,
			updatedAt,
			kind: compiled.kind,
			attributes: values.attributes.toAttributes(),
			identifiers: values.identifiers.toList(),
			consent: readConsent(envelope.content, compiled),
			links,
			...(activity && !('problem' in activity) ? { activity } : {}),
			...(envelope.deleted ? { deleted: true } : {}),
		},
	};
}

function complaintOf(mapping: CompiledMapping, values: FieldValues, owned: boolean): Complaint | undefined {
	if (mapping.kind === 'person') return personComplaint(values, mapping);
	if (mapping.kind === 'company') return companyComplaint(values, mapping);
	if (owned) return undefined;
	const paths = mapping.links.filter(({ type }) => type === 'owned_by').map(({ path }) => path);
	return {
		problem: `does not say which person or company it belongs to${paths.length > 0 ? `; its field "${paths.join('" or "')}" is empty` : ''}`,
		field: paths[0],
		remedy: `Give it an owner in ${systemName(mapping)}, or map the field that holds the owner's ID as a link of type owned_by.`,
	};
}
