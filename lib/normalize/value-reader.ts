import type { AttributeValue, ValueType } from '../domain';
import { normalizeCity, normalizePostalCode, normalizeRegion, normalizeStreet } from './address';
import { normalizeCompanyName } from './company-name';
import { normalizeCountry } from './country';
import { normalizeBirthDate, normalizeDate } from './date';
import { normalizeDateTime } from './datetime';
import { normalizeDomain } from './domain';
import { normalizeEmail } from './email';
import { normalizeFullName } from './full-name';
import { normalizeIdentifier } from './identifier';
import { normalizeName } from './name';
import { normalizeBoolean, normalizeNumber } from './number';
import { normalizePhone } from './phone';
import type { ReadContext } from './read-context';
import { normalizeText } from './text';
import { normalizeUrl } from './web-address';

/** Where a value is to be kept. */
interface Target {
	type: ValueType;
	attribute: string;
	identifier?: string;
}

type Reader = (raw: unknown, context: ReadContext, target: Target) => AttributeValue | undefined;

const READERS: Readonly<Record<Exclude<ValueType, 'given_name' | 'family_name' | 'full_name'>, Reader>> = {
	text: (raw) => normalizeText(raw),
	email: (raw) => normalizeEmail(raw),
	phone: normalizePhone,
	company_name: (raw) => normalizeCompanyName(raw),
	domain: (raw) => normalizeDomain(raw),
	url: (raw) => normalizeUrl(raw),
	street: (raw) => normalizeStreet(raw),
	city: (raw) => normalizeCity(raw),
	postal_code: normalizePostalCode,
	region: (raw) => normalizeRegion(raw),
	country: (raw) => normalizeCountry(raw),
	date: (raw, context, { attribute }) => (attribute === 'birth_date' ? normalizeBirthDate(raw, context) : normalizeDate(raw, context)),
	datetime: normalizeDateTime,
	number: (raw) => normalizeNumber(raw),
	boolean: (raw) => normalizeBoolean(raw),
	identifier: (raw, _, { attribute, identifier }) => normalizeIdentifier(raw, identifier ?? attribute),
};

/**
 * Reads one raw value as its type says. A name gives several attributes (`given_name`, `family_name`, `name_suffix`), everything else the one
 * that is asked for. Empty when the value is missing. Never throws.
 */
export function readValue(raw: unknown, context: ReadContext, target: Target): [attribute: string, value: AttributeValue][] {
	const { type, attribute } = target;
	if (type === 'full_name') return entries({ ...normalizeFullName(raw, attribute === 'family_name' ? 'family_name' : 'given_name') });
	if (type === 'given_name' || type === 'family_name') {
		const { [type]: name, ...rest } = normalizeName(raw, type);
		return entries({ ...(name ? { [attribute]: name } : {}), ...rest });
	}
	const value = READERS[type](raw, context, target);
	return value ? [[attribute, value]] : [];
}

function entries(values: Readonly<Record<string, AttributeValue | undefined>>): [string, AttributeValue][] {
	return Object.entries(values).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined);
}
