import { CliError } from '../cli-error';
import type { Kind } from './fields';
import { columnKey, COMPANY_IDS, mayBePartOfName, recognise, TARGETS } from './column-names';

/** One column and what it is taken for: an attribute, a role (id, source, record_type, updated_at), or nothing. */
export interface Column {
	index: number;
	name: string;
	target: string | undefined;
	/** Columns of one group belong together: the parts of one address. */
	group: string;
	/** Why a column that looks like something is left out. */
	because?: string;
}

export interface ColumnChoices {
	/** `column=target` as typed, in order; a later one wins. */
	map: readonly string[];
	idColumn?: string;
	sourceColumn?: string;
	/** What every row was said to be. */
	type?: Kind;
	/** A source was named, so that no column is taken for it unasked. */
	sourceGiven: boolean;
}

/** One `--map`, read. `target` undefined ignores the column. */
export interface ColumnMap {
	column: string;
	target: string | undefined;
}

/** @throws CliError */
export function parseMap(text: string): ColumnMap {
	const at = text.lastIndexOf('=');
	const column = text.slice(0, Math.max(at, 0)).trim();
	if (column === '') {
		throw new CliError(`--map takes column=attribute, for example --map "Post Code=postal_code"; "${text}" is not of that form.`);
	}
	const word = text.slice(at + 1).trim();
	if (word === '' || word === '-') return { column, target: undefined };
	const target = TARGETS.find((name) => columnKey(name) === columnKey(word)) ?? recognise(word)?.target;
	if (target !== undefined) return { column, target };
	const known = [...TARGETS].sort().join(', ');
	throw new CliError(`--map ${text}: there is no attribute "${word}". There are: ${known}; or ${column}=- to ignore the column.`);
}

/** Columns of this name: as written, else without regard to case, spaces, dashes and underscores. */
export function columnsNamed(columns: readonly string[], name: string): number[] {
	const same = (matches: (column: string) => boolean) => columns.flatMap((column, index) => (matches(column) ? [index] : []));
	const exact = same((column) => column === name.trim());
	return exact.length > 0 ? exact : same((column) => columnKey(column) === columnKey(name) && columnKey(name) !== '');
}

/** Decides what each column is: what was asked for, else what its name says. Names that are not there are left to the caller. */
export function planColumns(names: readonly string[], choices: ColumnChoices): Column[] {
	const columns = names.map((name, index): Column & { rank: number; asked: boolean } => {
		const found = recognise(name);
		return { index, name, target: found?.target, group: found?.group ?? '', rank: found?.rank ?? 0, asked: false };
	});
	const ask = (name: string | undefined, target: string | undefined) => {
		for (const index of name === undefined ? [] : columnsNamed(names, name)) {
			const column = columns[index];
			if (column) Object.assign(column, { target, rank: -1, asked: true });
		}
	};
	for (const { column, target } of choices.map.map(parseMap)) ask(column, target);
	ask(choices.idColumn, 'id');
	ask(choices.sourceColumn, 'source');

	recogniseCompanyId(columns, choices.type);
	const ids = columns.filter(({ target }) => target === 'id').sort((x, y) => x.rank - y.rank);
	recogniseSource(columns);
	recogniseBirthDay(columns);
	recognisePartOfName(columns);
	leaveOutRecipient(columns);
	keepOne(ids, 'another column gives the ID');
	for (const role of ['source', 'record_type', 'updated_at']) {
		const candidates = columns.filter(({ target }) => target === role).sort((x, y) => x.rank - y.rank);
		const unwanted = role === 'source' && choices.sourceGiven ? candidates.filter(({ asked }) => !asked) : [];
		drop(unwanted, 'the source was named with --source');
		keepOne(candidates.filter(({ target }) => target === role), `another column gives the ${role}`);
	}
	return columns.map(({ index, name, target, group, because }) => ({ index, name, target, group, ...(because === undefined ? {} : { because }) }));
}

const OF_PEOPLE: ReadonlySet<string> = new Set(['given_name', 'family_name', 'full_name', 'email', 'birth_date']);

/** In a file of companies that has no other, the ID of a company is that of its row. */
function recogniseCompanyId(columns: (Column & { asked: boolean })[], type: Kind | undefined): void {
	const has = (belongs: (target: string) => boolean) => columns.some(({ target }) => target !== undefined && belongs(target));
	const ofCompanies = type === 'company' || (type === undefined && !has((target) => OF_PEOPLE.has(target)));
	if (!ofCompanies || has((target) => target === 'id') || !has((target) => target === 'company_name')) return;
	const column = columns.find(({ name, asked }) => !asked && COMPANY_IDS.has(columnKey(name)));
	if (column) column.target = 'id';
}

/** Beside a column `source_id`, a column `source` is what it belongs to. */
function recogniseSource(columns: (Column & { asked: boolean })[]): void {
	if (!columns.some(({ name, target }) => target === 'id' && columnKey(name) === 'sourceid')) return;
	for (const column of columns) if (columnKey(column.name) === 'source' && !column.asked) column.target = 'source';
}

/** `birth_day` is spelled like a birthday; beside a year and a month it is the day of the month. */
function recogniseBirthDay(columns: readonly (Column & { asked: boolean })[]): void {
	const has = (target: string, group: string) => columns.some((column) => column.target === target && column.group === group);
	for (const column of columns) {
		if (column.asked || !columnKey(column.name).endsWith('birthday')) continue;
		if (has('birth_year', column.group) && has('birth_month', column.group)) column.target = 'birth_day';
	}
}

/** Beside `Vorname`, `Name` is the family name; beside `Apellidos`, `Nombre` is the given name. */
function recognisePartOfName(columns: readonly (Column & { asked: boolean })[]): void {
	for (const column of columns) {
		if (column.asked || column.target !== 'full_name' || !mayBePartOfName(column.name)) continue;
		const has = (target: string) => columns.some((other) => other.target === target && other.group === column.group);
		const [given, family] = [has('given_name'), has('family_name')];
		if (given !== family) column.target = given ? 'family_name' : 'given_name';
	}
}

const NAMES: ReadonlySet<string> = new Set(['given_name', 'middle_name', 'family_name', 'full_name']);

/** Who a parcel goes to may be somebody else: beside the name of the customer it is not another name of theirs. */
function leaveOutRecipient(columns: readonly (Column & { asked: boolean })[]): void {
	const names = columns.filter(({ target }) => target !== undefined && NAMES.has(target));
	const ofRecipient = names.filter(({ group, asked }) => !asked && /\b(?:shipping|delivery)\b/.test(group));
	if (ofRecipient.length < names.length) drop(ofRecipient, 'who it is sent to may be somebody else');
}

function keepOne(candidates: readonly Column[], because: string): void {
	drop(candidates.slice(1), because);
}

function drop(columns: readonly Column[], because: string): void {
	for (const column of columns) Object.assign(column, { target: undefined, because });
}
