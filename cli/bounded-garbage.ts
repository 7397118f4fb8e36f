import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Percent of what is in use that may be added to the heap before it is looked through again. */
const GROWTH = 25;

/** Looking through the memory of a program that calls the command line within itself, with all else that is there, would take seconds each time. */
let isOwnProcess = false;

/**
 * A load makes little that stays and very much that does not. V8 lets garbage lie until the heap has grown several times over, where the machine has room;
 * a million rows would take gigabytes. Looking through it earlier costs a first load nothing that can be measured; a heap that stays small it may cost a tenth. For a process that does nothing else.
 */
export function boundGarbage(): void {
	isOwnProcess = true;
	setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}

/** Bytes of the process below which there is no hurry. */
const MUCH = 750e6;

/**
 * Between two steps of a load: gives the machine back what the one before left, where that is much. By itself V8 keeps most of it, and what comes next is of
 * another kind: a million rows, training included, would take 1.7 GB. Takes some tenths of a second.
 */
export function giveBackGarbage(): void {
	if (!isOwnProcess || process.memoryUsage.rss() < MUCH) return;
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;
	collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
