import { isDamage, StoreError, type StoreReader } from '../store';
import type { Problem } from './problem';

/** Rows that are read at a time. */
const PAGE = 1000;
/** Texts that are named; of a file that a disk has damaged there can be very many. */
const MOST = 20;

/** What the store is made of is there: without a key nothing keeps doubles out. Without a table nothing else can be looked at. */
export async function checkParts(tx: StoreReader): Promise<{ problems: Problem[]; canBeRead: boolean }> {
	const missing = await tx.texts.missing();
	const problems = missing.map(({ part, remedy }) => ({ invariant: 'the tables are whole', subject: part, detail: `is missing. ${remedy}` }));
	return { problems, canBeRead: !missing.some(({ isTable }) => isTable) };
}

/** Every text that the store keeps can be read. Also says how many can't. */
export async function checkTexts(tx: StoreReader): Promise<{ problems: Problem[]; damaged: number }> {
	const named: string[] = [];
	let damaged = 0;
	for (let from: Parameters<StoreReader['texts']['unreadable']>[0] = null; ; ) {
		const page = await tx.texts.unreadable(from, PAGE);
		damaged += page.damaged.length;
		named.push(...page.damaged.slice(0, MOST - named.length));
		if (page.next === null) break;
		from = page.next;
	}
	const problems = named.map(damagedText);
	if (damaged > named.length) problems.push(unreadable(`${damaged - named.length} more texts`, 'are damaged'));
	return { problems, damaged };
}

/** @param what the text is of */
export function damagedText(what: string): Problem {
	return unreadable(what, 'is damaged');
}

function unreadable(subject: string, detail: string): Problem {
	return { invariant: 'what is stored can be read', subject, detail };
}

/**
 * Checks all of these; where something that can't be read stands in the way, each half by itself, so that no more is left out than has to be.
 * @param isInTheWay whether an error of the check comes of damage; any other one is thrown
 * @param leave told what was left out
 */
export async function checkAround<T>(
	items: readonly T[],
	check: (items: readonly T[]) => Promise<Problem[]>,
	isInTheWay: (error: unknown) => boolean,
	leave: (item: T) => void,
): Promise<Problem[]> {
	if (items.length === 0) return [];
	try {
		return await check(items);
	} catch (error) {
		if (!isInTheWay(error)) throw error;
	}
	const [first] = items;
	if (items.length === 1) {
		leave(first as T);
		return [];
	}
	const half = Math.ceil(items.length / 2);
	return [...(await checkAround(items.slice(0, half), check, isInTheWay, leave)), ...(await checkAround(items.slice(half), check, isInTheWay, leave))];
}

/** In a store with damaged texts also what is no error of the store: a text that is JSON still, and something else than it was, lets the program fail anywhere. */
export function comesOfDamage(error: unknown, damaged: number): boolean {
	return isDamage(error) || (damaged > 0 && !(error instanceof StoreError));
}
