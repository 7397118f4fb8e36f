import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
	currentModel, importFromSplink, isSplinkSettings, type IdentityStore, LEAST_RECORDS, matchingModelSchema, parseModel, saveModel, toComparable, trainedBy, trainMatchingInTurns,
	untrainedMatching, type Comparable, type Entity, type IdentityModel, type MatchingModel,
} from '../../lib';
import { CliError, fileTrouble } from '../cli-error';
import { rawOf } from '../columns/fields';
import { counted, say, type Terminal } from '../terminal';
import { inReadiness, rowBatches } from './batches';
import type { FilesInOrder } from './prepare';
import { Progress } from './progress';
import type { RowLedger } from './row-ledger';

export interface ModelOptions {
	/** Undefined: when the store is new, there are enough rows and no model was given. */
	train?: boolean;
	/** A JSON file: an identity model, a matching model, or Splink settings. */
	model?: string;
	seed: number;
	/** Who puts a model in force. */
	actor?: string;
}

/** More rows than this are not looked at for training; they are spread over the whole input. */
const MOST_RECORDS = 100_000;
/** Rows that go to another thread at once. */
const BATCH = 1000;

/** Where the weights come from: fitted to the rows, a file, or what the store had. */
export type WeightsFrom = 'rows' | 'file' | 'store';

/**
 * Puts the matching model into the store that the rows are to be matched by: the one of a file, the one that fits these rows, or the store's own.
 * @throws CliError
 */
export async function chooseModel(store: IdentityStore, files: FilesInOrder, options: ModelOptions, terminal: Terminal): Promise<WeightsFrom> {
	const { ledger, rows } = files;
	const now = Date.now();
	const current = await store.write((tx) => currentModel(tx, ledger.sources(), new Date(now).toISOString()));
	const { model } = current;
	const given = options.model === undefined ? undefined : readModel(options.model, model, ledger, terminal);
	const isNew = (await store.read((tx) => tx.records.scanHeads(0, 1))).length === 0;
	const wanted = options.train ?? (isNew && given === undefined);
	const start = given ?? model;
	const base = given ?? { ...model, matching: await store.read((tx) => untrainedMatching(tx, current)) };
	const fitted = wanted && rows >= LEAST_RECORDS ? await trained(files, base, options.seed, terminal) : undefined;
	const isTrained = fitted !== undefined;
	const next = isTrained ? { ...start, matching: fitted } : start;
	const others = given === undefined ? (current.version === 1 ? 'the shipped weights are used' : `the store's weights are used (version ${current.version} of its model)`) : `the weights of ${options.model ?? ''} are used`;
	if (wanted && rows < LEAST_RECORDS) say(terminal, `${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} too few to train on (${LEAST_RECORDS} at least), so ${others}.`);
	else if (wanted && !isTrained) say(terminal, `Fewer than ${LEAST_RECORDS} different rows can be used, too few to train on, so ${others}.`);
	else if (!wanted) say(terminal, `${others.charAt(0).toUpperCase()}${others.slice(1)}${options.train === undefined ? ' (--train fits them to these rows)' : ''}.`);
	// Later training starts from what was there before this one; a file's weights would be lost to it.
	const { actor = 'customer360 resolve' } = options;
	// A run that was stopped and goes on finds the weights that it would fit.
	if (!isDeepStrictEqual(asStored(next), asStored(model))) await saveModel(store, next, isTrained && given === undefined ? trainedBy(actor) : actor, now);
	if (isTrained) return 'rows';
	return given === undefined ? 'store' : 'file';
}

/** Without what is undefined. */
function asStored(model: IdentityModel): unknown {
	return JSON.parse(JSON.stringify(model));
}

/** Undefined where there are too few different records of people and of companies to learn from. */
async function trained({ inputs, ledger, rows, country, preparer }: FilesInOrder, model: IdentityModel, seed: number, terminal: Terminal): Promise<MatchingModel | undefined> {
	const records: Comparable[] = [];
	const oneOf = Math.ceil(rows / MOST_RECORDS);
	const progress = new Progress(terminal, 'Reading for training', rows);
	const batches = rowBatches(inputs, {
		...{ ledger, size: BATCH, every: oneOf, defaultCountry: country ?? model.defaultCountry },
		// When a row was changed has no say in who it is.
		toRaw: ({ cells }, { source, id, kind }, { fields, modifiedAt }) => ({ system: source, object: kind, sourceId: id, version: '1', updatedAt: modifiedAt, raw: rawOf(fields, cells) }),
		onRead: (no) => progress.at(no),
	});
	for await (const { batch, results } of inReadiness(batches, preparer)) {
		results.forEach(({ record }, index) => {
			const no = batch.nos[index];
			if (record && no !== undefined) records.push(toComparable(record, no, model));
		});
	}
	progress.end();
	progress.doing(`Fitting the weights to ${counted(records.length, 'record')} ...`);
	await setImmediate();
	// Signals come through between its parts.
	const matching = await trainMatchingInTurns(records, { seed, base: model.matching, identifiers: model.identifiers, oneOf }, () => setImmediate());
	progress.end();
	// What is not learned is handed back as it is.
	if (matching.person === model.matching.person && matching.company === model.matching.company) return undefined;
	say(terminal, `Trained on ${counted(records.length, 'record')}, seed ${seed} (--no-train for the shipped weights).`);
	return matching;
}

/** Reads a file as the model that it means, in place of the store's. @throws CliError */
function readModel(path: string, current: IdentityModel, ledger: RowLedger, terminal: Terminal): IdentityModel {
	const document = readJson(path);
	try {
		if (isSplinkSettings(document)) {
			const { model, ignored, different } = importFromSplink(current, document, entityOf(ledger));
			for (const what of ignored) say(terminal, `  ${path}: left out ${what}.`);
			for (const what of different) say(terminal, `  ${path}: not quite the same here: ${what}.`);
			return parseModel(model);
		}
		if (has(document, 'matching')) return parseModel(document);
		// As the Model node gives it: with its version.
		if (has(document, 'model')) return parseModel(document.model);
		if (!has(document, 'person') && !has(document, 'company')) throw new Error('It is none of an identity model, a matching model (as "customer360 train --out" writes it) and Splink settings.');
		const matching = matchingModelSchema.safeParse(document);
		if (matching.success) return parseModel({ ...current, matching: matching.data });
		const [issue] = matching.error.issues;
		throw new Error(`The matching model is not valid at "${issue?.path.join('.') || 'the top'}": ${issue?.message ?? 'unknown'}. Nothing was changed.`);
	} catch (error) {
		throw new CliError(`--model ${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function readJson(path: string): unknown {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw new CliError(`--model ${path} cannot be read: it ${fileTrouble(error)}.`);
	}
	try {
		return JSON.parse(text);
	} catch {
		// The parser's own words repeat what stands in the file.
		throw new CliError(`--model ${path} is not valid JSON. It takes a JSON file with an identity model, a matching model or Splink settings.`);
	}
}

function has<Name extends string>(document: unknown, name: Name): document is Record<Name, unknown> {
	return typeof document === 'object' && document !== null && name in document;
}

/** Whom Splink settings, which are for one kind of record, are meant for. */
function entityOf(ledger: RowLedger): Entity {
	let last = 0;
	for (;;) {
		const page = ledger.page(last, 1000);
		const final = page.at(-1);
		if (!final) return 'company';
		if (page.some(({ kind }) => kind === 'person')) return 'person';
		last = final.no;
	}
}
