import { openStore, StoreError, type StoreWriter } from '../../lib/store';
import { AT, person } from '../store/samples';

/** So long after the statement was begun it stops: the text has begun to go or come, and that is far from over. Milliseconds. */
const STOP_AFTER_MS = 5;
/** More than the buffers of a connection hold, so that one side has to wait for the other. Characters. */
const LARGE = 40_000_000;

/**
 * Arguments: URL, schema, milliseconds that a step may stand still, `read` or `write`. Stops itself (SIGSTOP) while a step of it writes a large text, or
 * reads the one that is there, and prints what became of the step once it is let go on; then does the same again without stopping.
 */
async function main([url = '', schema = '', standstillMs, what]: string[]): Promise<void> {
	const store = await openStore({ url, schema }, { standstillMs: Number(standstillMs) });
	const put = async ({ cursors }: StoreWriter): Promise<void> => await cursors.set('large', 'x'.repeat(LARGE), AT);
	const large = what === 'read' ? async ({ cursors }: StoreWriter): Promise<unknown> => await cursors.get('large') : put;
	const step = async (onBegun: () => void): Promise<string> =>
		await store.write(async (tx) => {
			await tx.records.put([person('of the stopped one')], AT);
			const done = large(tx);
			onBegun();
			await done;
			return 'done';
		});
	if (what === 'read') await store.write(put);
	const stop = (): void => void setTimeout(() => process.kill(process.pid, 'SIGSTOP'), STOP_AFTER_MS);
	const became = await step(stop).catch((error: unknown) => (error instanceof StoreError ? `${error.code}: ${error.message}` : String(error)));
	process.stdout.write(`${became}\n`);
	process.stdout.write(`${await step(() => undefined)}\n`);
	await store.close();
}

void main(process.argv.slice(2));
