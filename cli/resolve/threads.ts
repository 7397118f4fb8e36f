import { availableParallelism } from 'node:os';
import { grouped, say, type Terminal } from '../terminal';

/** Fewer rows than this are done before another thread is started. */
const FEW_ROWS = 1000;

/**
 * How many threads normalize rows beside the one that matches them.
 * @param asked threads in all; undefined takes two, or one where there is one core
 */
export function threadsBeside(asked: number | undefined, rows: number, terminal: Terminal): number {
	const cores = availableParallelism();
	if (asked !== undefined && asked > cores) {
		say(terminal, `--threads ${grouped(asked)} is more than the ${cores === 1 ? 'one core' : `${grouped(cores)} cores`} that can be used here; they take turns, and the result is the same.`);
	}
	return Math.min((asked ?? Math.min(2, cores)) - 1, Math.floor(rows / FEW_ROWS));
}
