import { parentPort } from 'node:worker_threads';
import { type PrepareBatch, prepareBatch, type PreparedBatch } from './batch';

/** A batch as JSON text: a text is copied from thread to thread at a fraction of what its objects would take. */
export interface BatchToThread {
	id: number;
	batch: string;
}

/** Rows in the order of the batch's records, as JSON text, and what is long as it is; or the message of what was thrown. */
export type AnswerOfThread = ({ id: number; rows: string; fault?: undefined } & Omit<PreparedBatch, 'rows'>) | { id: number; fault: string };

parentPort?.on('message', ({ id, batch }: BatchToThread) => {
	const message = answer(id, batch);
	parentPort?.postMessage(message, message.fault === undefined ? [message.digests.buffer] : []);
});

function answer(id: number, batch: string): AnswerOfThread {
	try {
		const { rows, ...others } = prepareBatch(JSON.parse(batch) as PrepareBatch);
		return { id, rows: JSON.stringify(rows), ...others };
	} catch (error) {
		return { id, fault: error instanceof Error ? error.message : String(error) };
	}
}
