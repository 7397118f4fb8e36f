import type { IExecuteFunctions } from 'n8n-workflow';
import { LongWork } from '../lib';

/** Says in n8n's log and beside the node's output what went wrong without keeping the node from its work. */
export function warn(context: IExecuteFunctions, message: string): void {
	context.logger.warn(`${context.getNode().name}: ${message}`);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/**
 * Does work that may take long, and says how far it is: now and then in n8n's log and, in a run from the editor, in the browser's console; in the end
 * beside the node's output. Nothing is said of short work.
 */
export async function withProgress<T>(context: IExecuteFunctions, work: (progress: LongWork) => Promise<T>): Promise<T> {
	const log = (line: string) => context.logger.info(`${context.getNode().name}: ${line}`);
	const progress = new LongWork((line) => {
		log(line);
		context.sendMessageToUI(line);
	});
	try {
		return await work(progress);
	} finally {
		for (const message of progress.end()) {
			log(message);
			context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
		}
	}
}
