import type { StoreTarget } from '../../lib';

/** A store as one argument of a program. */
export function targetArgument(target: StoreTarget): string {
	return JSON.stringify(target);
}

export function readTarget(argument: string): StoreTarget {
	return JSON.parse(argument) as StoreTarget;
}
