import type { Command } from 'commander';
import { explainIds } from '../explain';
import type { Terminal } from '../terminal';
import { STORE_OPTION } from './store-option';

interface ExplainFlags {
	store: string;
	json?: boolean;
	svg?: string;
}

export function addExplain(program: Command, terminal: Terminal): void {
	program
		.command('explain')
		.summary('say why two records are one customer, or not')
		.description(
			'Says why two records are, or are not, one customer: every comparison with its weight, the thresholds, the path that joins them, decisions.\n' +
				'An ID is a record as system:object:id (what resolve reads is <source>:person:<id> or <source>:company:<id>), shorter where only one record ' +
				'fits (<source>:<id>, <id>), or a canonical ID.',
		)
		.argument('[ids...]', 'two IDs')
		.requiredOption(...STORE_OPTION)
		.option('--json', 'everything as JSON in place of words')
		.option('--svg <file>', 'write the weights as a picture')
		.addHelpText('after', EXAMPLES)
		.action(async (ids: string[], { store, json, svg }: ExplainFlags) => {
			await explainIds(ids, { store, json, svg }, terminal);
		});
}

const EXAMPLES = `
Examples:
  customer360 explain crm:17 shop:402 --store identity.sqlite
  customer360 explain crm:person:17 shop:person:402 --store identity.sqlite --svg why.svg`;
