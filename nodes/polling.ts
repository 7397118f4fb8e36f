import type { INodeExecutionData, IPollFunctions, IRun } from 'n8n-workflow';

/** n8n gives a poll about five minutes; where it says less, that counts. Milliseconds. */
const USUAL_BUDGET_MS = 270_000;
/** A workflow that waits for a person would hold the poll for ever. Milliseconds. */
const LONGEST_RUN_MS = 30 * 60_000;

/** How long this poll may go on. Milliseconds. */
export function pollBudget(context: IPollFunctions): number {
	const given = (context as { getPollBudgetMs?: () => number | undefined }).getPollBudgetMs?.();
	return given === undefined ? USUAL_BUDGET_MS : Math.min(given * 0.8, USUAL_BUDGET_MS);
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
