import { currentModel, type IdentityStore } from '../../lib';
import { counted, say, type Terminal } from '../terminal';
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
}

/** Decides on the weights, trains them where that is asked for, and matches all rows into the store. @throws CliError, StoreError */
export async function fill(store: IdentityStore, files: FilesInOrder, options: FillOptions, terminal: Terminal): Promise<{ weightsFrom: WeightsFrom; loaded: Loaded }> {
	files.run.steps.enter('train');
	const weightsFrom = await chooseModel(store, files, options, terminal);
	options.onLoad?.();
	return { weightsFrom, loaded: await loadAll(store, files, options.onBatch, terminal) };
}

async function loadAll(store: IdentityStore, { inputs, ledger, rows, country, run, preparer }: FilesInOrder, onBatch: FillOptions['onBatch'], terminal: Terminal): Promise<Loaded> {
	const systems = ledger.sources();
	const { model } = await store.write((tx) => currentModel(tx, systems, new Date().toISOString()));
	const defaultCountry = country ?? model.defaultCountry;
	const remedy = country === undefined ? ' (--default-country to change)' : '';
	say(terminal, `Phone numbers and dates of rows without a country are read as in ${defaultCountry}${remedy}.`);
	const loaded = await during(new Progress(terminal, 'Matching', rows), (progress) => load(inputs, { store, ledger, systems, defaultCountry, model, progress, run, preparer, onBatch }));
	if (loaded.unreadableTimes > 0) {
		say(terminal, `  In ${counted(loaded.unreadableTimes, 'row')} the time of change cannot be read; the time of the file counts for them.`);
	}
	const lostPhones = loaded.unreadable.has('phone') || ledger.reasons().some(({ reason }) => reason.includes('exists in its country'));
	sayUnreadable(terminal, loaded.unreadable, lostPhones && country === undefined ? defaultCountry : undefined);
	return loaded;
}
