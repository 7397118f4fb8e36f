import { readFileSync } from 'node:fs';
import {
	currentModel, fromSplinkSettings, identityModelSchema, type IdentityStore, LEAST_RECORDS, matchingModelSchema, normalizeRecord, parseModel, saveModel, toComparable,
	trainMatching, type Comparable, type FieldMapping, type IdentityModel, type MatchingModel,
} from '../../lib';
import { CliError } from '../cli-error';
import { mappingOf, rawOf } from '../columns/fields';
import { readRows } from '../csv/rows';
import { counted, say, type Terminal } from '../terminal';
import type { Input } from './input';
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

/**
 * Puts the matching model into the store that the rows are to be matched by: the one of a file, the one that fits these rows, or the store's own.
 * @throws CliError
 */
export async function chooseModel(store: IdentityStore, inputs: readonly Input[], ledger: RowLedger, rows: number, options: ModelOptions & { country?: string }, terminal: Terminal): Promise<void> {
	const now = Date.now();
	const { model } = await store.write((tx) => currentModel(tx, ledger.sources(), new Date(now).toISOString()));
	const given = options.model === undefined ? undefined : readModel(options.model, model, terminal);
	const isNew = (await store.read((tx) => tx.records.scan(0, 1))).length === 0;
	const wanted = options.train ?? (isNew && given === undefined);
	const start = given ?? model;
	const next = wanted && rows >= LEAST_RECORDS ? { ...start, matching: await trained(inputs, ledger, rows, start, options, terminal) } : start;
	if (options.train && rows < LEAST_RECORDS) say(terminal, `  ${counted(rows, 'row')} are too few to train on (${LEAST_RECORDS} at least); the weights stay as they are.`);
	if (next !== model) await saveModel(store, next, 'customer360 resolve', now);
}

async function trained(
	inputs: readonly Input[],
	ledger: RowLedger,
	rows: number,
	model: IdentityModel,
	{ seed, country }: ModelOptions & { country?: string },
	terminal: Terminal,
): Promise<MatchingModel> {
	const records: Comparable[] = [];
	const every = Math.ceil(rows / MOST_RECORDS);
	const mappings = new Map<string, FieldMapping>();
	const defaultCountry = country ?? model.defaultCountry;
	let no = 0;
	for (const input of inputs) {
		mappings.clear();
		for await (const { cells } of readRows(input.csv)) {
			no += 1;
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
	say(terminal, `Trained on ${counted(records.length, 'record')}, seed ${seed} (--no-train for the shipped weights).`);
	return trainMatching(records, { seed, base: model.matching, identifiers: model.identifiers });
}

function readModel(path: string, current: IdentityModel, terminal: Terminal): IdentityModel {
	let document: unknown;
	try {
		document = JSON.parse(readFileSync(path, 'utf8'));
	} catch (error) {
		throw new CliError(`--model ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. It takes a JSON file.`);
	}
	try {
		const matching = matchingModelSchema.safeParse(document).data;
		if (matching) return parseModel({ ...current, matching });
		if (identityModelSchema.safeParse(document).success || !isSettings(document)) return parseModel(document);
		const { matching: imported, ignored } = fromSplinkSettings(document);
		for (const what of ignored) say(terminal, `  ${path}: left out ${what}.`);
		return { ...current, matching: imported };
	} catch (error) {
		throw new CliError(`--model ${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function isSettings(document: unknown): boolean {
	return typeof document === 'object' && document !== null && 'comparisons' in document;
}
