import { FoundRows } from '../csv/found-rows';
import type { Row } from '../csv/rows';
import type { Column } from './plan';
import type { Kind } from './fields';

const PERSON = new Set(['person', 'people', 'individual', 'human', 'natural person', 'p', 'i', 'contact', 'per', 'consumer', 'private person',
	'privatperson', 'privat', 'privatkunde', 'particulier', 'personne', 'persona', 'persoon', 'osoba']);
const COMPANY = new Set([
	'company', 'organization', 'organisation', 'org', 'o', 'c', 'business', 'firm', 'corporation', 'corporate', 'enterprise', 'legal entity', 'b', 'com',
	'firma', 'unternehmen', 'firmenkunde', 'entreprise', 'société', 'societe', 'empresa', 'azienda', 'bedrijf', 'företag',
]);
const PERSONAL = new Set(['given_name', 'family_name', 'full_name', 'birth_date', 'birth_year', 'email']);
const OF_COMPANIES = new Set(['company_name', 'company_domain', 'registration_number', 'vat_number']);

/** Tells people from companies. */
export interface KindReader {
	of(row: Row): Kind;
	/** Rows whose type is a word that is not known. */
	readonly unknown: FoundRows;
	/** How it is told, for people. */
	explanation: string;
}

/** @param asked what every row is, as said on the command line */
export function kindReader(columns: readonly Column[], asked: Kind | undefined): KindReader {
	const unknown = new FoundRows();
	if (asked !== undefined) return { of: () => asked, unknown, explanation: `every row is a ${asked} (--type)` };
	const typeColumn = columns.find(({ target }) => target === 'record_type');
	const guess = guesser(columns);
	if (!typeColumn) {
		const remedy = guess === 'person' ? '--type company if they are companies' : 'there is no column for a person; --type person if they are people';
		return { of: () => guess, unknown, explanation: `every row is taken for a ${guess} (${remedy})` };
	}
	return {
		unknown,
		explanation: `"${typeColumn.name}" tells people from companies`,
		of: ({ cells, line }) => {
			const word = (cells[typeColumn.index] ?? '').toLowerCase().replace(/[^\p{L}]+/gu, ' ').trim();
			if (PERSON.has(word)) return 'person';
			if (COMPANY.has(word)) return 'company';
			if (word !== '') unknown.add(() => `line ${line}`);
			return guesser(columns.filter(({ index }) => (cells[index] ?? '') !== ''));
		},
	};
}

/** By what there is: a company's name or domain and nothing that only a person has. */
function guesser(columns: readonly Column[]): Kind {
	const has = (targets: ReadonlySet<string>) => columns.some(({ target }) => target !== undefined && targets.has(target));
	return has(OF_COMPANIES) && !has(PERSONAL) ? 'company' : 'person';
}
