import {
	applyModel, type Entity, exportToSplink, type IdentityStore, LEAST_RECORDS, type MatchingAgain, type ModelChange, type ModelPreview, previewModel,
	StoreError, type TrainedModel, trainedBy, trainOnStore, type VersionedModel,
} from '../lib';
import { CliError, throwForPerson } from './cli-error';
import { OutputFile } from './csv/output';
import { withStore } from './existing-store';
import { buildGoldenRecords } from './resolve/golden-records';
import { Progress } from './resolve/progress';
import { Stop } from './stop';
import { shownStore } from './store-place';
import { aligned, counted, grouped, say, type Terminal } from './terminal';
import { Unfinished } from './unfinished';

export interface TrainOptions {
	store: string;
	seed: number;
	/** Puts the trained model in force; without it nothing is changed. */
	apply: boolean;
	/** A file for the matching model, as `resolve --model` takes it. */
	out?: string;
	/** A file for the Splink settings of one entity. */
	splink?: string;
	/** Whose settings; undefined takes that of which there are more records. */
	type?: Entity;
	/** Writes the result as JSON to stdout in place of words. */
	json: boolean;
}

const ENTITY_WORDS: Readonly<Record<Entity, readonly [string, string]>> = { person: ['person', 'people'], company: ['company', 'companies'] };

/**
 * Fits the weights to the records of a store and says what would change, before anything is changed.
 * @throws CliError, StoreError
 */
export async function trainStore({ store: file, seed, apply, out, splink, type, json }: TrainOptions, terminal: Terminal): Promise<void> {
	if (out !== undefined && out === splink) throw new CliError(`${out} is named as --out and as --splink. Give each a file of its own.`);
	for (const [option, path] of [['--out', out], ['--splink', splink]] as const) {
		if (path === file) throw new CliError(`${file} is named as --store and as ${option}. Give ${option} another file.`);
	}
	const stop = new Stop(terminal);
	const unfinished = new Unfinished(stop.onSignal);
	try {
		stop.outside('Stopped while the records were read for training. Nothing was changed.');
		const files = { out: out === undefined ? undefined : new OutputFile(out, unfinished), splink: splink === undefined ? undefined : new OutputFile(splink, unfinished) };
		await withStore(file, terminal, async (store) => {
			const held = (await store.read((tx) => tx.records.counts())).reduce((sum, { records }) => sum + records, 0);
			if (held === 0) throw new CliError(`The identity store ${shownStore(file)} has no records to train on. "customer360 ingest FILE... --store STORE" fills it.`);
			const now = Date.now();
			const reading = new Progress(terminal, 'Reading for training', held, 'records');
			const trained = await trainOnStore(store, {
				...{ seed, systems: [], now },
				onProgress: (step, records) => {
					if (step === 'reading') return reading.at(records);
					reading.end();
					stop.outside('Stopped while the weights were fitted. Nothing was changed.');
					reading.doing(`Fitting the weights to ${counted(records, 'record')} ...`);
				},
			}).finally(() => reading.end());
			sayTrained(trained, seed, terminal);
			stop.outside('Stopped while the weights were tried. Nothing was changed.');
			const preview = trained.isNew ? await tried(store, trained, apply || out !== undefined || splink !== undefined, terminal) : undefined;
			if (!json) terminal.stdout.write(preview ? inWords(preview) : trained.isNew ? '' : 'The model is what it was: nothing would change.\n');
			if (files.out) await writeModel(files.out, trained, terminal);
			if (files.splink) await writeSplink(files.splink, trained, type ?? (trained.records.company > trained.records.person ? 'company' : 'person'), terminal);
			const applied = apply && trained.isNew ? await putInForce(store, trained, { now, stop }, terminal) : undefined;
			if (json) terminal.stdout.write(`${JSON.stringify({ seed, records: trained.records, sampled: trained.sampled, tooFew: trained.tooFew, preview: preview ?? null, version: applied?.version ?? null }, undefined, 2)}\n`);
			if (applied) say(terminal, `Version ${applied.version} of the identity model is in force.`);
			else if (trained.isNew) say(terminal, 'Nothing was changed. Run it again with --apply to put it in force.');
		});
	} finally {
		unfinished.end();
	}
}

/** Says how far the steps of matching all records again are. */
async function watched<T>(terminal: Terminal, doing: string, { records }: TrainedModel, work: (onProgress: MatchingAgain) => Promise<T>): Promise<T> {
	const total = records.person + records.company;
	let shown: { step: string; progress: Progress } | undefined;
	try {
		return await work((step, done) => {
			if (shown?.step !== step) {
				shown?.progress.end();
				shown = { step, progress: new Progress(terminal, `${doing}, ${step}`, total, 'records') };
			}
			shown.progress.at(done);
		});
	} finally {
		shown?.progress.end();
	}
}

