import { currentModel, FirstLoad, type IdentityStore, type LoadStep } from '../../lib';
import { counted, grouped, say, type Terminal } from '../terminal';
import { type Loaded, load } from './load';
import { chooseModel, type ModelOptions, type WeightsFrom } from './matching-model';
import type { FilesInOrder } from './prepare';
import { during, Progress } from './progress';
import { sayUnreadable } from './unreadable';

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
	options.onLoad?.();
	return { weightsFrom, loaded: await loadAll(store, files, options, terminal) };
}

async function loadAll(store: IdentityStore, { inputs, ledger, rows, country, run, preparer }: FilesInOrder, { onBatch, onMatch }: FillOptions, terminal: Terminal): Promise<Loaded> {
	const systems = ledger.sources();
	const { model } = await store.write((tx) => currentModel(tx, systems, new Date().toISOString()));
	const defaultCountry = country ?? model.defaultCountry;
	const remedy = country === undefined ? ' (--default-country to change)' : '';
	say(terminal, `Phone numbers and dates of rows without a country are read as in ${defaultCountry}${remedy}.`);
	const loadAtOnce = new FirstLoad(store, systems);
	const first = (await loadAtOnce.isPossible()) ? loadAtOnce : undefined;
	const storing = new Progress(terminal, first ? 'Storing' : 'Matching', rows);
	const loaded = await during(storing, (progress) => load(inputs, { store, ledger, systems, defaultCountry, model, progress, run, preparer, first, onBatch }));
	// Their memory is wanted for what comes next.
	await preparer.close();
	if (first) await matchAll(first, loaded, run, onMatch, terminal);
	if (loaded.unreadableTimes > 0) {
		say(terminal, `  In ${counted(loaded.unreadableTimes, 'row')} the time of change cannot be read; the time of the file counts for them.`);
	}
	const lostPhones = loaded.unreadable.has('phone') || ledger.reasons().some(({ reason }) => reason.includes('exists in its country'));
	sayUnreadable(terminal, loaded.unreadable, lostPhones && country === undefined ? defaultCountry : undefined);
	return loaded;
}

async function matchAll(first: FirstLoad, loaded: Loaded, { steps }: FilesInOrder['run'], onMatch: FillOptions['onMatch'], terminal: Terminal): Promise<void> {
	await during(new Progress(terminal, 'Matching', await first.waiting(), 'records'), (progress) =>
		first.finish(Date.now(), loaded, {
			steps,
			onProgress: (step, records) => {
				if (step === 'comparing') progress.at(records);
				else progress.doing(`Matching: ${DOING[step](grouped(records))}`);
				onMatch?.();
			},
		}),
	);
}

/** What stands in the line while nothing is compared. */
const DOING: Record<Exclude<LoadStep, 'comparing'>, (records: string) => string> = {
	reading: (records) => `${records} records read`,
	keys: (records) => `keys of ${records} records`,
	clustering: (records) => `${records} records clustered`,
	profiles: (records) => `${records} records in profiles`,
};
