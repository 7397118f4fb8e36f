import anyAscii from 'any-ascii';
import { COMPANY_ATTRIBUTES, type ExportColumns, PERSON_ATTRIBUTES, SYSTEMS } from '../../lib';
import { COLUMNS_OF_OTHER_EXPORTS, COMPANY_IDS_OF_OTHER_EXPORTS } from './names-in-other-exports';
import { IDS_IN_OTHER_LANGUAGES, NAMES_IN_OTHER_LANGUAGES } from './names-in-other-languages';

/** What a column can be beside an attribute. */
export const ROLES = ['id', 'source', 'record_type', 'updated_at'] as const;

/** Attributes that only stand in files: a whole name, a whole address, and parts that are put together. */
const IN_FILES_ONLY = [
	'full_name', 'middle_name', 'full_address', 'street_number', 'address_2', 'address_3', 'birth_year', 'birth_month', 'birth_day',
	'user_id', 'passport_number', 'drivers_license_number',
] as const;

/** Everything that `--map column=...` understands. */
export const TARGETS: readonly string[] = [...new Set([...PERSON_ATTRIBUTES, ...COMPANY_ATTRIBUTES, ...IN_FILES_ONLY, ...ROLES])];

/** Usual names of columns, in the form of {@link columnKey}. The target's own name is always one of them. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
	given_name: 'firstname fname forename namefirst christianname',
	family_name: 'lastname lname surname namelast secondname',
	middle_name: 'namemiddle',
	name_suffix: 'suffix generationalsuffix',
	full_name: 'name namefull displayname',
	email: 'mail emailaddress mailaddress emails emailaddresses',
	phone: 'phonenumber tel telephone telephonenumber mobile mobilenumber mobilephone cell cellphone cellnumber phones phonenumbers phonemobile mobilephonenumber whatsapp whatsappnumber addressphone',
	birth_date: 'dob dateofbirth birthday birthdate bday',
	birth_year: 'yearofbirth dobyear',
	birth_month: 'monthofbirth dobmonth',
	birth_day: 'dayofbirth dobday',
	street: 'address address1 addressline1 addrline1 addr1 streetaddress streetname streetline1 line1 street1 addressstreet',
	street_number: 'housenumber streetno houseno housenr',
	address_2: 'addressline2 addrline2 addr2 streetline2 line2 street2',
	address_3: 'addressline3 addrline3 addr3 line3 street3',
	full_address: 'addrfull addressfull',
	city: 'town suburb locality addrcity addresscity cityname municipality',
	postal_code: 'postcode zip zipcode postal addrpostalcode addresszip addresspostalcode postalzipcode',
	region: 'state province county addrstate addressstate statecode statename addressregion addressprovince provincecode',
	country: 'countrycode countryname addrcountry addresscountry addresscountrycode',
	company_name: 'company organisation organization organisationname organizationname org nameorg business businessname firm employer accountname',
	company_domain: 'domain website web url homepage webaddress websiteaddress companywebsite websiteurl domainname websitedomain companydomain',
	job_title: 'jobtitle position occupation',
	language: 'lang locale preferredlanguage',
	national_id: 'ssn ssnnumber socsecid socialsecuritynumber socialsecurity nationalidnumber nationalidnr nin nino taxid',
	passport_number: 'passport passportno',
	drivers_license_number: 'driverslicense driverslicence driverslicencenumber driverslicenseno',
	registration_number: 'companynumber registrationno companyregistrationnumber',
	vat_number: 'vat vatid vatno',
	industry: 'sector',
	employees: 'numberofemployees employeecount companysize',
	created_at: 'created createdate createddate datecreated createdon customersince signupdate dateadded dateregistered registeredat signedup',
	lifecycle_stage: 'lifecycle',
	record_type: 'entitytype partytype recordkind',
	updated_at: 'lastmodified lastmodifieddate modifiedat modifieddate modified lastupdated updated lastupdate datemodified updatedon modifiedon lastmodifiedon lastupdatedat dateupdated changedat',
	source: 'datasource sourcesystem sourcedataset',
};

/** What vendors call columns where most lists use other words; that of each system stands in its folder. */
const VENDOR_COLUMNS: readonly ExportColumns[] = [COLUMNS_OF_OTHER_EXPORTS, ...Object.values(SYSTEMS).map(({ exportColumns }) => exportColumns ?? {})];

/** IDs of companies, which in a file of people are not what tells its rows apart. */
export const COMPANY_IDS: ReadonlySet<string> = new Set(['accountid', 'companyid', 'organizationid', 'organisationid', ...COMPANY_IDS_OF_OTHER_EXPORTS.map(columnKey)]);

/** What the exports of vendors call a column, in the form of {@link columnKey}. */
function exportNames(target: string): string[] {
	return VENDOR_COLUMNS.flatMap((columns) => columns[target] ?? []).map(columnKey);
}

