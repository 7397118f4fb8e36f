import { parentPort } from 'node:worker_threads';
import { type PrepareBatch, prepareBatch } from './batch';

/** A batch as JSON text: a text is copied from thread to thread at a fraction of what its objects would take. */
export interface BatchToThread {
	id: number;
	batch: string;
}

/** Rows in the order of the batch's records, as JSON text, and the long texts as they are; or the message of what was thrown. */
export type AnswerOfThread = { id: number; rows: string; contents: string[]; comparables: string[]; fault?: undefined } | { id: number; fault: string };

parentPort?.on('message', ({ id, batch }: BatchToThread) => {
	parentPort?.postMessage(answer(id, batch));
});

function answer(id: number, batch: string): AnswerOfThread {
	try {
		const { rows, ...texts } = prepareBatch(JSON.parse(batch) as PrepareBatch);
		return { id, rows: JSON.stringify(rows), ...texts };
	} catch (error) {
		return { id, fault: error instanceof Error ? error.message : String(error) };
	}
}
