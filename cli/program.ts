import { Command, CommanderError, Option } from 'commander';
import { checkStore, StoreError } from '../lib';
import { CliError } from './cli-error';
import type { Kind } from './columns/fields';
import { withStore } from './existing-store';
import { explainIds } from './explain';
import { resolveFiles } from './resolve/resolve';
import { counted, grouped, say, type Terminal } from './terminal';
import { trainStore } from './train';

/** Everything is in order, a check found something, or the command could not do its work. */
type ExitCode = 0 | 1 | 2;

/** Runs one command; never throws and never ends the process. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
	let code: ExitCode = 0;
	const program = buildProgram(terminal, (found) => (code = found));
	try {
		await program.parseAsync([...args], { from: 'user' });
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		say(terminal, `customer360: ${inWords(error)}`);
		return 2;
	}
}

function inWords(error: unknown): string {
	if (error instanceof CliError || error instanceof StoreError) return error.message;
	return `this should not have happened: ${error instanceof Error ? error.message : String(error)}`;
}

interface ResolveFlags {
	out?: string;
	map?: string[];
	idColumn?: string;
	sourceColumn?: string;
	source?: string[];
	store?: string;
	defaultCountry?: string;
	type?: Kind;
	delimiter?: string;
	encoding?: string;
	truth?: string;
	json?: string;
	report?: string;
	train?: boolean;
	model?: string;
	seed?: number;
}

interface TrainFlags {
	store: string;
	seed?: number;
	apply?: boolean;
	out?: string;
	splink?: string;
	type?: Kind;
	json?: boolean;
}

function buildProgram(terminal: Terminal, setCode: (code: ExitCode) => void): Command {
	const program = new Command('customer360');
	program
		.description('Finds out which records are one customer, with the same library as the Customer 360 nodes for n8n.')
		.exitOverride()
		.configureOutput({ writeOut: (text) => terminal.stdout.write(text), writeErr: (text) => terminal.stderr.write(text) })
		.showHelpAfterError('(see customer360 --help)')
		.helpCommand(false);

	program
		.command('resolve')
		.summary('find the same customers in CSV files')
		.description(
			'Reads CSV files with people or companies and writes source,source_id,canonical_id: a row for each input row, in input order.\n' +
				'Rows of one customer have the same canonical_id; a row that cannot be used has rejected:<source>:<id>.\n' +
				'Usual column names are recognised; what was taken for what is said on stderr.',
		)
		.argument('<files...>', 'CSV files with a line of column names')
		.option('-o, --out <file>', 'where to write the clusters (default: stdout)')
		.option('-m, --map <column=attribute>', 'say what a column is; "column=-" ignores it; repeatable', collect)
		.option('--id-column <column>', "the column with the record's ID in its source (default: a usual name, else the row number)")
		.option('--source-column <column>', 'the column with the name of the source')
		.option('--source <name>', 'the name of the source, once for all files or once for each (default: the file name)', collect)
		.addOption(
			new Option('--type <kind>', 'what every row is (default: by a column record_type, else by the columns there are)').choices(['person', 'company']),
		)
		.option('--default-country <code>', 'ISO 3166 country for phone numbers and dates of rows without one')
		.option('--delimiter <character>', 'what separates the cells (default: found out)')
		.option('--encoding <name>', 'how the text is encoded (default: found out)')
		.option('--store <file>', 'keep the identity store in this file; running again adds what is new')
		.option('--truth <file>', 'CSV with source,source_id,person_id (or id,cluster): prints precision, recall and F1 by pairs')
		.option('--train', 'fit the weights to the rows (default: in a new store, when there are 500 rows or more)')
		.option('--no-train', 'use the weights as they are')
		.option('--model <file>', 'JSON with an identity model, a matching model or Splink settings')
		.option('--seed <number>', 'for everything random in training (default: 1)', wholeNumber)
		.option('--json <file>', 'write the figures as JSON, too')
		.option('--report <file>', 'write figures, pictures and samples as one HTML file')
		.addHelpText('after', EXAMPLES)
		.action(async (files: string[], { map = [], source = [], ...flags }: ResolveFlags) => {
			await resolveFiles(files, { ...flags, map, sources: source }, terminal);
		});

	program
		.command('explain')
		.summary('say why two records are one customer, or not')
		.description(
			'Says why two records are, or are not, one customer: every comparison with its weight, the thresholds, the path that joins them, decisions.\n' +
				'An ID is a record as system:object:id (what resolve reads is <source>:person:<id> or <source>:company:<id>), shorter where only one record\n' +
				'fits (<source>:<id>, <id>), or a canonical ID.',
		)
		.argument('[ids...]', 'two IDs')
		.requiredOption('--store <file>', 'the identity store')
		.option('--json', 'everything as JSON in place of words')
		.option('--svg <file>', 'write the weights as a picture')
		.addHelpText('after', EXPLAIN_EXAMPLES)
		.action(async (ids: string[], { store, json, svg }: { store: string; json?: boolean; svg?: string }) => {
			await explainIds(ids, { store, json, svg }, terminal);
		});

	program
		.command('train')
		.summary('fit the match weights to the records of a store')
		.description(
			'Fits weights, blocking rules and term frequencies to the records of an identity store, without labels, and says what that would change:\n' +
				'merges, splits, review questions, and the largest of them. Nothing is changed without --apply.',
		)
		.requiredOption('--store <file>', 'the identity store')
		.option('--seed <number>', 'for everything random (default: 1)', wholeNumber)
		.option('--apply', 'put the trained model in force, as a new version')
		.option('-o, --out <file>', 'write the trained model as JSON, for resolve --model')
		.option('--splink <file>', 'write it as Splink settings')
		.addOption(new Option('--type <kind>', 'whose Splink settings (default: that of which there are more records)').choices(['person', 'company']))
		.option('--json', 'what would change as JSON in place of words')
		.addHelpText('after', TRAIN_EXAMPLES)
		.action(async ({ store, seed = 1, apply = false, out, splink, type, json = false }: TrainFlags) => {
			await trainStore({ store, seed, apply, out, splink, type, json }, terminal);
		});

	program
		.command('check')
		.summary('verify every invariant of an identity store')
		.description('Computes again what the store holds and lists what is broken. Exit code 0: all in order; 1: something is broken.')
		.requiredOption('--store <file>', 'the identity store')
		.action(async ({ store }: { store: string }) => {
			if (!(await check(store, terminal))) setCode(1);
		});

	program
		.command('backup')
		.summary('copy an identity store while it is in use')
		.description('Writes a consistent copy of an identity store to a new file, also while n8n uses the store.')
		.requiredOption('--store <file>', 'the identity store')
		.requiredOption('-o, --out <file>', 'the copy; must not exist yet')
		.action(async ({ store, out }: { store: string; out: string }) => {
			await withStore(store, (opened) => opened.backup(out));
			say(terminal, `Copied to ${out}.`);
		});
	for (const command of program.commands) command.showHelpAfterError(`(see customer360 ${command.name()} --help)`);
	return program;
}

function wholeNumber(value: string): number {
	if (/^\d{1,9}$/.test(value)) return Number(value);
	throw new CliError(`--seed takes a whole number; "${value}" is none.`);
}

function collect(value: string, before: string[] = []): string[] {
	return [...before, value];
}

async function check(file: string, terminal: Terminal): Promise<boolean> {
	const { records, profiles, waiting, problems } = await withStore(file, (store) => checkStore(store, Date.now()));
	const toBuild = waiting > 0 ? ` ${grouped(waiting)} of the profiles wait for the next Merge, which is no fault.` : '';
	if (problems.length === 0) {
		terminal.stdout.write(`${counted(records, 'record')} and ${counted(profiles, 'profile')} are in order.${toBuild}\n`);
		return true;
	}
	for (const { invariant, subject, detail } of problems) terminal.stdout.write(`${invariant}: ${subject} ${detail}\n`);
	say(terminal, `${counted(problems.length, 'problem')} in ${counted(records, 'record')} and ${counted(profiles, 'profile')}.${toBuild}`);
	return false;
}

const EXPLAIN_EXAMPLES = `
Examples:
  customer360 explain crm:17 shop:402 --store identity.sqlite
  customer360 explain crm:person:17 shop:person:402 --store identity.sqlite --svg why.svg`;

const TRAIN_EXAMPLES = `
Examples:
  customer360 train --store identity.sqlite
  customer360 train --store identity.sqlite --apply
  customer360 train --store identity.sqlite --out model.json --splink settings.json`;

const EXAMPLES = `
Examples:
  customer360 resolve contacts.csv --out clusters.csv
  customer360 resolve crm.csv shop.csv --out clusters.csv --store identity.sqlite
  customer360 resolve contacts.csv --map "Tel. private=phone" --map Notes=- --default-country DE
  customer360 resolve labelled.csv --truth labels.csv --json figures.json > clusters.csv
  customer360 resolve contacts.csv --out clusters.csv --store identity.sqlite --report report.html
What was kept with --store can be explained, trained on and checked: customer360 explain --help, train --help, check --help.`;
