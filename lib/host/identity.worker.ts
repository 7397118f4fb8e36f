import { getPriority, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore, type StoreTarget } from '../store';
import type { Answer, Request } from './messages';
import { packError } from './sent-error';
import { StoreThread } from './store-thread';

/** Steps of Linux's "nice" that this thread stands behind the main one. */
const STEP_BACK = 5;
const LAST = 19;

/** Where both want the processor, editor and webhooks go first. On Linux a priority is a thread's own; elsewhere it would be the whole process's. */
function stepBack(): void {
	if (platform() === 'linux') setPriority(0, Math.min(LAST, getPriority(0) + STEP_BACK));
}

/** The thread in which a store lives: opens it, says so, and answers until it is told to close. */
async function serve({ target }: { target: StoreTarget }): Promise<void> {
	const port = parentPort;
	if (!port) throw new Error('This file is started by n8n-nodes-customer360 as a thread and does nothing by itself');
	stepBack();
	const answer = (message: Answer) => port.postMessage(message);
	try {
		// The main thread has reached this database already: one that is silent now is away for a while.
		const store = await openStore(target, { firstPatienceMs: Infinity });
		const thread = new StoreThread(store, answer, () => port.close());
		port.on('message', (request: Request) => thread.receive(request));
		answer({ kind: 'opened' });
	} catch (error) {
		answer({ kind: 'unopened', error: packError(error) });
		port.close();
	}
}

void serve(workerData as { target: StoreTarget });
