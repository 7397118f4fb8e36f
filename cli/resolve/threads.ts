import { availableParallelism } from 'node:os';
import { freeRoom } from '../../lib';
import { grouped, say, type Terminal } from '../terminal';

/** Fewer rows than this are done before another thread is started. */
const FEW_ROWS = 1000;
/** With less memory than this one thread has to do: another one takes some 200 MB. Bytes. */
const ROOM_FOR_TWO = 600 * 1024 * 1024;

/**
 * How many threads normalize rows beside the one that matches them.
 * @param asked threads in all; undefined takes two, or one where there is one core or little memory
 * @param room bytes that the process may take
 */
export function threadsBeside(asked: number | undefined, rows: number, terminal: Terminal, room = freeRoom()): number {
	const cores = availableParallelism();
	if (asked !== undefined && asked > cores) {
		say(terminal, `--threads ${grouped(asked)} is more than the ${cores === 1 ? 'one core' : `${grouped(cores)} cores`} that can be used here; they take turns, and the result is the same.`);
	}
	return Math.min((asked ?? Math.min(2, room < ROOM_FOR_TWO ? 1 : cores)) - 1, Math.floor(rows / FEW_ROWS));
}
