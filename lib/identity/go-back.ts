import { refKey, type DecisionEntry } from '../domain';
import { type FormerStore, type IdentityStore, openStore, type Restored, restoreStore, StoreError, type StoreWriter, takeOverFacts, type TakenFacts, type Unread } from '../store';
import { storeDecisions } from './decide';
import { finishFirstLoad } from './first-load';

/** Decisions of one step. */
const BATCH = 500;

/** What is taken over from the former store where it can be read. */
export type TakingOver = 'everything' | 'all but answers' | 'nothing';

export interface TakenOver extends TakenFacts {
	/** Decisions and withdrawals; undefined where they were not to be taken over, or could not be. */
	answers: number | undefined;
	/** Numbers of rows of the former store that could not be read. */
	unread: Unread;
	/** Somebody saved an identity model since the backup. It is not taken over. */
	hadLaterModel: boolean;
}

export interface WentBack extends Restored {
	/** Undefined where nothing was to be taken over, or there was nothing; in words where nothing of the former store could be read. */
	takenOver: TakenOver | string | undefined;
}

/**
 * Goes back to a backup, as `restoreStore` does, and takes over from the former store what nobody could get again: canonical IDs that others carry
 * by now, what destinations have acknowledged, and what people decided. Records, and all that is computed from them, are those of the backup.
 * @throws StoreError, see `restoreStore`
 */
export async function goBack(from: string, to: string, now: Date, what: TakingOver = 'everything'): Promise<WentBack> {
	let takenOver: WentBack['takenOver'];
	const restored = await restoreStore(from, to, now, async (copy, former) => {
		const [store, wanted] = [typeof former === 'object' ? former : undefined, what !== 'nothing'];
		const facts = await takeOverFacts(copy, store, now.toISOString(), { ids: wanted, ledger: wanted });
		if (typeof former === 'string' && wanted) takenOver = former;
		if (!store || !wanted) return;
		takenOver = { ...facts, ...(await inCopy(copy, store, what === 'everything' ? now.getTime() : undefined, facts.faults)), unread: store.unread };
	});
	return { ...restored, takenOver };
}

/** @param now when decisions are taken over; undefined where they are not to be */
async function inCopy(copy: string, former: FormerStore, now: number | undefined, faults: string[]): Promise<Pick<TakenOver, 'answers' | 'hadLaterModel'>> {
	const store = await openStore({ file: copy });
	try {
		const version = (await store.read((tx) => tx.models.current()))?.version ?? 0;
		const answers = now === undefined ? undefined : await takeAnswers(store, former, now, faults);
		return { answers, hadLaterModel: former.modelVersion() > version };
	} finally {
		await store.close();
	}
}

/** As they were made, in force or not; where both records are here already, these are resolved by them. */
async function takeAnswers(store: IdentityStore, former: FormerStore, now: number, faults: string[]): Promise<number | undefined> {
	try {
		const answers = missing(former.decisions(), await store.read((tx) => tx.decisions.all()));
		await store.write(async (tx) => {
			for (let from = 0; from < answers.length; from += BATCH) await take(tx, answers.slice(from, from + BATCH), now);
		});
		return answers.length;
	} catch (error) {
		if (error instanceof StoreError && ['disk_full', 'not_writable', 'locked'].includes(error.code)) throw error;
		faults.push(`answers: ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}
}

async function take(tx: StoreWriter, answers: readonly DecisionEntry[], now: number): Promise<void> {
	const model = await tx.models.current();
	// Where there is no model, nothing was ever matched.
	if (!model) return tx.decisions.add(answers);
	await finishFirstLoad(tx, model, now);
	const records = await tx.records.byRef(answers.flatMap(({ a, b }) => [a, b]));
	await storeDecisions(tx, answers, [...records.values()], model, now);
}

/** Those that are not among the others, each as often as it is missing. */
function missing(entries: readonly DecisionEntry[], others: readonly DecisionEntry[]): DecisionEntry[] {
	const known = new Map<string, number>();
	for (const one of others) known.set(nameOf(one), (known.get(nameOf(one)) ?? 0) + 1);
	return entries.filter((one) => {
		const left = known.get(nameOf(one)) ?? 0;
		known.set(nameOf(one), left - 1);
		return left <= 0;
	});
}

function nameOf({ a, b, verdict, actor, reason, at }: DecisionEntry): string {
	return JSON.stringify([refKey(a), refKey(b), verdict, actor, reason, at]);
}
