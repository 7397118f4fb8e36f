import { parentPort } from 'node:worker_threads';
import { type NormalizeBatch, normalizeBatch } from './batch';

/** A batch as JSON text: a text is copied from thread to thread at a fraction of what its objects would take. */
export interface BatchToThread {
	id: number;
	batch: string;
}

/** Results in the order of the batch's records, as JSON text; or the message of what was thrown. */
export type AnswerOfThread = { id: number; results: string; fault?: undefined } | { id: number; fault: string; results?: undefined };

parentPort?.on('message', ({ id, batch }: BatchToThread) => {
	parentPort?.postMessage(answer(id, batch));
});

function answer(id: number, batch: string): AnswerOfThread {
	try {
		return { id, results: JSON.stringify(normalizeBatch(JSON.parse(batch) as NormalizeBatch)) };
	} catch (error) {
		return { id, fault: error instanceof Error ? error.message : String(error) };
	}
}
