import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { makeWorld, type SeedPerson } from '../../test/sandbox/world';

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

/** Made CRM contacts as four systems have them, with the hard cases of test/sandbox/world. */
function madeContacts(people: number): DataSet['prepare'] {
	return (folder) => {
		const { world } = makeWorld({ seed: 11, people, now: Date.parse('2026-03-01T00:00:00Z') });
		const rowsOf = (source: string, records: readonly SeedPerson[]) =>
			records.map(({ id, truthId, firstName, lastName, email, phone, companyName, street, city, postalCode, country, birthDate, updatedAt }) => ({
				source, source_id: id, first_name: firstName ?? '', last_name: lastName ?? '', email: email ?? '', phone: phone ?? '', company: companyName ?? '',
				street: street ?? '', city: city ?? '', postal_code: postalCode ?? '', country: country ?? '', birth_date: birthDate ?? '', updated_at: updatedAt, truthId,
			}));
		const all = [
			...rowsOf('crm', world.hubspot.contacts), ...rowsOf('billing', world.stripe.customers),
			...rowsOf('support', world.zendesk.users), ...rowsOf('mail', world.mailchimp.members),
		];
		const numbered = all.map((row, index) => ({ ...row, source_id: `${index + 1}` }));
		return {
			files: [writeCsv(folder, 'contacts.csv', numbered.map(({ truthId: _truthId, ...row }) => row))],
			truth: writeCsv(folder, 'truth.csv', numbered.map(({ source, source_id, truthId }) => ({ source, source_id, person_id: truthId }))),
			map: [],
			type: 'person',
		};
	};
}

export const DATA_SETS: readonly DataSet[] = [
	{ name: 'fake_1000', goal: 'F1 .93', prepare: labelled('splink/fake_1000.csv', (row) => row.unique_id ?? '', (row) => row.cluster ?? '', ['cluster', 'unique_id']) },
	{ name: 'FEBRL 3', goal: 'F1 .998', prepare: labelled('febrl/dataset3.csv', (row) => row.rec_id ?? '', febrlWho, ['rec_id']) },
	{ name: 'FEBRL 4a + 4b', goal: 'F1 .999', prepare: febrlLink },
	{ name: 'Senzing load 1', goal: 'F1 .95', prepare: senzing },
	{ name: 'made CRM contacts', goal: 'precision .98, B-cubed .96', prepare: madeContacts(3500) },
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
