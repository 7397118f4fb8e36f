import { type Command, Option } from 'commander';
import type { Kind } from '../columns/fields';
import type { Terminal } from '../terminal';
import { trainStore } from '../train';
import { seedNumber } from './option-values';
import { STORE_OPTION } from './store-option';

interface TrainFlags {
	store: string;
	seed?: number;
	apply?: boolean;
	out?: string;
	splink?: string;
	type?: Kind;
	json?: boolean;
}

export function addTrain(program: Command, terminal: Terminal): void {
	program
		.command('train')
		.summary('fit the match weights to the records of a store')
		.description(
			'Fits weights, blocking rules and term frequencies to the records of an identity store, without labels, and says what that would change: ' +
				'merges, splits, review questions, and the largest of them. Nothing is changed without --apply.',
		)
		.requiredOption(...STORE_OPTION)
		.option('--seed <number>', 'for everything random (default: 1)', seedNumber)
		.option('--apply', 'put the trained model in force, as a new version')
		.option('-o, --out <file>', 'write the trained model as JSON, for --model of resolve and ingest')
		.option('--splink <file>', 'write it as Splink settings')
		.addOption(new Option('--type <kind>', 'whose Splink settings (default: that of which there are more records)').choices(['person', 'company']))
		.option('--json', 'what would change as JSON in place of words')
		.addHelpText('after', EXAMPLES)
		.action(async ({ store, seed = 1, apply = false, out, splink, type, json = false }: TrainFlags) => {
			await trainStore({ store, seed, apply, out, splink, type, json }, terminal);
		});
}

const EXAMPLES = `
Examples:
  customer360 train --store identity.sqlite
  customer360 train --store identity.sqlite --apply
  customer360 train --store identity.sqlite --out model.json --splink settings.json`;
