import type { Command } from 'commander';
import { resolveFiles } from '../resolve/resolve';
import type { Terminal } from '../terminal';
import { type RowFlags, withColumnOptions, withMatchingOptions } from './row-options';

interface ResolveFlags extends RowFlags {
	out?: string;
	store?: string;
	truth?: string;
	report?: string;
}

export function addResolve(program: Command, terminal: Terminal): void {
	const command = program
		.command('resolve')
		.summary('find the same customers in CSV files')
		.description(
			'Reads CSV files with people or companies and writes source,source_id,canonical_id: a row for each input row, in input order.\n' +
				'Rows of one customer have the same canonical_id; a row that cannot be used has rejected:<source>:<id>.\n' +
				'Usual column names are recognised; what was taken for what is said on stderr.',
		)
		.argument('<files...>', 'CSV files with a line of column names')
		.option('-o, --out <file>', 'where to write the clusters (default: stdout)');
	withColumnOptions(command)
		.option('--store <store>', 'keep the identity store: a file, or postgres://...; running again adds what is new')
		.option('--truth <file>', 'CSV with source,source_id,person_id (or id,cluster): prints precision, recall and F1 by pairs');
	withMatchingOptions(command)
		.option('--report <file>', 'write figures, pictures and samples as one HTML file')
		.addHelpText('after', EXAMPLES)
		.action(async (files: string[], { map = [], source = [], ...flags }: ResolveFlags) => {
			await resolveFiles(files, { ...flags, map, sources: source }, terminal);
		});
}

const EXAMPLES = `
Examples:
  customer360 resolve contacts.csv --out clusters.csv
  customer360 resolve crm.csv shop.csv --out clusters.csv --store identity.sqlite
  customer360 resolve contacts.csv --map "Tel. private=phone" --map Notes=- --default-country DE
  customer360 resolve labelled.csv --truth labels.csv --json figures.json > clusters.csv
  customer360 resolve contacts.csv --out clusters.csv --store identity.sqlite --report report.html
What was kept with --store can be explained, trained on and checked: customer360 explain --help, train --help, check --help.`;
