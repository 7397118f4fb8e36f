import type { Command } from 'commander';
import { checkStore, damageOf, HOW_TO_RESTORE } from '../../lib';
import { Stop } from '../stop';
import { tidy } from '../tidy';
import { withReadableStore, withStore } from '../existing-store';
import { during, Progress } from '../resolve/progress';
import { shownStore } from '../store-place';
import { counted, grouped, say, type Terminal } from '../terminal';
import { Unfinished } from '../unfinished';
import { STORE_FILE_OPTION, STORE_OPTION } from './store-option';

/** PostgreSQL has tools of its own. */
const HOW_TO_RESTORE_TABLES = 'To go back to a backup, stop n8n and all else that uses the store, restore its schema with "pg_restore" (docs/postgresql.md), and run "customer360 check".';

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
		.description('Writes a consistent copy of an identity store to a new file, also while n8n uses the store. A store in PostgreSQL is copied with pg_dump.')
		.requiredOption(...STORE_FILE_OPTION)
		.requiredOption('-o, --out <file>', 'the copy; must not exist yet')
		.addHelpText('after', '\nExample:\n  customer360 backup --store ~/.n8n/customer360/identity.sqlite --out identity-backup.sqlite')
		.action(async ({ store, out }: { store: string; out: string }) => {
			const stop = new Stop(terminal);
			stop.outside('Stopped; no copy was made.');
			const unfinished = new Unfinished(stop.onSignal);
			try {
				await withReadableStore(store, terminal, (opened) => opened.backup(out));
				say(terminal, `Copied to ${out}.`);
			} finally {
				unfinished.end();
			}
		});
}

export function addTidy(program: Command, terminal: Terminal): void {
	program
		.command('tidy')
		.summary('forget what an identity store keeps no longer')
		.description(
			'Forgets what is older than "retention" in the identity model says: events of the change feed, closed questions, rejections, entries of the ' +
				'sync ledger that no sync needs, past activities, IDs that waited since a restore, and who had which ID before it was deleted. Merge does the same once a day in n8n. Can be stopped and run again at any moment.',
		)
		.requiredOption(...STORE_OPTION)
		.option('--compact', 'give the room back as well: the disk needs about as much room again for a while, and writers wait (a file), or vacuum (PostgreSQL)')
		.action(async ({ store, compact }: { store: string; compact?: boolean }) => {
			await withStore(store, terminal, (opened) => tidy(opened, compact === true, terminal));
		});
}

async function check(file: string, terminal: Terminal): Promise<boolean> {
	const { kind, damage, damaged, records, profiles, waiting, problems } = await withReadableStore(file, terminal, async (store) => {
		const damage = store.kind === 'sqlite' ? damageOf(store.location) : [];
		const checking = new Progress(terminal, 'Checking', undefined, 'records and profiles');
		return { kind: store.kind, damage, ...(await during(checking, (progress) => checkStore(store, Date.now(), (seen) => progress.at(seen)))) };
	});
	const toBuild = waiting > 0 ? ` ${grouped(waiting)} of the profiles wait for the next Merge, which is no fault.` : '';
	const isWhole = problems.length === 0 && damage.length === 0;
	if (isWhole && records + profiles === 0) {
		terminal.stdout.write(`The identity store ${shownStore(file)} has no records: there is nothing to check. "customer360 ingest FILE... --store STORE" fills it.\n`);
		return true;
	}
	if (isWhole) {
		terminal.stdout.write(`${counted(records, 'record')} and ${counted(profiles, 'profile')} are in order.${toBuild}\n`);
		return true;
	}
	for (const line of damage) terminal.stdout.write(`the file is whole: ${shownStore(file)} ${line}\n`);
	for (const { invariant, subject, detail } of problems) terminal.stdout.write(`${invariant}: ${subject} ${detail}\n`);
	if (problems.length > 0) say(terminal, `${counted(problems.length, 'problem')} in ${counted(records, 'record')} and ${counted(profiles, 'profile')}.${toBuild}`);
	if (damage.length + damaged > 0) say(terminal, kind === 'sqlite' ? `The file is damaged. ${HOW_TO_RESTORE}` : `The tables are damaged. ${HOW_TO_RESTORE_TABLES}`);
	return false;
}
