import { Command, CommanderError } from 'commander';
import { StoreError } from '../lib';
import { version } from '../package.json';
import { CliError } from './cli-error';
import { addExplain } from './commands/explain-command';
import { addIngest } from './commands/ingest-command';
import { addMigrate } from './commands/migrate-command';
import { addResolve } from './commands/resolve-command';
import { addRestore } from './commands/restore-command';
import { addReview } from './commands/review-command';
import { addTrain } from './commands/train-command';
import { addBackup, addCheck, addTidy } from './commands/upkeep-commands';
import { Stopped } from './stop';
import { say, type Terminal } from './terminal';

/**
 * Runs one command; never throws and never ends the process.
 * @returns the exit code: 0 everything is in order, 1 a check found something, 2 the command could not do its work, 128 and more a signal ended it
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
	let code = 0;
	const program = buildProgram(terminal, () => (code = 1));
	try {
		await program.parseAsync([...args], { from: 'user' });
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		if (error instanceof Stopped) {
			say(terminal, error.message);
			return error.exitCode;
		}
		say(terminal, `customer360: ${inWords(error)}`);
		return 2;
	}
}

function inWords(error: unknown): string {
	if (error instanceof CliError || error instanceof StoreError) return error.message;
	const fault = error instanceof Error ? error.message : String(error);
	return `this should not have happened: ${fault}\nA damaged store can be the cause; "customer360 check --store STORE" tells. Otherwise please report it.`;
}

function buildProgram(terminal: Terminal, broken: () => void): Command {
	const program = new Command('customer360');
	program
		.description('Finds out which records are one customer, with the same library as the Customer 360 nodes for n8n.')
		.exitOverride()
		.configureOutput({ writeOut: (text) => terminal.stdout.write(text), writeErr: (text) => terminal.stderr.write(text), outputError: (text, write) => write(text.replace(/^error: /, 'customer360: ')) })
		.showHelpAfterError('(see customer360 --help)')
		.version(version, '-V, --version', 'print the version of this package')
		.helpCommand('help [command]', 'display help for a command');
	addResolve(program, terminal);
	addIngest(program, terminal);
	addExplain(program, terminal);
	addReview(program, terminal);
	addTrain(program, terminal);
	addCheck(program, terminal, broken);
	addBackup(program, terminal);
	addRestore(program, terminal);
	addTidy(program, terminal);
	addMigrate(program, terminal, broken);
	sayWhereHelpIs(program.commands, 'customer360');
	return program;
}

function sayWhereHelpIs(commands: readonly Command[], path: string): void {
	for (const command of commands) {
		const name = `${path} ${command.name()}`;
		command.showHelpAfterError(`(see ${name} --help)`);
		sayWhereHelpIs(command.commands, name);
	}
}
