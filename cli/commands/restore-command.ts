import { existsSync } from 'node:fs';
import { type Command } from 'commander';
import { restoreStore } from '../../lib';
import { CliError } from '../cli-error';
import { refuseEmpty } from '../existing-store';
import { Stop } from '../stop';
import { fileOf, storePlace } from '../store-place';
import { counted, say, type Terminal } from '../terminal';
import { Unfinished } from '../unfinished';
import { STORE_OPTION } from './store-option';

export function addRestore(program: Command, terminal: Terminal): void {
	program
		.command('restore')
		.summary('go back to a backup of an identity store')
		.description(
			'Puts a copy of a backup in the place of an identity store, after SQLite has read every page of it, and keeps the former store beside it under another name. ' +
				'Nobody may use the store meanwhile: stop n8n first. A store in PostgreSQL is restored with pg_restore.',
		)
		.requiredOption('--from <backup>', 'the backup, as "customer360 backup" made it; it stays as it is')
		.requiredOption(...STORE_OPTION)
		.action(async ({ from, store }: { from: string; store: string }) => {
			const [backup, file] = [fileOfOption(from, '--from'), fileOfOption(store, '--store')];
			if (!existsSync(backup)) throw new CliError(`There is no backup ${backup}. Check the name.`);
			refuseEmpty({ file: backup });
			const stop = new Stop(terminal);
			stop.outside('Stopped; nothing was changed.');
			const unfinished = new Unfinished(stop.onSignal);
			try {
				const { profiles, lastChange, former } = await restoreStore(backup, file, new Date());
				const changed = lastChange === undefined ? '' : `, last changed at ${lastChange}`;
				say(terminal, `${file} holds what ${backup} holds: ${counted(profiles, 'profile')}${changed}.`);
				if (former !== undefined) say(terminal, `The former store is kept as ${former}; remove it when you need it no longer.`);
				say(
					terminal,
					'Run "customer360 check" on it, then start n8n again. Sources read again what came since then; customers who were new since then get other canonical IDs. ' +
						'CSV files that were loaded since then are to be loaded again, and questions that were answered since then to be answered again.',
				);
			} finally {
				unfinished.end();
			}
		});
}

/** @throws CliError for a database */
function fileOfOption(text: string, option: string): string {
	const file = fileOf(storePlace(text, option));
	if (file === undefined) throw new CliError(`${option} takes a file; a store in PostgreSQL is restored with pg_restore, as docs/postgresql.md describes.`);
	return file;
}
