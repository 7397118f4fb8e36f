import type { Command } from 'commander';
import { checkStore } from '../../lib';
import { withStore } from '../existing-store';
import { counted, grouped, say, type Terminal } from '../terminal';
import { STORE_OPTION } from './store-option';

/** @param broken called when the check found something */
export function addCheck(program: Command, terminal: Terminal, broken: () => void): void {
	program
		.command('check')
		.summary('verify every invariant of an identity store')
		.description('Computes again what the store holds and lists what is broken. Exit code 0: all in order; 1: something is broken.')
		.requiredOption(...STORE_OPTION)
		.action(async ({ store }: { store: string }) => {
			if (!(await check(store, terminal))) broken();
		});
}

export function addBackup(program: Command, terminal: Terminal): void {
	program
		.command('backup')
		.summary('copy an identity store while it is in use')
		.description('Writes a consistent copy of an identity store to a new file, also while n8n uses the store.')
		.requiredOption(...STORE_OPTION)
		.requiredOption('-o, --out <file>', 'the copy; must not exist yet')
		.action(async ({ store, out }: { store: string; out: string }) => {
			await withStore(store, (opened) => opened.backup(out));
			say(terminal, `Copied to ${out}.`);
		});
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
