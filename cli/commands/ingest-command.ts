import type { Command } from 'commander';
import { ingestFiles } from '../ingest';
import type { Terminal } from '../terminal';
import { type RowFlags, withColumnOptions, withMatchingOptions } from './row-options';
import { STORE_OPTION } from './store-option';

interface IngestFlags extends RowFlags {
	store: string;
}

export function addIngest(program: Command, terminal: Terminal): void {
	const command = program
		.command('ingest')
		.summary('load CSV files into an identity store')
		.description(
			'Loads CSV files with people or companies into a lasting identity store: matches the rows with each other and with what is there, and builds ' +
				'the golden records. Columns are read as in resolve.\n' +
				'Safe to stop and to run again: rows that are in already are left as they are. Ctrl-C ends it after the batch that runs, with exit code 130.',
		)
		.argument('<files...>', 'CSV files with a line of column names')
		.requiredOption(STORE_OPTION[0], `${STORE_OPTION[1]}; made when it is not there`);
	withMatchingOptions(withColumnOptions(command))
		.addHelpText('after', EXAMPLES)
		.action(async (files: string[], { map = [], source = [], ...flags }: IngestFlags) => {
			await ingestFiles(files, { ...flags, map, sources: source }, terminal);
		});
}

const EXAMPLES = `
Examples:
  customer360 ingest crm.csv shop.csv --store identity.sqlite
  customer360 ingest more.csv --source crm --store identity.sqlite --json figures.json
  customer360 ingest crm.csv --store identity.sqlite --rejected rejected.csv
  customer360 ingest crm.csv --store "postgres://loader@db.example.com/customers"
  customer360 check --store identity.sqlite`;
