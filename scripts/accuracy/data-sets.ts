import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { MADE_SETS, type MadeSet } from './made';

/** A set of labelled records as files for the command line. */
export interface DataSet {
	name: string;
	/** F1 (or precision, where said) to reach; undefined when there is none. */
	goal: string;
	/** Writes input files and the truth into a folder; undefined when the material isn't there. */
	prepare(folder: string): Prepared | undefined;
}

export interface Prepared {
	files: string[];
	truth: string;
	/** `column=attribute`, the only thing that is said about the data. */
	map: string[];
	type?: 'person' | 'company';
	idColumn?: string;
}

type Row = Record<string, string>;

/** Where labelled data may lie, beside the repository. */
const DATA = join(import.meta.dirname, '../../../shared/data/er');

function readCsv(path: string): Row[] | undefined {
	const file = join(DATA, path);
	if (!existsSync(file)) return undefined;
	return parse(readFileSync(file), { columns: (names: string[]) => names.map((name) => name.trim()), trim: true, bom: true, relax_quotes: true, skip_empty_lines: true });
}

function writeCsv(folder: string, name: string, rows: readonly Row[]): string {
	const path = join(folder, name);
	writeFileSync(path, stringify([...rows], { header: true }));
	return path;
}

/** One file in which a column says who is who; that column is taken out of the input. */
function labelled(path: string, idOf: (row: Row, index: number) => string, whoOf: (row: Row) => string, hidden: readonly string[], more: Partial<Prepared> = {}): DataSet['prepare'] {
	return (folder) => {
		const rows = readCsv(path);
		if (!rows) return undefined;
		const input = rows.map((row, index) => ({ record_id: idOf(row, index), ...Object.fromEntries(Object.entries(row).filter(([column]) => !hidden.includes(column))) }));
		const truth = rows.map((row, index) => ({ id: idOf(row, index), cluster: whoOf(row) }));
		return { files: [writeCsv(folder, 'input.csv', input)], truth: writeCsv(folder, 'truth.csv', truth), map: [], idColumn: 'record_id', ...more };
	};
}

const febrlWho = (row: Row) => /\d+/.exec(row.rec_id ?? '')?.[0] ?? '';

function febrlLink(folder: string): Prepared | undefined {
	const [a, b] = [readCsv('febrl/dataset4a.csv'), readCsv('febrl/dataset4b.csv')];
	if (!a || !b) return undefined;
	return {
		files: [writeCsv(folder, 'a.csv', a), writeCsv(folder, 'b.csv', b)],
		truth: writeCsv(folder, 'truth.csv', [...a, ...b].map((row) => ({ id: row.rec_id ?? '', cluster: febrlWho(row) }))),
		map: [],
	};
}

function senzing(folder: string): Prepared | undefined {
	const [rows, key] = [readCsv('senzing_load1/customers.csv'), readCsv('senzing_load1/truthset-load1-key.csv')];
	if (!rows || !key) return undefined;
	return {
		files: [writeCsv(folder, 'customers.csv', rows)],
		truth: writeCsv(folder, 'truth.csv', key.map((row) => ({ id: row.RECORD_ID ?? '', cluster: row.CLUSTER_ID ?? '' }))),
		map: [],
		idColumn: 'RECORD_ID',
	};
}

/** Which of the made data: another seed gives other people. */
const SEED = Number(process.env.CUSTOMER360_ACCURACY_SEED ?? '1');
if (!Number.isInteger(SEED)) throw new Error(`CUSTOMER360_ACCURACY_SEED has to be a whole number, not "${process.env.CUSTOMER360_ACCURACY_SEED}".`);

export function made({ name, goal, make, size, map, type }: MadeSet): DataSet {
	return {
		name,
		goal,
		prepare: (folder) => {
			const { files, truth } = make(SEED, size);
			return {
				files: [...files].map(([file, rows]) => writeCsv(folder, `${file}.csv`, rows)),
				truth: writeCsv(folder, 'truth.csv', [...truth]),
				map: [...map],
				type,
			};
		},
	};
}

export const DATA_SETS: readonly DataSet[] = [
	{ name: 'fake_1000', goal: 'F1 .93', prepare: labelled('splink/fake_1000.csv', (row) => row.unique_id ?? '', (row) => row.cluster ?? '', ['cluster', 'unique_id']) },
	{ name: 'FEBRL 3', goal: 'F1 .998', prepare: labelled('febrl/dataset3.csv', (row) => row.rec_id ?? '', febrlWho, ['rec_id']) },
	{ name: 'FEBRL 4a + 4b', goal: 'F1 .999', prepare: febrlLink },
	{ name: 'Senzing load 1', goal: 'F1 .95', prepare: senzing },
	...MADE_SETS.map(made),
	{
		name: 'early childhood sites',
		goal: '',
		prepare: labelled('dedupe/csv_example/csv_example_input_with_true_ids.csv', (_row, index) => String(index), (row) => row['True Id'] ?? '', ['True Id', 'Id', 'Source', 'Column', 'Column2'], {
			type: 'company',
			map: ['Site name=company_name', 'Email Address=-', 'Agency=-'],
		}),
	},
	{
		name: 'restaurants',
		goal: '',
		prepare: labelled('dedupe/dedupe_benchmarks/restaurant-nophone-training.csv', (_row, index) => String(index), (row) => row.unique_id ?? '', ['unique_id'], {
			type: 'company',
			map: ['name=company_name'],
		}),
	},
];
