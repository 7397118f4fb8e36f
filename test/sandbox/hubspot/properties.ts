/** A property as the look-alike keeps it. */
export interface PropertyDefinition {
	name: string;
	label: string;
	type: 'string' | 'number' | 'date' | 'datetime' | 'bool' | 'enumeration';
	fieldType: string;
	groupName: string;
	readOnly?: boolean;
	unique?: boolean;
	hubspotDefined?: boolean;
	options?: { label: string; value: string }[];
}

type Row = [name: string, label: string, type?: PropertyDefinition['type'], readOnly?: boolean];

const CONTACT_ROWS: Row[] = [
	['firstname', 'First Name'], ['lastname', 'Last Name'], ['email', 'Email'], ['hs_additional_emails', 'Additional email addresses'],
	['work_email', 'Work email'], ['phone', 'Phone Number'], ['mobilephone', 'Mobile Phone Number'], ['address', 'Street Address'], ['city', 'City'],
	['zip', 'Postal Code'], ['state', 'State/Region'], ['country', 'Country/Region'], ['company', 'Company Name'], ['jobtitle', 'Job Title'],
	['lifecyclestage', 'Lifecycle Stage'], ['date_of_birth', 'Date of birth'], ['hs_language', 'Preferred language'],
	['hubspot_owner_id', 'Contact owner'], ['hs_email_optout', 'Unsubscribed from all email', 'bool', true],
	['hs_marketable_status', 'Marketing contact status', 'string', true], ['associatedcompanyid', 'Primary Associated Company ID', 'number'],
	['hs_merged_object_ids', 'Merged record IDs', 'string', true], ['hs_object_id', 'Record ID', 'number', true],
	['createdate', 'Create Date', 'datetime', true], ['lastmodifieddate', 'Last Modified Date', 'datetime', true],
];

const COMPANY_ROWS: Row[] = [
	['name', 'Company name'], ['domain', 'Company Domain Name'], ['hs_additional_domains', 'Additional Domains'], ['website', 'Website URL'],
	['phone', 'Phone Number'], ['address', 'Street Address'], ['city', 'City'], ['zip', 'Postal Code'], ['state', 'State/Region'],
	['country', 'Country/Region'], ['industry', 'Industry'], ['numberofemployees', 'Number of Employees', 'number'],
	['lifecyclestage', 'Lifecycle Stage'], ['hubspot_owner_id', 'Company owner'], ['hs_merged_object_ids', 'Merged record IDs', 'string', true],
	['hs_object_id', 'Record ID', 'number', true], ['createdate', 'Create Date', 'datetime', true],
	['hs_lastmodifieddate', 'Last Modified Date', 'datetime', true],
];

const FIELD_TYPES: Record<PropertyDefinition['type'], string> = {
	string: 'text', number: 'number', date: 'date', datetime: 'date', bool: 'booleancheckbox', enumeration: 'select',
};

function standard(rows: Row[], groupName: string): Map<string, PropertyDefinition> {
	return new Map(
		rows.map(([name, label, type = 'string', readOnly = false]) => [
			name,
			{ name, label, type, fieldType: FIELD_TYPES[type], groupName, readOnly, unique: name === 'email', hubspotDefined: true },
		]),
	);
}

/** The properties that every account has, by object. */
export function standardProperties(): Record<'contacts' | 'companies', Map<string, PropertyDefinition>> {
	return { contacts: standard(CONTACT_ROWS, 'contactinformation'), companies: standard(COMPANY_ROWS, 'companyinformation') };
}

export interface PropertyFault {
	isValid: false;
	message: string;
	error: string;
	name: string;
	localizedErrorMessage: string;
	portalId: number;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What HubSpot objects to in a set of property values, one fault a property. */
export function findFaults(definitions: ReadonlyMap<string, PropertyDefinition>, values: Record<string, unknown>, portalId: number): PropertyFault[] {
	return Object.entries(values).flatMap(([name, raw]) => {
		const fault = (error: string, message: string): PropertyFault[] => [
			{ isValid: false, message, error, name, localizedErrorMessage: message, portalId },
		];
		const definition = definitions.get(name);
		if (!definition) return fault('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
		if (definition.readOnly) return fault('READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`);
		const value = raw === null || raw === undefined ? '' : String(raw);
		if (value === '') return [];
		if (definition.type === 'number' && Number.isNaN(Number(value))) return fault('INVALID_FLOAT', `${value} was not a valid number.`);
		if (definition.type === 'bool' && !['true', 'false'].includes(value)) return fault('INVALID_OPTION', `${value} was not one of the allowed options`);
		if (definition.type === 'date' && !isDay(value)) return fault('INVALID_DATE', `${value} was not a valid date.`);
		if (definition.type === 'datetime' && Number.isNaN(toTime(value))) return fault('INVALID_LONG', `${value} was not a valid long.`);
		if (name === 'email' && !EMAIL.test(value)) return fault('INVALID_EMAIL', `Email address ${value} is invalid`);
		return [];
	});
}

/** A date is a day, or milliseconds at midnight UTC. */
function isDay(value: string): boolean {
	if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return !Number.isNaN(Date.parse(value));
	return /^-?\d+$/.test(value) && Number(value) % 86_400_000 === 0;
}

/** Datetimes are given as milliseconds or as ISO 8601. */
export function toTime(value: string): number {
	return /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
}
