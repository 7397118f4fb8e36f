import type { Machines } from './machines';

/** Longer than all that a test waits for together, so that what did not come is named. Milliseconds. */
export const LONG = 600_000;

/** Makes tests that, when they fail, also say what the parts of n8n were at. */
export function tellingOf(machines: () => Machines, ids: readonly string[]) {
	return <T extends unknown[]>(work: (...given: T) => Promise<void>) => async (...given: T): Promise<void> => {
		try {
			await work(...given);
		} catch (error) {
			process.stderr.write(`${await machines().tell(ids)}\n`);
			throw error;
		}
	};
}
