import { parentPort } from 'node:worker_threads';
import { type Answered, type Asked, faultOf } from '../work-thread';
import { type PrepareBatch, prepareBatch, type PreparedBatch } from './batch';

/** A batch as JSON text: a text is copied from thread to thread at a fraction of what its objects would take. */
export interface BatchToThread {
	batch: string;
}

/** Rows in the order of the batch's records, as JSON text, and what is long as it is. */
export type AnswerOfThread = { rows: string } & Omit<PreparedBatch, 'rows'>;

parentPort?.on('message', ({ id, batch }: Asked<BatchToThread>) => {
	const message = answer(id, batch);
	parentPort?.postMessage(message, message.fault === undefined ? [message.digests.buffer] : []);
});

function answer(id: number, batch: string): Answered<AnswerOfThread> {
	try {
		const { rows, ...others } = prepareBatch(JSON.parse(batch) as PrepareBatch);
		return { id, rows: JSON.stringify(rows), ...others };
	} catch (error) {
		return { id, fault: faultOf(error) };
	}
}
