import { type Command, Option } from 'commander';
import { CliError } from '../cli-error';
import type { Kind } from '../columns/fields';
import { collect, seedNumber, threadCount } from './option-values';

/** What every command that reads rows of CSV files can be told. */
export interface RowFlags {
	map?: string[];
	idColumn?: string;
	sourceColumn?: string;
	source?: string[];
	defaultCountry?: string;
	type?: Kind;
	delimiter?: string;
	encoding?: string;
	train?: boolean;
	model?: string;
	seed?: number;
	threads?: number;
	json?: string;
	rejected?: string;
}

/** How the columns are to be read. */
export function withColumnOptions(command: Command): Command {
	return command
		.option('-m, --map <column=attribute>', 'say what a column is; "column=-" ignores it; repeatable', collect)
		.option('--id-column <column>', "the column with the record's ID in its source (default: a usual name, else the row number)")
		.option('--source-column <column>', 'the column with the name of the source')
		.option('--source <name>', 'the name of the source, once for all files or once for each (default: the file name)', collect)
		.addOption(
			new Option('--type <kind>', 'what every row is (default: by a column record_type, else by the columns there are)').choices(['person', 'company']),
		)
		.option('--default-country <code>', 'ISO 3166 country for phone numbers and dates of rows without one (default: that of the identity model, US in a new store)')
		.option('--delimiter <character>', 'what separates the cells (default: found out)')
		.option('--encoding <name>', 'how the text is encoded (default: found out)');
}

/** How they are to be matched. */
export function withMatchingOptions(command: Command): Command {
	return refuseBoth(command, 'train', 'no-train')
		.option('--train', 'fit the weights to the rows (default: in a new store, when there are 500 rows or more)')
		.option('--no-train', 'use the weights as they are')
		.option('--model <file>', 'JSON with an identity model, a matching model or Splink settings')
		.option('--seed <number>', 'for everything random in training (default: 1)', seedNumber)
		.option('--threads <number>', 'that work at the same time, with the same result: rows are read ahead (default: 2, or 1 on one core)', threadCount)
		.option('--rejected <file>', 'write the rows that cannot be used as CSV: file,line,source,source_id,reason')
		.option('--json <file>', 'write the figures as JSON, too');
}

/** Of an option and its opposite commander would take the later one without a word. @throws CliError while options are read */
function refuseBoth(command: Command, one: string, other: string): Command {
	const given = new Set<string>();
	for (const name of [one, other]) {
		command.on(`option:${name}`, () => {
			given.add(name);
			if (given.size > 1) throw new CliError(`--${one} and --${other} contradict each other. Give one of them.`);
		});
	}
	return command;
}
