import type { IdentityModel, RecordNo, VersionedModel } from '../domain';
import { copiesKey } from '../match';
import { type KeptForms, type StoreWriter, writeListedKeys } from '../store';
import { allDecisions } from './at-once/decided-pairs';
import { type AllKeys, groupAll } from './at-once/group-all';
import { holdAll } from './at-once/hold-all';
import { judgeAll } from './at-once/judge-all';
import { LoadedRecords, type MadeReady } from './at-once/loaded-records';
import { type MatchingAtOnce, Turns } from './at-once/turns';
import { unlistKeys } from './at-once/list-keys';
import { keysAs } from './copy-groups';
import { madeOf } from './kept-forms';
import { StepTimes } from './step-times';

const PAGE = 1000;
/** All keys are written anew where more than one of so many records has others. */
const MANY = 5;

/**
 * Keys and evidence of all records anew, as the model has it: what {@link updateEvidence} would make of them batch by batch, but in memory, each pair once.
 * Of the keys only those are written that are others than before.
 */
export async function compareAgain(tx: StoreWriter, versioned: VersionedModel, at: string, onProgress: MatchingAtOnce): Promise<void> {
	const { model } = versioned;
	const [turns, steps] = [new Turns(tx, onProgress), new StepTimes()];
	const { about: decided } = await allDecisions(tx);
	const unlike = new Set<RecordNo>();
	const records = await LoadedRecords.read(tx, model, turns, {
		decided,
		onMade: async (made) => {
			for (const no of await keepWhatChanged(tx, made, model)) unlike.add(no);
		},
		onPassed: (nos) => unlistKeys(tx, nos),
	});
	const pairs = { ...(await keyAgain()), ...versioned, at };
	for (let from = 0; from < records.size; from += PAGE) {
		await tx.evidence.removeTouching(records.nos.slice(from, from + PAGE));
		await turns.next('keys', records.size);
	}
	await judgeAll(records, pairs, { steps, turns, keep: (found) => tx.evidence.add(found) });

	/** The table of keys is the largest thing here; nobody holds it behind this. */
	async function keyAgain() {
		const { table, ...common } = await groupAll(records, model, turns);
		await rewriteKeys(tx, records, { table, copies: common.copies, unlike, decided, model }, { steps, turns });
		await changeMarks(tx, common.generic);
		return { ...common, proposals: table.proposals() };
	}
}

/** Keeps what records are compared by where it is of another model. Returns those whose keys are not listed as they are for a record that stands for itself. */
async function keepWhatChanged(tx: StoreWriter, made: readonly MadeReady[], model: IdentityModel): Promise<RecordNo[]> {
	const nos = made.map(({ head }) => head.no);
	const [listed, kept] = [await tx.keys.ofRecords(nos), await tx.keys.forms(nos)];
	const outdated = made.filter(({ head }) => kept.get(head.no)?.of !== madeOf(head.hash, model));
	await tx.keys.keepForms(outdated.map(({ head, ready }): { no: RecordNo; forms: KeptForms } => ({ no: head.no, forms: { forms: ready.said, of: madeOf(head.hash, model) } })));
	return made.filter(({ head, ready }) => writeListedKeys(listed.get(head.no) ?? []) !== ready.listed).map(({ head }) => head.no);
}

/** What tells which keys each record is to have. */
interface KeysToBe extends Pick<AllKeys, 'table' | 'copies'> {
	/** Records whose keys are not listed as they are for a record that stands for itself. */
	unlike: ReadonlySet<RecordNo>;
	/** By reference, what decisions say of the record. */
	decided: ReadonlyMap<string, string>;
	model: IdentityModel;
}

/** Writes the keys of copies, and of records that are listed otherwise than they are to be, where they differ. */
async function rewriteKeys(
	tx: StoreWriter,
	records: LoadedRecords,
	{ table, copies, unlike, decided, model }: KeysToBe,
	{ steps, turns }: { steps: StepTimes; turns: Turns },
): Promise<void> {
	const copied = new Set(copies.flatMap(([, ...others]) => others));
	const open = Array.from({ length: records.size }, (_, place) => place).filter((place) => copied.has(place) || unlike.has(records.nos[place] as RecordNo));
	// Where many change, to write all of them in order costs less than to look for those that are to go.
	const inOrder = open.length > records.size / MANY;
	if (inOrder) await tx.keys.removeHolders();
	for (let from = 0; from < open.length; from += PAGE) {
		const entries = open.slice(from, from + PAGE).map((place) => {
			const record = records.comparable(place);
			return { no: record.no, keys: keysAs(record, copiesKey(record, decided.get(record.ref)), copied.has(place), model) };
		});
		if (inOrder) await tx.keys.list(entries.map(({ no, keys }) => ({ no, listed: writeListedKeys(keys) })));
		else {
			const before = await tx.keys.ofRecords(entries.map(({ no }) => no));
			await tx.keys.replace(entries.filter(({ no, keys }) => writeListedKeys(before.get(no) ?? []) !== writeListedKeys(keys)), before);
		}
		await turns.next('keys', Math.floor((from / open.length) * records.size));
	}
	if (inOrder) await holdAll(tx, records, table, steps, turns);
	await turns.next('keys', records.size);
}

/** Marks which keys are too common. */
async function changeMarks(tx: StoreWriter, generic: ReadonlySet<string>): Promise<void> {
	const before = new Set<string>();
	for (let last = ''; ; ) {
		const page = await tx.keys.scanGeneric(last, PAGE);
		for (const key of page) before.add(key);
		const final = page.at(-1);
		if (final === undefined) break;
		last = final;
	}
	await tx.keys.markGeneric([...before].filter((key) => !generic.has(key)), false);
	await tx.keys.markGeneric([...generic].filter((key) => !before.has(key)), true);
}
