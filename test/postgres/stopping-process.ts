import { openStore, StoreError } from '../../lib/store';
import { AT, person } from '../store/samples';

/** So long after it has asked for the answer it stops: it has begun to come, and is far from over. Milliseconds. */
const STOP_AFTER_MS = 5;

/**
 * Arguments: URL, schema, milliseconds that a step may stand still. Stops itself (SIGSTOP) while it is sent a large answer within a write, and prints what
 * became of the step once it is let go on; then does the same again without stopping.
 */
async function main([url = '', schema = '', standstillMs]: string[]): Promise<void> {
	const store = await openStore({ url, schema }, { standstillMs: Number(standstillMs) });
	const step = async (onAsked: () => void): Promise<string> =>
		await store.write(async (tx) => {
			await tx.records.put([person('of the stopped one')], AT);
			const answer = tx.cursors.get('large');
			onAsked();
			return `read ${String(await answer).length}`;
		});
	const stop = (): void => void setTimeout(() => process.kill(process.pid, 'SIGSTOP'), STOP_AFTER_MS);
	const became = await step(stop).catch((error: unknown) => (error instanceof StoreError ? `${error.code}: ${error.message}` : String(error)));
	process.stdout.write(`${became}\n`);
	process.stdout.write(`${await step(() => undefined)}\n`);
	await store.close();
}

void main(process.argv.slice(2));
