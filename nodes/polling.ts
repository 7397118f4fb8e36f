import type { INodeExecutionData, IPollFunctions, IRun } from 'n8n-workflow';

/** n8n gives up on an activation whose first poll takes more than about 80 s. Milliseconds. */
const PATIENCE_MS = 25_000;
/** A workflow that waits for a person would hold the poll for ever. Milliseconds. */
const LONGEST_RUN_MS = 30 * 60_000;

/**
 * Waits for work, but not for long: after that it goes on in the background, and `onLateError` hears of its failure.
 * What fails before is thrown.
 */
export async function withPatience(work: Promise<void>, onLateError: (error: unknown) => void): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const enough = new Promise<'late'>((resolve) => {
		timer = setTimeout(() => resolve('late'), PATIENCE_MS);
	});
	try {
		const outcome = await Promise.race([work, enough]);
		if (outcome === 'late') work.catch(onLateError);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Starts an execution with these items and waits for its end. True when the workflow worked through them: only then a cursor may move on.
 */
export async function emitAndWait(context: IPollFunctions, outputs: INodeExecutionData[][]): Promise<boolean> {
	const done = context.helpers.createDeferredPromise<IRun>();
	context.__emit(outputs, undefined, done as Parameters<IPollFunctions['__emit']>[2]);
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<'timeout'>((resolve) => {
		timer = setTimeout(() => resolve('timeout'), LONGEST_RUN_MS);
		timer.unref();
	});
	try {
		const run = await Promise.race([done.promise, timeout]);
		return run !== 'timeout' && (run.status === 'success' || run.status === 'waiting');
	} catch {
		// n8n could not start or lost the execution; the same items come again.
		return false;
	} finally {
		clearTimeout(timer);
	}
}
