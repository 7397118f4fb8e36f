import { existsSync } from 'node:fs';
import { type MigrationReport, type MigrationTarget, migrateStore, StoreError } from '../lib';
import { CliError } from './cli-error';
import { refuseEmpty } from './existing-store';
import { Progress } from './resolve/progress';
import { Stop } from './stop';
import { shownStore, storePlace } from './store-place';
import { counted, grouped, say, type Terminal } from './terminal';
import { Unfinished } from './unfinished';

export interface MigrateOptions {
	/** A file. */
	from: string;
	/** `postgres://...`, with `?schema=NAME` or without. */
	to: string;
	schema?: string;
}

/** Of problems and faults, of which a damaged store has any number. */
const MOST_LINES = 20;
/** What leaves everything that was moved where it is. */
const TRANSIENT = new Set<StoreError['code']>(['unreachable', 'disk_full', 'locked']);
const GO_ON = 'Run the same command again to go on; what is there is not moved again.';

/**
 * Moves an identity store from a file into PostgreSQL, IDs included.
 * @returns false when something is to be looked at: the file was written to meanwhile, or a check found something
 * @throws CliError, StoreError; Stopped after a signal
 */
export async function migrate({ from, to, schema }: MigrateOptions, terminal: Terminal): Promise<boolean> {
	const [file, target] = [sourceFile(from), targetDatabase(to, schema)];
	const stop = new Stop(terminal);
	const unfinished = new Unfinished(stop.onSignal);
	const lines = new Lines(terminal, stop);
	try {
		say(
			terminal,
			`From ${file} to ${shownStore(to)}, schema ${target.schema ?? 'customer360'}. Stop n8n, or deactivate its workflows, until this has ended: ` +
				'what is written to the file from now on is not moved.',
		);
		stop.begin();
		const report = await migrateStore(file, target, Date.now(), lines);
		lines.end();
		return tell(report, { file, target }, terminal);
	} catch (error) {
		throw error instanceof StoreError && TRANSIENT.has(error.code) && lines.begun ? new CliError(`${error.message} ${GO_ON}`) : error;
	} finally {
		lines.end();
		unfinished.end();
	}
}

/** One line of progress after the other. */
class Lines {
	private progress: Progress | undefined;
	private what = '';

	constructor(
		private readonly terminal: Terminal,
		private readonly stop: Stop,
	) {}

	/** Whether anything was moved. */
	get begun(): boolean {
		return this.what !== '';
	}

	readonly onMoved = (moved: number, total: number, begun: MigrationReport['begun']): void => {
		if (this.what === '' && begun === 'resumed') say(this.terminal, `Going on where it was: ${counted(moved, 'row')} of ${grouped(total)} are there.`);
		if (this.what === '' && begun === 'changed') {
			say(this.terminal, 'The file has changed since the last run, or what was moved was not in order: all of it is moved again.');
		}
		this.at('Moving', total, 'rows', moved);
		this.stop.check(() => `Stopped. ${counted(moved, 'row')} of ${grouped(total)} are there. ${GO_ON}`);
	};

	readonly onWait = (line: string): void => say(this.terminal, line);

	readonly onChecked = (seen: number, total: number, store: 'new' | 'old'): void => {
		this.at(`Checking the ${store} store`, total, 'records and profiles', seen);
		this.stop.check(() => `Stopped while the ${store} store was checked; all rows are there. ${GO_ON}`);
	};

	end(): void {
		this.progress?.end();
	}

	/** What is there at the beginning took no time of this run. */
	private at(what: string, total: number, unit: string, done: number): void {
		if (this.what !== what) {
			this.end();
			[this.what, this.progress] = [what, new Progress(this.terminal, what, total, unit)];
			this.progress.begin(what === 'Moving' ? done : 0);
		}
		this.progress?.at(done);
	}
}

function tell(report: MigrationReport, { file, target }: { file: string; target: MigrationTarget }, terminal: Terminal): boolean {
	const { rows, check, compared, faults, oldProblems, sourceChanged } = report;
	const schema = target.schema ?? 'customer360';
	if (faults.length > 0) {
		list(faults, terminal);
		say(
			terminal,
			`The new store is not as the old one (${counted(faults.length, 'difference')}), so it can't be used. Go on with ${file}. Running the same command again moves ` +
				'everything anew; if it ends like this again, report what it says.',
		);
		return false;
	}
	terminal.stdout.write(
		`Moved ${counted(rows, 'row')}, with ${counted(check.records, 'record')} and ${counted(check.profiles, 'profile')}. ` +
			`Every table has all its rows, ${grouped(compared)} records and profiles were compared field by field, and all were checked.\n`,
	);
	list(oldProblems.map(({ invariant, subject, detail }) => `${invariant}: ${subject} ${detail}`), terminal);
	if (oldProblems.length > 0) say(terminal, `${counted(oldProblems.length, 'problem')} of the old store ${oldProblems.length === 1 ? 'is' : 'are'} in the new one too.`);
	if (sourceChanged) {
		say(
			terminal,
			`${file} was written to meanwhile, and that is not in the new store. To have it there, stop n8n, have the new store taken away with ` +
				`DROP SCHEMA "${schema}" CASCADE, and run the same command again.`,
		);
	}
	say(
		terminal,
		`${sourceChanged ? 'If it need not be there, now choose' : 'Now choose'} PostgreSQL in the Customer 360 Store API credential of n8n, with the schema ${schema}, and start n8n again. Keep ${file} as a backup; ` +
			'what is written to it from now on is lost.',
	);
	return oldProblems.length === 0 && !sourceChanged;
}

function list(lines: readonly string[], terminal: Terminal): void {
	for (const line of lines.slice(0, MOST_LINES)) terminal.stdout.write(`${line}\n`);
	if (lines.length > MOST_LINES) terminal.stdout.write(`and ${grouped(lines.length - MOST_LINES)} more\n`);
}

function sourceFile(text: string): string {
	const place = storePlace(text, '--from');
	if ('url' in place) throw new CliError('--from takes the file of an embedded store; a store in PostgreSQL is moved with pg_dump and pg_restore.');
	if (!existsSync(place.file)) throw new CliError(`There is no identity store ${place.file}. Check the name.`);
	refuseEmpty(place);
	return place.file;
}

function targetDatabase(text: string, schema: string | undefined): MigrationTarget {
	const place = storePlace(text, '--to');
	if ('file' in place) throw new CliError('--to takes the URL of a PostgreSQL database, postgres://USER:PASSWORD@HOST:5432/DATABASE; a file is copied with "customer360 backup".');
	if (schema === undefined) return place;
	if (place.schema !== undefined && place.schema !== schema) {
		throw new CliError(`The URL names the schema ${place.schema}, and --schema names ${schema}; leave one of them out.`);
	}
	return { ...place, schema };
}