/** Columns that give each record its ID, the likeliest first. */
const ID_NAMES = [
	'sourceid', 'recordid', 'recid', 'uniqueid', 'id', 'rowid', 'contactid', 'customerid', 'clientid', 'memberid', 'patientid', 'uid', 'uuid', 'guid',
	'userid', 'externalid', 'personid', 'customernumber', 'customerno', 'clientnumber', 'membernumber', ...exportNames('id'), ...IDS_IN_OTHER_LANGUAGES,
];

/** Words before a name that say which of several it is: `billing_city`, `home_phone`, `primary_name_first`. */
const QUALIFIERS = new Set([
	'primary', 'secondary', 'main', 'default', 'other', 'alternate', 'alt', 'home', 'work', 'business', 'office', 'personal', 'private', 'native', 'legal',
	'mailing', 'billing', 'shipping', 'delivery', 'postal', 'residential', 'contact', 'customer', 'client', 'member', 'person', 'patient', 'user',
]);
/** The same words where they stand behind the name: `Phone (work)`, `Telefon privat`, `E-mail 1 - Value`. */
const TRAILING = new Set([
	'home', 'work', 'business', 'office', 'personal', 'private', 'mobile', 'main', 'primary', 'secondary', 'other', 'billing', 'shipping', 'delivery', 'mailing', 'value',
	'privat', 'geschaftlich', 'geschaeftlich', 'dienstlich', 'mobil', 'domicile', 'bureau', 'casa', 'trabajo', 'ufficio', 'thuis', 'werk',
]);
/** Of these a record may have several, numbered: `email_2`. */
const NUMBERED = new Set(['email', 'phone', 'company_name', 'full_name']);

const TARGET_BY_NAME = new Map<string, string>([
	...TARGETS.filter((target) => target !== 'id').map((target): [string, string] => [target.replaceAll('_', ''), target]),
	...[...Object.entries(NAMES_IN_OTHER_LANGUAGES), ...Object.entries(USUAL_NAMES)].flatMap(([target, names]) => names.split(' ').map((name): [string, string] => [name, target])),
	...TARGETS.filter((target) => target !== 'id').flatMap((target) => exportNames(target).map((name): [string, string] => [name, target])),
]);
TARGET_BY_NAME.delete('userid');
/** `source` alone is more often where a contact came from (web, fair) than the system that holds it. */
TARGET_BY_NAME.delete('source');

/** What a column's name says it is. */
export interface Recognised {
	target: string;
	/** Words that tell columns of one kind apart: parts of one address have the same. */
	group: string;
	/** For an ID column: the smaller the likelier. */
	rank: number;
}

function words(name: string): string[] {
	return name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
}

/** A column's name without case, spaces, dashes and underscores. */
export function columnKey(name: string): string {
	return words(name).join('');
}

/** Reads a column's name; undefined when it is none of the usual ones. */
export function recognise(name: string): Recognised | undefined {
	const all = words(anyAscii(name));
	const behind = [...all].reverse().findIndex((word) => !TRAILING.has(word));
	const found = recogniseWords(all);
	if (found || behind <= 0) return found;
	const bare = recogniseWords(all.slice(0, -behind));
	return bare && bare.target !== 'id' ? { ...bare, group: [bare.group, ...all.slice(-behind)].filter((word) => word !== '').join(' ') } : undefined;
}

/** Names of columns that hold a whole name, or the part of it that no other column has. */
export function mayBePartOfName(name: string): boolean {
	const bare = words(anyAscii(name)).filter((word) => !QUALIFIERS.has(word));
	return ['name', 'nom', 'nombre', 'nome', 'naam', 'namn', 'navn'].includes(bare.join(' '));
}

function recogniseWords(all: readonly string[]): Recognised | undefined {
	for (let skipped = 0; skipped < Math.min(all.length, 3); skipped++) {
		if (skipped > 0 && !QUALIFIERS.has(all[skipped - 1] ?? '')) return undefined;
		const isNumbered = all[skipped] === 'address' && /^\d{1,2}$/.test(all[skipped + 1] ?? '') && all.length > skipped + 2;
		const key = isNumbered ? `address${all.slice(skipped + 2).join('')}` : all.slice(skipped).join('');
		const group = all.slice(0, isNumbered ? skipped + 2 : skipped).join(' ');
		const rank = ID_NAMES.indexOf(key);
		if (rank >= 0) return { target: 'id', group, rank: rank + skipped * ID_NAMES.length };
		const target = TARGET_BY_NAME.get(key);
		if (target !== undefined) return { target, group, rank: 0 };
		const unnumbered = TARGET_BY_NAME.get(key.replace(/\d{1,2}(?=(?:address)?$)/, ''));
		if (unnumbered !== undefined && NUMBERED.has(unnumbered)) return { target: unnumbered, group, rank: 0 };
	}
	return undefined;
}