/** What would change. Where there is too little memory to work that out, who wants the weights gets them all the same. */
async function tried(store: IdentityStore, trained: TrainedModel, isWanted: boolean, terminal: Terminal): Promise<ModelPreview | undefined> {
	try {
		return await watched(terminal, 'Trying them', trained, (onProgress) => previewModel(store, trained.model, { onProgress }));
	} catch (error) {
		if (!isWanted || !(error instanceof StoreError) || error.code !== 'no_memory') throw error;
		say(terminal, 'What they change is not listed: to work that out beforehand takes more memory than is free.');
		return undefined;
	}
}

async function putInForce(store: IdentityStore, trained: TrainedModel, { now, stop }: { now: number; stop: Stop }, terminal: Terminal): Promise<VersionedModel> {
	const { former, model } = trained;
	stop.outside('Stopped while the weights were put in force, which happens wholly or not at all. Run it again with --apply to have them.');
	const apply = (onProgress: MatchingAgain) => applyModel(store, former, model, trainedBy('customer360 train'), now, onProgress);
	const applied = await watched(terminal, 'Putting them in force', trained, apply).catch(throwForPerson);
	stop.outside(`Stopped while golden records were built. Version ${applied.version} of the identity model is in force; what is left is built by the next ingest, or by Merge in n8n.`);
	await buildGoldenRecords(store, model.systems, terminal);
	return applied;
}

function sayTrained({ records, sampled, tooFew }: TrainedModel, seed: number, terminal: Terminal): void {
	const entities = (['person', 'company'] satisfies Entity[]).filter((entity) => records[entity] > 0);
	for (const entity of entities.filter((one) => tooFew.includes(one))) {
		const { [entity]: count } = records;
		const many = `${counted(count, ...ENTITY_WORDS[entity])} ${count === 1 ? 'is' : 'are'} too few to train on (${LEAST_RECORDS} at least)`;
		const alike = `Fewer than ${LEAST_RECORDS} of ${counted(count, ...ENTITY_WORDS[entity])} differ, too few to train on`;
		say(terminal, `${count < LEAST_RECORDS ? many : alike}; their weights stay as they are.`);
	}
	const used = entities.filter((one) => !tooFew.includes(one));
	const total = records.person + records.company;
	if (used.length === 0) return;
	const words = used.map((entity) => counted(records[entity], ...ENTITY_WORDS[entity])).join(' and ');
	say(terminal, `Trained on ${words}${sampled < total ? `, of which ${grouped(sampled)} were looked at` : ''}, seed ${seed}.`);
}

async function writeModel(file: OutputFile, { model, isNew }: TrainedModel, terminal: Terminal): Promise<void> {
	await file.writeText(`${JSON.stringify(model.matching, undefined, 2)}\n`);
	say(terminal, `${file.path} has the ${isNew ? 'trained model' : 'model as it was'}, for --model of resolve and ingest.`);
}

async function writeSplink(file: OutputFile, { model }: TrainedModel, entity: Entity, terminal: Terminal): Promise<void> {
	const { settings, leftOut } = exportToSplink(model, entity);
	await file.writeText(`${JSON.stringify(settings, undefined, 2)}\n`);
	say(terminal, `${file.path} has the Splink settings for ${ENTITY_WORDS[entity][1]}. They can't say:`, ...leftOut.map((what) => `  ${what}`));
}

function inWords({ profiles, pairs, merges, splits, questions, largestMerges, largestSplits }: ModelPreview): string {
	const figures: [string, string, string][] = [
		['profiles', `${grouped(profiles.before)} -> ${grouped(profiles.after)}`, ''],
		['merges', grouped(merges), `${counted(pairs.joined, 'pair')} of records would come together`],
		['splits', grouped(splits), `${counted(pairs.parted, 'pair')} of records would come apart`],
		['review questions', `${grouped(questions.before)} -> ${grouped(questions.after)}`, `${grouped(questions.asked)} would come, ${grouped(questions.closed)} would go`],
	];
	return `${[
		'What the trained model would change:',
		...aligned(figures),
		...(merges > 0 ? ['', merges > largestMerges.length ? `The ${largestMerges.length} largest merges:` : 'The merges:', ...largestMerges.map((change) => changeLine(change, 'of'))] : []),
		...(splits > 0 ? ['', splits > largestSplits.length ? `The ${largestSplits.length} largest splits:` : 'The splits:', ...largestSplits.map((change) => changeLine(change, 'into'))] : []),
	].join('\n')}\n`;
}

/** More parts than this are counted, not named. */
const MOST_PARTS = 5;

function changeLine({ name, records, parts }: ModelChange, word: 'of' | 'into'): string {
	const shown = parts.slice(0, MOST_PARTS).map((part) => `${part.name} (${part.canonicalId ?? 'a new profile'}, ${counted(part.records, 'record')})`);
	const more = parts.length > MOST_PARTS ? ` and ${grouped(parts.length - MOST_PARTS)} more` : '';
	return `  ${name}, ${counted(records, 'record')}, ${word}: ${shown.join('; ')}${more}`;
}
