import { isLongerThan, MAX_SOUGHT, type Entity, type GoldenRecord, type HouseholdTraits, type Identifier, type IdentityModel, type SourceRecord } from '../domain';
import { companyNameKey, postalCodeKey, streetKey } from '../normalize';
import { familyForms } from './household-family';

/**
 * What a profile lends to finding households. A person lives at the address that survived and is reached under every telephone number;
 * a company counts with every address that any of its records has, so that none of its offices is taken for a home.
 * Numbers that the model blocks and placeholders are left out.
 */
export function householdTraits(
	entity: Entity,
	records: readonly SourceRecord[],
	golden: Pick<GoldenRecord, 'attributes' | 'identifiers'>,
	model: Pick<IdentityModel, 'blockedValues'>,
): HouseholdTraits {
	const text = (name: string) => String(golden.attributes[name]?.value ?? '');
	const addresses = entity === 'company' ? records.flatMap(addressesOf) : addressKey(text('street'), text('postal_code'));
	const isBlocked = (one: Identifier) => model.blockedValues.some(({ kind, value }) => kind === one.kind && value === one.value);
	const phones = golden.identifiers.filter((one) => one.kind === 'phone' && !isBlocked(one) && !one.flags?.includes('placeholder'));
	const keys = [...addresses, ...phones.map(({ value }) => `phone:${value}`)];
	if (entity === 'company') return { keys: distinct(keys), families: [], employers: [] };
	const postalCode = postalCodeKey(text('postal_code'));
	return {
		keys: distinct(keys),
		families: familyForms(text('family_name')),
		employers: employersOf(golden),
		...(postalCode !== '' && { postalCode }),
	};
}

function addressesOf({ attributes }: SourceRecord): string[] {
	const valuesOf = (name: string) => (attributes[name] ?? []).filter(({ valid }) => valid).map(({ value }) => String(value));
	return valuesOf('street').flatMap((street) => valuesOf('postal_code').flatMap((code) => addressKey(street, code)));
}

/** None for a street without the number of a house: many live in a street. Nor for a text that is no address, because it is far longer than any. */
function addressKey(street: string, postalCode: string): string[] {
	const [line, code] = [streetKey(street), postalCodeKey(postalCode)];
	const key = `address:${line}|${code}`;
	return /\d/.test(line) && code !== '' && !isLongerThan(key, MAX_SOUGHT) ? [key] : [];
}

function employersOf({ attributes, identifiers }: Pick<GoldenRecord, 'attributes' | 'identifiers'>): string[] {
	const name = companyNameKey(String(attributes.company_name?.value ?? ''));
	const domains = identifiers
		.filter(({ kind, flags }) => kind === 'email' && !flags?.includes('free_mail_domain') && !flags?.includes('disposable_domain'))
		.map(({ value }) => value.slice(value.lastIndexOf('@')));
	const domain = attributes.company_domain?.value;
	return distinct([name, ...domains, ...(domain === undefined ? [] : [`@${String(domain)}`])].filter((one) => one !== ''));
}

function distinct(values: readonly string[]): string[] {
	return [...new Set(values)].sort();
}
