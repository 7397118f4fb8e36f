import { currentModel, FirstLoad, type IdentityStore, type LoadStep } from '../../lib';
import { giveBackGarbage } from '../bounded-garbage';
import { counted, grouped, say, type Terminal } from '../terminal';
import { type Loaded, load } from './load';
import { chooseModel, type ModelOptions, type WeightsFrom } from './matching-model';
import type { FilesInOrder } from './prepare';
import { during, Progress } from './progress';
import { sayPlaceholders, sayUnreadable } from './unreadable';

export interface FillOptions extends ModelOptions {
	/** Told when the weights are decided on and rows begin to be stored. */
	onLoad?: () => void;
	/** Told after each batch how many rows of the files are in the store; throws to end it there. */
	onBatch?: (rows: number) => void;
	/** Told now and then while records that are all in the store are matched; throws to end it there, and none of it is kept. */
	onMatch?: () => void;
}

/** Decides on the weights, trains them where that is asked for, and matches all rows into the store. @throws CliError, StoreError */
export async function fill(store: IdentityStore, files: FilesInOrder, options: FillOptions, terminal: Terminal): Promise<{ weightsFrom: WeightsFrom; loaded: Loaded }> {
	files.run.steps.enter('train');
	const weightsFrom = await chooseModel(store, files, options, terminal);
	giveBackGarbage();
	options.onLoad?.();
	return { weightsFrom, loaded: await loadAll(store, files, options, terminal) };
}

async function loadAll(store: IdentityStore, { inputs, ledger, rows, country, run, preparer }: FilesInOrder, { onBatch, onMatch }: FillOptions, terminal: Terminal): Promise<Loaded> {
	const systems = ledger.sources();
	const { model } = await store.write((tx) => currentModel(tx, systems, new Date().toISOString()));
	const defaultCountry = country ?? model.defaultCountry;
	const remedy = country === undefined ? ' (--default-country to change)' : '';
	say(terminal, `Phone numbers and dates of rows without a country are read as in ${defaultCountry}${remedy}.`);
	sayTrust(terminal, model.systems, systems);
	await warnOfRowNumbers(store, inputs, terminal);
	const loadAtOnce = new FirstLoad(store, systems);
	const first = (await loadAtOnce.isPossible()) ? loadAtOnce : undefined;
	const storing = new Progress(terminal, first ? 'Storing' : 'Matching', rows);
	const loaded = await during(storing, (progress) => load(inputs, { store, ledger, systems, defaultCountry, model, progress, run, preparer, first, onBatch }));
	// Their memory is wanted for what comes next.
	await preparer.close();
	if (first) {
		giveBackGarbage();
		await matchAll(first, loaded, { run, preparer }, onMatch, terminal);
		giveBackGarbage();
	}
	loaded.times.tell(terminal);
	loaded.otherKinds.tell(terminal);
	if (loaded.outdated > 0) {
		say(terminal, `  ${counted(loaded.outdated, 'rejected row')} ${loaded.outdated === 1 ? 'is' : 'are'} in the store as read before; that version stays, with all that it joins.`);
	}
	const lostPhones = loaded.unreadable.has('phone') || ledger.reasons().some(({ reason }) => reason.includes('exists in its country'));
	sayPlaceholders(terminal, loaded.placeholders);
	sayUnreadable(terminal, loaded.unreadable, lostPhones && country === undefined ? defaultCountry : undefined);
	return loaded;
}

/** Which source is believed where records disagree was settled when the store was made, and mostly by nobody. */
function sayTrust(terminal: Terminal, ranked: readonly string[], sources: readonly string[]): void {
	const others = sources.filter((source) => !ranked.includes(source));
	if (ranked.length + others.length < 2) return;
	const behind = others.length === 0 ? '' : `; ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not among them and ${others.length === 1 ? 'comes' : 'come'} last`;
	say(terminal, `Where records disagree, sources are believed in this order: ${ranked.join(', ')}${behind} (--model FILE with another order in its "systems" to change).`);
}

/** The number of a row is no ID that lasts. */
async function warnOfRowNumbers(store: IdentityStore, inputs: FilesInOrder['inputs'], terminal: Terminal): Promise<void> {
	const numbered = inputs.filter(({ idColumn, sourceColumn }) => !idColumn && !sourceColumn);
	if (numbered.length === 0) return;
	const held = new Set((await store.read((tx) => tx.records.counts())).map(({ system }) => system));
	for (const { csv, source } of numbered) {
		if (!held.has(source)) continue;
		say(
			terminal,
			`  ${csv.path}: the store has rows of "${source}" already, and these are known by their number alone. A row that stands in another place than before takes over the record, and ` +
				'so the canonical ID, of the one that stood there. Name the column with the ID by --id-column, or give the file a --source of its own.',
		);
	}
}

async function matchAll(first: FirstLoad, loaded: Loaded, { run, preparer }: Pick<FilesInOrder, 'run' | 'preparer'>, onMatch: FillOptions['onMatch'], terminal: Terminal): Promise<void> {
	await during(new Progress(terminal, 'Matching', await first.waiting(), 'records'), (progress) =>
		first.finish(Date.now(), loaded, {
			steps: run.steps,
			threads: preparer.threads,
			onProgress: (step, records) => {
				if (step === 'comparing') progress.at(records);
				else progress.doing(`Matching: ${DOING[step](grouped(records))}`);
				onMatch?.();
			},
			onTooLittleRoom: (needed, room) =>
				say(terminal, `Matching page by page: all at once would take ${inMegabytes(needed)} of memory, and ${inMegabytes(room)} are free. The result is the same; it takes longer.`),
		}),
	);
}

function inMegabytes(bytes: number): string {
	return `${grouped(Math.round(bytes / 1e6))} MB`;
}

/** What stands in the line while nothing is compared. */
const DOING: Record<Exclude<LoadStep, 'comparing'>, (records: string) => string> = {
	reading: (records) => `${records} records read`,
	keys: (records) => `keys of ${records} records`,
	clustering: (records) => `${records} records clustered`,
	profiles: (records) => `${records} records in profiles`,
};
