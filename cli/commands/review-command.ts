import type { Command } from 'commander';
import { listReviews } from '../review';
import type { Terminal } from '../terminal';
import { limitNumber } from './option-values';
import { STORE_OPTION } from './store-option';

export function addReview(program: Command, terminal: Terminal): void {
	const review = program.command('review').summary('see which pairs wait for a person').description('What waits for a person: pairs of records that may be one customer.').helpCommand(false);
	review
		.command('list')
		.summary('print the open questions as CSV')
		.description(
			'Prints the open questions as CSV, those first where a mistake would cost most: question,entity,left,right,weight,records.\n' +
				'left and right can be explained as they are; records is how many there are in both profiles together.',
		)
		.requiredOption(...STORE_OPTION)
		.option('--limit <number>', 'most questions to print (default: 100)', limitNumber)
		.addHelpText('after', EXAMPLES)
		.action(async ({ store, limit = 100 }: { store: string; limit?: number }) => {
			await listReviews(store, limit, terminal);
		});
}

const EXAMPLES = `
Examples:
  customer360 review list --store identity.sqlite
  customer360 review list --store identity.sqlite --limit 1000 > questions.csv`;
