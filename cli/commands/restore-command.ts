import { existsSync } from 'node:fs';
import { type Command } from 'commander';
import { goBack, type TakingOver } from '../../lib';
import { CliError } from '../cli-error';
import { refuseEmpty } from '../existing-store';
import { restoreInWords } from '../restore-words';
import { Stop } from '../stop';
import { fileOf, storePlace } from '../store-place';
import { counted, say, type Terminal } from '../terminal';
import { Unfinished } from '../unfinished';
import { STORE_FILE_OPTION } from './store-option';

interface Options {
	from: string;
	store: string;
	withoutAnswers?: true;
	nothingFromFormer?: true;
}

export function addRestore(program: Command, terminal: Terminal): void {
	program
		.command('restore')
		.summary('go back to a backup of an identity store')
		.description(
			'Puts a copy of a backup in the place of an identity store, after SQLite has read every page of it, and keeps the former store beside it under another name. ' +
				'What nobody could get again is taken over from the former store: canonical IDs that were issued since the backup, answers that people gave, and what destinations have acknowledged. ' +
				'Nobody may use the store meanwhile: stop n8n first. A store in PostgreSQL is restored with pg_restore.',
		)
		.requiredOption('--from <backup>', 'the backup, as "customer360 backup" made it; it stays as it is')
		.requiredOption(...STORE_FILE_OPTION)
		.option('--without-answers', 'leave behind what people decided since the backup: for when wrong answers are why you go back')
		.option('--nothing-from-former', 'take nothing over from the former store: customers who are new since the backup get other canonical IDs, and syncs send again what they sent since then')
		.addHelpText('after', '\nExample:\n  customer360 restore --from identity-backup.sqlite --store ~/.n8n/customer360/identity.sqlite')
		.action(async ({ from, store, withoutAnswers, nothingFromFormer }: Options) => {
			const [backup, file] = [fileOfOption(from, '--from'), fileOfOption(store, '--store')];
			if (!existsSync(backup)) throw new CliError(`There is no backup ${backup}. Check the name.`);
			refuseEmpty({ file: backup });
			const takingOver: TakingOver = nothingFromFormer ? 'nothing' : withoutAnswers ? 'all but answers' : 'everything';
			const stop = new Stop(terminal);
			stop.outside('Stopped; nothing was changed.');
			const unfinished = new Unfinished(stop.onSignal);
			try {
				const { profiles, lastChange, former, takenOver } = await goBack(backup, file, new Date(), takingOver);
				const changed = lastChange === undefined ? '' : `, last changed at ${lastChange}`;
				say(terminal, `${file} holds what ${backup} holds: ${counted(profiles, 'profile')}${changed}.`);
				if (former !== undefined) say(terminal, `The former store is kept as ${former}; remove it when you need it no longer.`);
				for (const line of restoreInWords({ former, takenOver })) say(terminal, line);
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
