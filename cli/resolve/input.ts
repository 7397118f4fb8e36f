import { realpathSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { isLongerThan, isYetToCome, MAX_NAME, tooLong } from '../../lib';
import { CliError } from '../cli-error';
import { type Field, fieldsOf, type Kind } from '../columns/fields';
import { type Column, columnsNamed, parseMap, planColumns } from '../columns/plan';
import { kindReader, type KindReader } from '../columns/row-kind';
import { listed } from '../columns/listed';
import { parseDelimiter } from '../csv/delimiter';
import { fileStats } from '../csv/encoding';
import { type CsvFile, openCsv } from '../csv/rows';
import { counted } from '../terminal';
import { nothingRecognised } from './nothing-recognised';

/** What the command line says of how files are to be read. */
export interface InputOptions {
	map: readonly string[];
	idColumn?: string;
	sourceColumn?: string;
	/** One for all files, or one for each. */
	sources: readonly string[];
	type?: Kind;
	delimiter?: string;
	encoding?: string;
}

/** One file and how its rows become records. */
export interface Input {
	csv: CsvFile;
	columns: Column[];
	fields: Field[];
	idColumn: Column | undefined;
	sourceColumn: Column | undefined;
	updatedColumn: Column | undefined;
	/** Where no column says it. */
	source: string;
	/** ISO 8601: when the file was last written; the time of change of rows that have none of their own. The present where the file says that it is of the future. */
	modifiedAt: string;
	isOfFuture: boolean;
	kinds: KindReader;
}

/** Opens the files and decides what each column is. @throws CliError */
export async function openInputs(paths: readonly string[], options: InputOptions): Promise<Input[]> {
	const { sources } = options;
	const delimiter = options.delimiter === undefined ? undefined : parseDelimiter(options.delimiter);
	if (sources.length > 1 && sources.length !== paths.length) {
		throw new CliError(
			`There ${paths.length === 1 ? 'is' : 'are'} ${counted(paths.length, 'file')} and ${sources.length} times --source. Give it once for all files or once for each, in their order.`,
		);
	}
	if (sources.length > 0 && options.sourceColumn !== undefined) {
		throw new CliError('Use --source or --source-column, not both: the first names the source, the second takes it from the rows.');
	}
	options.map.forEach(parseMap);
	const files: CsvFile[] = [];
	refuseTwice(paths, sources);
	for (const path of paths) files.push(await openCsv(path, { encoding: options.encoding, delimiter }));
	refuseUnknownColumns(files, options);
	const inputs = files.map((csv, index) => toInput(csv, options, sources.length > 1 ? sources[index] : sources[0]));
	for (const { csv, fields } of inputs) if (fields.length === 0) throw new CliError(await nothingRecognised(csv));
	return inputs;
}

/** A file given twice would be two rows of everybody. Under two names of sources that may be meant: whoever tries something out wants to see them joined. */
function refuseTwice(paths: readonly string[], sources: readonly string[]): void {
	const seen = new Map<string, string>();
	for (const [index, path] of paths.entries()) {
		fileStats(path);
		const file = JSON.stringify([realpathSync(path), sources.length > 1 ? sources[index] : null]);
		const earlier = seen.get(file);
		if (earlier !== undefined) throw new CliError(`${earlier} is given twice${earlier === path ? '' : `, also as ${path}`}. Give it once.`);
		seen.set(file, path);
	}
}

function toInput(csv: CsvFile, options: InputOptions, source: string | undefined): Input {
	const columns = planColumns(csv.columns, { ...options, sourceGiven: source !== undefined });
	const fields = fieldsOf(columns);
	const role = (target: string) => columns.find((column) => column.target === target);
	const name = source ?? basename(csv.path, extname(csv.path));
	const written = csv.state.mtime.toISOString();
	const isOfFuture = isYetToCome(written);
	checkSource(name, `the source of ${csv.path}`, 'Name it with --source.');
	return {
		csv,
		columns,
		fields,
		idColumn: role('id'),
		sourceColumn: role('source'),
		updatedColumn: role('updated_at'),
		source: name,
		modifiedAt: isOfFuture ? new Date().toISOString() : written,
		isOfFuture,
		kinds: kindReader(columns, options.type),
	};
}

/** A source's name is the first part of a record's reference, which ends at a colon. @throws CliError */
export function checkSource(name: string, what: string, remedy: string): void {
	if (name === '') throw new CliError(`${what} is empty. ${remedy}`);
	if (isLongerThan(name, MAX_NAME)) throw new CliError(`${what} ${tooLong(MAX_NAME)}, which the name of a source cannot be. ${remedy}`);
	if (name.includes(':')) throw new CliError(`${what} has a colon in it, which the name of a source cannot have. ${remedy}`);
}

function refuseUnknownColumns(files: readonly CsvFile[], { map, idColumn, sourceColumn }: InputOptions): void {
	const asked = [
		...map.map((text) => ({ option: '--map', column: parseMap(text).column })),
		...(idColumn === undefined ? [] : [{ option: '--id-column', column: idColumn }]),
		...(sourceColumn === undefined ? [] : [{ option: '--source-column', column: sourceColumn }]),
	];
	for (const { option, column } of asked) {
		const holders = files.filter(({ columns }) => columnsNamed(columns, column).length > 0);
		if (holders.length === 0) {
			const where = files.map(({ path, columns }) => `${path} has ${listed(columns)}`).join('; ');
			throw new CliError(`${option}: there is no column "${column}". ${where}.`);
		}
		const twice = holders.find(({ columns }) => columnsNamed(columns, column).length > 1);
		if (twice && option !== '--map') throw new CliError(`${option}: ${twice.path} has more than one column "${column}". Give them different names.`);
	}
}
