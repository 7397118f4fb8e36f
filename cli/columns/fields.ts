import type { FieldMapping, FieldRule } from '../../lib';
import type { Column } from './plan';

export type Kind = 'person' | 'company';

/** A cell of these may hold several values. */
const SEVERAL = new Set(['email', 'phone', 'given_name', 'family_name', 'full_name', 'company_name', 'company_domain', 'national_id']);
const SEPARATOR = ';';
/** Attributes by which an entity is recognised, as identifiers of the kind of the same name. */
const IDENTIFIERS = new Set(['national_id', 'passport_number', 'drivers_license_number', 'user_id', 'registration_number', 'vat_number']);

const NOT_OF_COMPANIES = new Set([
	'given_name', 'family_name', 'middle_name', 'name_suffix', 'birth_date', 'job_title', 'user_id', 'passport_number', 'drivers_license_number',
]);
const NOT_OF_PEOPLE = new Set(['industry', 'employees', 'registration_number', 'vat_number']);
const ROLES = new Set(['id', 'source', 'record_type', 'updated_at']);

/** Columns that form one value, in the order in which they are written. */
const COMBINED: readonly { attribute: string; parts: readonly string[]; join: string; all: boolean }[] = [
	{ attribute: 'street', parts: ['street_number', 'street', 'address_2', 'address_3'], join: ' ', all: false },
	{ attribute: 'birth_date', parts: ['birth_year', 'birth_month', 'birth_day'], join: '-', all: true },
];

/** One value of a record and the columns it is made of. */
export interface Field {
	/** Where it stands in the raw record; names the columns. */
	path: string;
	attribute: string;
	columns: readonly Column[];
	join: string;
	/** Nothing is made of it unless every column has a value. */
	all: boolean;
}

/** The values that a file's columns give, each with a path of its own. */
export function fieldsOf(columns: readonly Column[]): Field[] {
	const used = new Set<Column>();
	const fields: Omit<Field, 'path'>[] = [];
	for (const { attribute, parts, join, all } of COMBINED) {
		for (const group of new Set(columns.map((column) => column.group))) {
			const mine = parts.map((part) => columns.filter((column) => column.group === group && column.target === part));
			// Two streets and one number: nothing says which of them it belongs to.
			if (mine.some((same) => same.length > 1)) continue;
			const together = mine.flat();
			if (together.length < (all ? parts.length : 2)) continue;
			together.forEach((column) => used.add(column));
			fields.push({ attribute, columns: together, join, all });
		}
	}
	for (const column of columns) {
		if (column.target === undefined || ROLES.has(column.target) || used.has(column)) continue;
		fields.push({ attribute: ALONE[column.target] ?? column.target, columns: [column], join: ' ', all: false });
	}
	fields.sort((x, y) => firstIndex(x) - firstIndex(y));
	const paths = new Set<string>();
	return fields.map((field) => {
		const plain = field.columns.map(({ name }) => name.replace(/[.[\]]/g, '_')).join(' + ');
		const path = paths.has(plain) ? `${plain} (column ${firstIndex(field) + 1})` : plain;
		paths.add(path);
		return { ...field, path };
	});
}

function firstIndex({ columns }: Pick<Field, 'columns'>): number {
	return Math.min(...columns.map(({ index }) => index));
}

/** What a part is when the rest of the value is missing, and what a whole address is kept as. */
const ALONE: Readonly<Record<string, string>> = { full_address: 'street', address_2: 'street', address_3: 'street' };

/** The raw record of a row: a value a field, empty ones left out. */
export function rawOf(fields: readonly Field[], cells: readonly string[]): Record<string, unknown> {
	// Without a prototype, so that a column may have any name.
	const raw = Object.create(null) as Record<string, unknown>;
	for (const { path, columns, join, all } of fields) {
		const values = columns.map(({ index }) => cells[index] ?? '').filter((value) => value !== '');
		if (values.length === 0 || (all && values.length < columns.length)) continue;
		const [first, second] = values;
		// Some exports repeat the number of the house in the street.
		const repeated = columns[0]?.target === 'street_number' && second?.startsWith(`${first} `);
		raw[path] = (repeated ? values.slice(1) : values).join(join);
	}
	return raw;
}

/** How Normalize reads the rows of one source. The same form as the mapping of any system. */
export function mappingOf(fields: readonly Field[], system: string, kind: Kind, defaultCountry: string): FieldMapping {
	const rules = fields.flatMap(({ path, attribute }): FieldRule[] => {
		if ((kind === 'company' ? NOT_OF_COMPANIES : NOT_OF_PEOPLE).has(attribute)) return [];
		const separator = SEVERAL.has(attribute) ? SEPARATOR : undefined;
		if (attribute === 'full_name' && kind === 'company') return [{ path, attribute: 'company_name', separator }];
		if (attribute === 'full_name') return [{ path, type: 'full_name', separator }];
		const identifier = IDENTIFIERS.has(attribute) ? { type: 'identifier' as const, identifier: attribute } : {};
		return [{ path, attribute, separator, ...identifier }];
	});
	return { system, object: kind, kind, fields: rules, defaultCountry };
}
