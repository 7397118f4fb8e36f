import type { CallKind } from './running-calls';

/** What was handed to `read` or `write` is used after it. */
export function endedError(call: CallKind): Error {
	return new Error(`This ${call}() of the identity store has ended: await every operation inside the function handed to ${call}()`);
}

export function closedError(location: string): Error {
	return new Error(`The identity store ${location} was closed; open it again with openStore()`);
}

export function closedHolderError(location: string): Error {
	return new Error(`This holder has closed the identity store ${location}; open it again with openStore()`);
}
