import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import {
	currentModel, importFromSplink, isSplinkSettings, type IdentityStore, LEAST_RECORDS, matchingModelSchema, normalizeRecord, parseModel, saveModel, toComparable, trainedBy, trainMatching,
	untrainedMatching, type Comparable, type Entity, type FieldMapping, type IdentityModel, type MatchingModel,
} from '../../lib';
import { CliError, fileTrouble } from '../cli-error';
import { mappingOf, rawOf } from '../columns/fields';
import { readRows } from '../csv/rows';
import { counted, say, type Terminal } from '../terminal';
import type { Input } from './input';
import { Progress } from './progress';
import type { RowLedger } from './row-ledger';

export interface ModelOptions {
	/** Undefined: when the store is new, there are enough rows and no model was given. */
	train?: boolean;
	/** A JSON file: an identity model, a matching model, or Splink settings. */
	model?: string;
	seed: number;
}

/** More rows than this are not looked at for training; they are spread over the whole input. */
const MOST_RECORDS = 100_000;
const PAUSE_EVERY = 1000;

/** Where the weights come from: fitted to the rows, a file, or what the store had. */
export type WeightsFrom = 'rows' | 'file' | 'store';

/**
 * Puts the matching model into the store that the rows are to be matched by: the one of a file, the one that fits these rows, or the store's own.
 * @throws CliError
 */
export async function chooseModel(store: IdentityStore, inputs: readonly Input[], ledger: RowLedger, rows: number, options: ModelOptions & { country?: string }, terminal: Terminal): Promise<WeightsFrom> {
	const now = Date.now();
	const current = await store.write((tx) => currentModel(tx, ledger.sources(), new Date(now).toISOString()));
	const { model } = current;
	const given = options.model === undefined ? undefined : readModel(options.model, model, ledger, terminal);
	const isNew = (await store.read((tx) => tx.records.scan(0, 1))).length === 0;
	const wanted = options.train ?? (isNew && given === undefined);
	const start = given ?? model;
	const base = given ?? { ...model, matching: await store.read((tx) => untrainedMatching(tx, current)) };
	const fitted = wanted && rows >= LEAST_RECORDS ? await trained(inputs, ledger, rows, base, options, terminal) : undefined;
	const isTrained = fitted !== undefined;
	const next = isTrained ? { ...start, matching: fitted } : start;
	const others = given === undefined ? (current.version === 1 ? 'the shipped weights are used' : `the store's weights are used (version ${current.version} of its model)`) : `the weights of ${options.model ?? ''} are used`;
	if (wanted && rows < LEAST_RECORDS) say(terminal, `${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} too few to train on (${LEAST_RECORDS} at least), so ${others}.`);
	else if (wanted && !isTrained) say(terminal, `Fewer than ${LEAST_RECORDS} different rows can be used, too few to train on, so ${others}.`);
	else if (!wanted) say(terminal, `${others.charAt(0).toUpperCase()}${others.slice(1)}${options.train === undefined ? ' (--train fits them to these rows)' : ''}.`);
	// Later training starts from what was there before this one; a file's weights would be lost to it.
	const actor = isTrained && given === undefined ? trainedBy('customer360 resolve') : 'customer360 resolve';
	if (next !== model) await saveModel(store, next, actor, now);
	if (isTrained) return 'rows';
	return given === undefined ? 'store' : 'file';
}

/** Undefined where there are too few different records of people and of companies to learn from. */
async function trained(
	inputs: readonly Input[],
	ledger: RowLedger,
	rows: number,
	model: IdentityModel,
	{ seed, country }: ModelOptions & { country?: string },
	terminal: Terminal,
): Promise<MatchingModel | undefined> {
	const records: Comparable[] = [];
	const every = Math.ceil(rows / MOST_RECORDS);
	const mappings = new Map<string, FieldMapping>();
	const defaultCountry = country ?? model.defaultCountry;
	const progress = new Progress(terminal, 'Reading for training', rows);
	let no = 0;
	for (const input of inputs) {
		mappings.clear();
		for await (const { cells } of readRows(input.csv)) {
			no += 1;
			if (no % PAUSE_EVERY === 0) {
				progress.at(no);
				// Lets a signal through.
				await setImmediate();
			}
			if (no % every !== 0) continue;
			const { source, id, kind } = ledger.row(no);
			const name = `${kind}:${source}`;
			const mapping = mappings.get(name) ?? mappingOf(input.fields, source, kind, defaultCountry);
			mappings.set(name, mapping);
			const raw = { system: source, object: kind, sourceId: id, version: '1', updatedAt: input.modifiedAt, raw: rawOf(input.fields, cells) };
			const { record } = normalizeRecord(raw, mapping, { defaultCountry });
			if (record) records.push(toComparable(record, no, model));
		}
	}
	progress.doing(`Fitting the weights to ${counted(records.length, 'record')} ...`);
	await setImmediate();
	const matching = trainMatching(records, { seed, base: model.matching, identifiers: model.identifiers });
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
