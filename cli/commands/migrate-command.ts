import type { Command } from 'commander';
import { migrate, type MigrateOptions } from '../migrate';
import type { Terminal } from '../terminal';

/** @param broken called when something is to be looked at */
export function addMigrate(program: Command, terminal: Terminal, broken: () => void): void {
	program
		.command('migrate')
		.summary('move an identity store from a file into PostgreSQL')
		.description(
			'Moves everything that an identity store in a file knows into PostgreSQL: records, profiles and their IDs, evidence, decisions, the change feed, ' +
				'cursors, what was sent, identity models. The file stays as it is. Safe to stop and to run again: it goes on where it was. Until everything is ' +
				'moved and checked, nobody can use the new store. Stop n8n before: what is written to the file meanwhile is not moved.\n' +
				'Exit code 0: all in order; 1: something is to be looked at; 2: it could not be done, or not wholly.',
		)
		.requiredOption('--from <file>', 'the identity store that is there, a file')
		.requiredOption('--to <url>', 'the database: postgres://USER:PASSWORD@HOST:5432/DATABASE')
		.option('--schema <name>', 'the schema of the new store; made when it is missing (default: customer360)')
		.addHelpText('after', EXAMPLES)
		.action(async (options: MigrateOptions) => {
			if (!(await migrate(options, terminal))) broken();
		});
}

const EXAMPLES = `
Examples:
  customer360 migrate --from ~/.n8n/customer360/identity.sqlite --to "postgres://customer360@db.example.com/customers"
  customer360 migrate --from identity.sqlite --to "postgres://customer360@db.example.com/customers" --schema crm`;
